"""Sheets and accounts as Hypothesis thinks of them: all valid, with the texts and keys that break careless code.

A strategy draws a seed and a size, and a pen writes the sheet: hundreds of examples a second instead of forty. A smaller
size writes fewer of the keys that may be left out, so a failing example still shrinks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Body = dict[str, Any]
T = TypeVar("T")

SIRET: Final = "21169999600016"
REF: Final = "dgs"
PUBLIC: Final = "FACTURES_PUBLIQUES"

# The two first look the same when masked, and so do the two last.
IBANS: Final = (
    "FR7630006000011234567890189",
    "FR7630006000019999999990189",
    "FR76 3000 6000 0112 3456 7890 189",
    "BE71096123456769",
    "BE71999999996769",
)
BICS: Final = ("AGRIFRPPXXX", "AGRIFRPP", "BNPAFRPPXXX", "AGXXFRPPXXX")

_TEXTS: Final = (
    "x", "Œuvre d'été", 'dit "le Pré"', "A/B/C", "a\\b", "~1", "- a: [b]", "{c}", "# d", "100 %", "0", "true", "null", "€ & *z",
    "`e`|f", "très long " * 8, "x ", "2016-09-01", "@!", "NO", "\u0065\u0301", "\u00e9", "{{g}}",
)  # fmt: skip
# Only a description has several lines.
_DESCRIPTIONS: Final = ("", *_TEXTS, "une\nautre ligne")
# Few keys, so that the two sheets of a pair share some of them.
_CODES: Final = ("A", "A/B", "A/B/C", "/", "ST-TECH", "st-tech", "é", "'q'", '"q"', "a b", "~1", "~0", "0", "services", "__a")
_ESPACES: Final = ("Factures de travaux", "Engagements", "Raccordements", "factures de travaux", "A/B", "nom")
_REFS: Final = ("dgs", "compta", "elu/1", "é", "x y")
_LIBELLES: Final = ("Régie", "Régie/2", "régie", "Compte 'eau'", "libelle")
_DATES: Final = ("2016-09-01", "2050-12-31", "2024-02-29")
_ROLES: Final = ("GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE", "UTILISATEUR")
_APPLICATIONS: Final = ("FACTURATION_CPRO", "ENGAGEMENTS", "CERTIFICATS_DE_CESSIBILITE")
_SETTINGS: Final = (
    "reception_donnees_edi", "engagement_juridique_obligatoire", "structure_avec_moa", "moa_uniquement",
    "code_service_obligatoire", "mise_en_paiement_non_remontee", "engagement_ou_code_service_obligatoire",
)  # fmt: skip
_TICKS: Final = ("recevoir_cycles_de_vie_edi", "emetteur_flux_edi", "demande_rattachement_active", "centre_gestion_agricole")
_LARGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wishes of one identity."""

    before: Body
    after: Body


