"""The API "Structures" of Chorus Pro behind PISTE, on loopback: `with PisteServer(portfolio(3)) as server: server.environ`.

It holds structures in the shape of sheets, and may be changed while it serves. Every request, and every answer that it makes of
its own, is checked against AIFE's description where that is at hand (tests/servers/swagger.py); the end of the `with` raises
what does not fit. It misbehaves by `misbehave` and `always` (tests/servers/loopback.py), and by `alter`, which changes answers.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tests.servers.loopback import ApiServer, Reply, Seen, unauthorized
from tests.servers.swagger import check_answer, check_request

ACCOUNT: Final = ("TECH_1_00000000000001@cpro.example", "pass:word é")
BASE: Final = "/cpro/structures/v1/"
WRONG_ACCOUNT: Final = 'Bearer realm="PISTE",error="Unauthorized",error_description="login or password incorrects"'
SUCCESS: Final = {"codeRetour": 0, "libelle": "TRA_MSG_00.000"}
_DEFAULT_PAGE: Final = 10
_FLAGS: Final = {
    "reception_donnees_edi": "recevoirDonneesViaEDI",
    "engagement_juridique_obligatoire": "numeroEJDoitEtreRenseigne",
    "structure_avec_moa": "getaMoa",
    "moa_uniquement": "estMoaUniquement",
    "code_service_obligatoire": "codeServiceDoitEtreRenseigne",
    "mise_en_paiement_non_remontee": "statutMiseEnPaiementNestPasRemonte",
    "engagement_ou_code_service_obligatoire": "gestionNumeroEJOuCodeService",
}
_ADDRESS: Final = {
    "adresse": "adresse", "complement_1": "complementAdresse1", "complement_2": "complementAdresse2",
    "code_postal": "codePostal", "ville": "ville", "pays": "pays",
}  # fmt: skip

Sheet = dict[str, Any]
Answer = dict[str, Any]
Change = Callable[[Answer], Any]


def sheet(number: int, services: int = 3) -> Sheet:
    """Return the sheet of a structure, another one for each number: `services` services, FACTURES_PUBLIQUES among them."""
    public = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}
    own = [
        {
            "code": f"ST-{index}", "libelle": f"Service n° {index}", "description": f"Ce qu’il fait\nen {number}",
            "actif": index % 3 != 0, "engagement_obligatoire": index % 2 == 0,
            "date_debut": "2016-09-01", "date_fin": "2050-12-31",
            "adresse_postale": {"adresse": f"{index} rue du Port", "code_postal": "01000", "ville": "VALMONT"},
        }
        for index in range(1, services)
    ]  # fmt: skip
    return {
        "type": "fiche-structure",
        "version": 1,
        "informations_generales": {
            "raison_sociale": f"COMMUNE DE VALMONT {number}",
            "type_identifiant": "SIRET",
            "identifiant": siret(number),
            "libelle": f"Commune de Valmont {number}",
            "adresse_electronique": f"factures{number}@valmont.example",
            "statut": "INACTIF" if number % 10 == 9 else "ACTIF",
            "structure_privee": False,
            "emetteur_flux_edi": number % 4 == 1,
        },
        "adresse_postale": {
            "adresse": f"{number} place de la Mairie", "complement_1": "Bâtiment A", "complement_2": "2e étage",
            "code_postal": "16000", "ville": "VALMONT", "pays": "France",
            "telephone": "+33 545222040", "fax": "+33 545234963",
        },
        "services": [{**public, "engagement_obligatoire": False}, *own][:services],
        "parametres": {name: (number + index) % 5 == 0 for index, name in enumerate(_FLAGS)},
    }  # fmt: skip


def siret(number: int) -> str:
    """Return the identifiant of a structure: ten structures share a SIREN, and the check digits hold."""
    siren = _checked(f"2116{number // 10:04d}")
    return _checked(f"{siren}{number % 10:04d}")


def portfolio(count: int, services: int = 3) -> list[Sheet]:
    """Return sheets of many structures."""
    return [sheet(number, services) for number in range(count)]


def _checked(digits: str) -> str:
    """Return digits with the one behind them that makes them a SIREN or SIRET (Luhn)."""
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value - 9 * (value > 9) for value in doubled) % 10)


class PisteServer(ApiServer):
    """Serves structures in the shape of sheets. `passwords_end`: by identifiant, the end of the technical password."""

    def __init__(self, structures: Sequence[Sheet] = (), largest_page: int = 1000) -> None:
        super().__init__(self._operation)
        self.structures = [*structures]
        self.largest_page = largest_page
        self.passwords_end: dict[str, str] = {}
        self._alterations: list[tuple[str, list[int], Change]] = []

    @property
    def environ(self) -> dict[str, str]:
        """What the environment says to reach it."""
        return {
            "CHORUS_CONFIG_PISTE_API": self.url,
            "CHORUS_CONFIG_PISTE_OAUTH": self.oauth,
            **dict(zip(("PISTE_CLIENT_ID", "PISTE_CLIENT_SECRET"), self.client, strict=True)),
            **dict(zip(("CPRO_LOGIN", "CPRO_PASSWORD"), ACCOUNT, strict=True)),
        }

    def alter(self, operation: str, change: Change, *, after: int = 0, times: int = 10_000) -> None:
        """Change the answers of an operation, `times` of them once `after` were sent as they are."""
        self._alterations.append((operation, [after, times], change))

    def operations(self) -> list[str]:
        """Return the operations that were asked for, in order."""
        return [path.removeprefix(BASE) for path in self.paths() if path.startswith(BASE)]

    def _operation(self, seen: Seen) -> Reply:
        operation = seen.path.removeprefix(BASE)
        answers = {
            "rechercher": self._search, "consulter": self._structure,
            "rechercher/services": self._services, "consulter/service": self._service,
        }  # fmt: skip
        if seen.method != "POST" or operation not in answers:
            return Reply(404)
        if seen.headers.get("cpro-account") != b64encode(":".join(ACCOUNT).encode()).decode():
            return unauthorized(WRONG_ACCOUNT)
        assert seen.headers["content-type"] == "application/json;charset=utf-8"
        assert seen.headers["accept"] == "application/json;charset=utf-8"
        check_request(operation, seen.json)
        data: Any = {**SUCCESS, **answers[operation](seen.json)}
        check_answer(operation, data)
        with self._lock:
            changes = [change for name, left, change in self._alterations if name == operation and _is_turn(left)]
        for change in changes:
            data = change(data)
        return data if isinstance(data, Reply) else Reply(data=data)

    def _search(self, asked: Answer) -> Answer:
        wanted = asked["structure"]
        rows = [
            {
                "idStructureCPP": number, "designationStructure": general["raison_sociale"],
                "identifiantStructure": general["identifiant"], "typeIdentifiantStructure": general["type_identifiant"],
                "statut": {"ACTIF": "ACTIVE", "INACTIF": "INACTIVE"}[general.get("statut", "ACTIF")],
            }
            for number, general in self._numbered()
            if general["identifiant"].startswith(wanted["identifiantStructure"])
            and wanted.get("typeIdentifiantStructure") in {None, general["type_identifiant"]}
        ]  # fmt: skip
        return self._page("listeStructures", rows, asked.get("parametres") or {})

    def _numbered(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for index, one in enumerate(self.structures):
            yield 1_000_000 + index, one["informations_generales"]

    def _sheet(self, number: int) -> Sheet | None:
        index = number - 1_000_000
        return self.structures[index] if 0 <= index < len(self.structures) else None

    def _structure(self, asked: Answer) -> Answer:
        found = self._sheet(asked["idStructureCPP"])
        if found is None:
            return {"codeRetour": 20001, "libelle": "La structure n’existe pas (alix@valmont.example)"}
        general = found["informations_generales"]
        names = {
            "typeIdentifiantStructure": "type_identifiant", "identifiantStructure": "identifiant",
            "raisonSocialeStructure": "raison_sociale", "libelleStructure": "libelle", "emailStructure": "adresse_electronique",
        }  # fmt: skip
        about = {"idStructureCPP": asked["idStructureCPP"], "numeroTVA": "FR00"}
        about |= {api: general[name] for api, name in names.items() if name in general}
        about["structurePriveePublique"] = "PRIVEE" if general.get("structure_privee") else "PUBLIQUE"
        if general["identifiant"] in self.passwords_end:
            about["dateExpirationMotPasseCompteTech"] = self.passwords_end[general["identifiant"]]
        flags = {api: found["parametres"][name] for name, api in _FLAGS.items() if name in found.get("parametres", {})}
        if "emetteur_flux_edi" in general:
            flags["connexionEDI"] = general["emetteur_flux_edi"]
        return {
            "informationGenerales": about,
            "adressePostaleDuSiege": _address(found.get("adresse_postale", {})),
            "parametres": {**flags, "estValideurDelegue": False},
        }

    def _services(self, asked: Answer) -> Answer:
        found = self._sheet(asked["idStructure"])
        rows = [
            {
                "idService": _service_id(asked["idStructure"], index), "codeService": one["code"],
                "libelleService": one.get("libelle", ""), "estActif": one.get("actif", True), "statutService": "",
                "dateDbtService": f"{one.get('date_debut', '2015-01-01')} 00:00",
                **({"dateFinService": f"{one['date_fin']} 00:00"} if "date_fin" in one else {}),
            }
            for index, one in enumerate((found or {}).get("services", ()))
        ]  # fmt: skip
        return self._page("listeServices", rows, asked.get("parametresRechercherServicesStructure") or {})

    def _service(self, asked: Answer) -> Answer:
        found = (self._sheet(asked["idStructure"]) or {}).get("services", [])
        index = asked["idService"] - _service_id(asked["idStructure"], 0)
        if not 0 <= index < len(found):
            return {"codeRetour": 20002, "libelle": "Le service n’existe pas"}
        one = found[index]
        dates = {"dateDebutValidite": one.get("date_debut"), "dateFinValidite": one.get("date_fin")}
        told = {name: f"{value}T00:00:00.000+01:00" for name, value in dates.items() if value}
        if "engagement_obligatoire" in one:
            told["numeroEngagement"] = one["engagement_obligatoire"]
        about = {"codeService": one["code"], "nomService": one.get("libelle", "")}
        about |= {"descriptionService": one["description"]} if "description" in one else {}
        answer = {"informationsGenerales": about, "parametres": told, "pages": 0, "total": 0}
        return answer | ({"adressePostale": _address(one["adresse_postale"])} if "adresse_postale" in one else {})

    def _page(self, name: str, rows: Sequence[Answer], paging: Answer) -> Answer:
        size = min(paging.get("nbResultatsParPage", _DEFAULT_PAGE), self.largest_page)
        page = paging.get("pageResultatDemandee", 1)
        told = {
            "nbResultatsParPage": size, "pageCourante": page, "pages": -(-len(rows) // size), "total": len(rows),
        }  # fmt: skip
        return {name: [*rows[(page - 1) * size : page * size]], "parametresRetour": told}


def _is_turn(left: list[int]) -> bool:
    if left[0] > 0:
        left[0] -= 1
        return False
    left[1] -= 1
    return left[1] >= 0


def _service_id(structure: int, index: int) -> int:
    return structure * 10_000 + index


def _address(address: Mapping[str, str]) -> Answer:
    told = {api: address[name] for name, api in _ADDRESS.items() if name in address}
    for name, prefix in (("telephone", "indicatifTelephone"), ("fax", "indicatifFax")):
        number = re.fullmatch(r"\+([0-9]+) ([0-9]+)", address.get(name, ""))
        if number:
            told |= {prefix: f"+{number[1]}", name: f"0{number[2]}"}
    return told