class Pen:
    """Writes valid sheets and accounts, at random; `size` from 0 to 8 is how many of the optional keys it writes."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret
        self.size = size

    def sized(self, size: int) -> Pen:
        """Return this pen, writing more or less from now on."""
        self.size = size
        return self

    def some(self, required: Body, **optional: Callable[[], Any]) -> Body:
        """Return a block with all required keys and some of the others."""
        return required | {key: make() for key, make in optional.items() if self.random.randrange(10) < self.size}

    def one_of(self, words: Sequence[T]) -> T:
        """Return one word."""
        return self.random.choice(words)

    def text(self) -> str:
        """Return a text that is not blank."""
        return self.one_of(_TEXTS)

    def empty(self) -> str:
        """Return a text, which may be empty."""
        return self.one_of(("", *_TEXTS))

    def description(self) -> str:
        """Return a text of one line or several, which may be empty."""
        return self.one_of(_DESCRIPTIONS)

    def flag(self) -> bool:
        """Return yes or no."""
        return self.random.random() < 0.5

    def day(self) -> str:
        """Return a date."""
        return self.one_of(_DATES)

    def many(self, make: Callable[[], T], most: int = 3) -> list[T]:
        """Return a few, or none."""
        return [make() for _ in range(self.random.randint(0, min(most, self.size)))]

    def address(self, *, whole: bool) -> Body:
        """Return a postal address; a `whole` one has all that is required of the seat of a structure."""
        required = {"adresse": self.text, "code_postal": lambda: self.one_of(("16000", "01000")), "ville": self.text}
        required["pays"] = lambda: self.one_of(("France", "FR", "Portugal"))
        beside = dict.fromkeys(("complement_1", "complement_2", "telephone", "fax"), self.empty)
        return self.some({key: make() for key, make in required.items()}, **beside) if whole else self.some({}, **required)

    def service(self) -> Body:
        """Return a service beside FACTURES_PUBLIQUES."""
        return self.some(
            {"code": self.one_of((*_CODES, self.text())), "libelle": self.text()},
            description=self.description,
            actif=self.flag,
            date_debut=self.day,
            date_fin=self.day,
            engagement_obligatoire=self.flag,
            adresse_postale=lambda: self.address(whole=False),
        )

    def services(self, *, private: bool) -> list[Body]:
        """Return the services of a structure."""
        others = by_key(self.many(self.service), "code")
        if private:
            return others
        public = {"code": PUBLIC, "libelle": "Service des factures publiques"}
        others.insert(self.random.randint(0, len(others)), self.some(public, actif=lambda: True, description=self.description))
        return others

    def user(self, role: str) -> Body:
        """Return a user with a role."""
        return self.some(
            {"ref": self.one_of((*_REFS, self.text())), "role": role},
            habilitations=lambda: self.many(self.empty),
            services=lambda: self.many(lambda: self.one_of(_CODES)),
            espaces=lambda: self.many(
                lambda: {"nom": self.one_of(_ESPACES), "mode": self.one_of(("CONSULTATION", "MODIFICATION"))}
            ),
        )

    def users(self) -> list[Body]:
        """Return users, one of them the principal manager."""
        others = self.many(lambda: self.user(self.one_of(_ROLES)))
        return by_key([self.user("GESTIONNAIRE_PRINCIPAL"), *others], "ref")

    def bank_account(self) -> Body:
        """Return a bank account, with IBAN and BIC or without."""
        named = {"libelle": self.one_of((*_LIBELLES, self.text()))}
        return self.some(named, iban=lambda: self.one_of(IBANS), bic=lambda: self.one_of(BICS))

    def general(self, siret: str, *, private: bool | None) -> Body:
        """Return the block of general information."""
        body = {"raison_sociale": self.text(), "type_identifiant": "SIRET", "identifiant": siret}
        body |= {"libelle": self.text(), "adresse_electronique": self.text()}
        ticks = dict.fromkeys(_TICKS, self.flag)
        made = self.some(body, date_creation=self.day, statut=lambda: self.one_of(("ACTIF", "INACTIF")), **ticks)
        return made if private is None else {**made, "structure_privee": private}

    def sheet(self, siret: str) -> Body:
        """Return a valid sheet."""
        private = self.one_of((None, None, True, False))
        body: Body = {
            "type": "fiche-structure",
            "version": 1,
            "informations_generales": self.general(siret, private=private),
            "adresse_postale": self.address(whole=True),
        }
        body = self.some(
            body,
            comptabilite=lambda: self.one_of(("helios", "autre")),
            depot_factures_hors_helios=self.flag,
            emission=lambda: self.one_of(("HELIOS", "CHORUS_PRO")),
            raccordement=lambda: self.some(
                {},
                mode=lambda: self.one_of(("PORTAIL", "EDI", "API")),
                operateur=self.empty,
                compte_technique_expire_le=self.day,
            ),
            coordonnees_bancaires=lambda: by_key(self.many(self.bank_account), "libelle"),
            services=lambda: self.services(private=private is True),
            espaces=lambda: sorted(set(self.many(lambda: self.one_of((*_ESPACES, self.text()))))),
            utilisateurs=self.users,
            parametres=lambda: self.some({}, **dict.fromkeys(_SETTINGS, self.flag)),
            remplace=lambda: self.some({}, identifiant=self.text, le=self.day, motif=self.empty),
        )
        return coherent(body)

    def account(self, ref: str) -> Body:
        """Return a valid account."""
        person = {key: self.text() for key in ("adresse_electronique_contact", "nom", "prenom")}
        return {
            "type": "compte-utilisateur",
            "version": 1,
            "ref": ref,
            "informations_personnelles": person,
            "adresse_postale": self.address(whole=True),
            "parametres": self.some(
                {"langue": self.text(), "recevoir_notifications": True},
                notifications=lambda: self.random.sample(_APPLICATIONS, self.random.randrange(4)),
            ),
        }

    def emptied(self, body: Body) -> Body:
        """Return a body with, now and then, a list emptied that the rules want filled: the engine is to cope with it."""
        for group in ("services", "utilisateurs"):
            if group in body and self.random.randrange(8) == 0:
                body[group] = []
        return body

    def body(self) -> Body:
        """Return a sheet or, now and then, an account."""
        return self.account(REF) if self.random.randrange(6) == 0 else self.emptied(self.sheet(SIRET))

    def pair(self) -> Pair:
        """Return a state and a wish: strangers to each other, or an edit away, as most real pairs are."""
        if self.random.randrange(6) == 0:
            return Pair(self.account(REF), self.account(REF))
        # Of different sizes: a sheet that says little becomes one that says much, and the other way round.
        sizes = self.size, self.random.randint(0, self.size)
        before, other = (self.sized(size).emptied(self.sheet(SIRET)) for size in self.random.sample(sizes, 2))
        if self.flag():
            return Pair(before, other)
        after = copied(before)
        for block in self.random.sample(sorted(other), 2):
            after[block] = copied(other)[block]
        for group in ("services", "espaces", "utilisateurs", "coordonnees_bancaires"):
            if after.get(group) and self.flag():
                after[group].pop(self.random.randrange(len(after[group])))
        return Pair(before, after)

    def shuffled(self, node: Any) -> Any:
        """Return the same with its keys and the entries of its lists in another order."""
        if isinstance(node, dict):
            return {key: self.shuffled(node[key]) for key in self.random.sample(list(node), len(node))}
        if isinstance(node, list):
            return [self.shuffled(item) for item in self.random.sample(node, len(node))]
        return node


def by_key(entries: list[Body], key: str) -> list[Body]:
    """Return the entries with the first of each key only."""
    kept: dict[str, Body] = {}
    for entry in entries:
        kept.setdefault(entry[key], entry)
    return list(kept.values())


def coherent(body: Body) -> Body:
    """Take out of a sheet what CP702 refuses."""
    ticked: Body = body.get("parametres", {})
    others = [service for service in body.get("services", ()) if service["code"] != PUBLIC]
    if "services" in body and not any(service.get("actif", True) for service in others):
        ticked.pop("code_service_obligatoire", None)
    return body


pens: SearchStrategy[Pen] = st.builds(Pen, st.integers(0, 2**32), st.integers(0, _LARGEST))


def sheets(siret: str = SIRET) -> SearchStrategy[Body]:
    """Return valid sheets of one structure."""
    return pens.map(lambda pen: pen.sheet(siret))


def accounts(ref: str = REF) -> SearchStrategy[Body]:
    """Return valid accounts of one person."""
    return pens.map(lambda pen: pen.account(ref))


def bodies() -> SearchStrategy[Body]:
    """Return sheets and accounts, some with a list emptied."""
    return pens.map(lambda pen: pen.body())


def pairs() -> SearchStrategy[Pair]:
    """Return a state and a wish of the same structure or account."""
    return pens.map(lambda pen: pen.pair())


def copied(body: Body) -> Body:
    """Return a deep copy."""
    made: Body = json.loads(json.dumps(body))
    return made


def text_of(body: Body) -> bytes:
    """Return a body as a file: JSON is YAML."""
    return json.dumps(body, ensure_ascii=False, indent=1).encode()
