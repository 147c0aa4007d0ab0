"""What the tests of the rules of change share: two states of a sheet, and what is told of the way from one to the other."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from chorus_config.diff.expand import expand
from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.engine.planning.change_rules import informational_faults
from chorus_config.model.finding import Fault, Finding, Path
from chorus_config.schema.explain import faults
from chorus_config.yamltext.document import Document
from tests.rules.judged import sheet
from tests.rules.sheet_changes import sheet_changes
from tests.samples import SIRET, TODAY, change_example, setting

Body = dict[str, Any]
Told = list[tuple[str, str, str, Path]]

PUBLIC: Final = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}
TECH: Final = {"code": "ST-TECH", "libelle": "Services techniques"}
TECH_FREE: Final = {**TECH, "engagement_obligatoire": False}
TECH_ASKS: Final = {**TECH, "engagement_obligatoire": True}
CHIEF: Final = {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}
SECOND: Final = {"ref": "compta", "role": "GESTIONNAIRE_SECONDAIRE"}
SIMPLE: Final = {"ref": "compta", "role": "UTILISATEUR_SIMPLE"}
GRANTED: Final = {**SIMPLE, "habilitations": ["Organisation modification"]}
IBAN: Final = "FR7630006000011234567890189"
ACCOUNT: Final = {"libelle": "Régie", "iban": IBAN, "bic": "BDFEFRPPCCT"}


def services(*others: Body) -> Body:
    """Return a sheet with these services beside FACTURES_PUBLIQUES."""
    return sheet(services=[PUBLIC, *others])


def users(*users_: Body) -> Body:
    """Return a sheet with these users."""
    return sheet(utilisateurs=[*users_])


def banks(*accounts: Body) -> Body:
    """Return a sheet with these bank accounts."""
    return sheet(coordonnees_bancaires=[*accounts])


def general(**keys: Any) -> Body:
    """Return a sheet with keys of its general block set."""
    return sheet(general=keys)


def ticked(**boxes: Any) -> Body:
    """Return a sheet with these parameters."""
    return sheet(parametres=boxes)


def all_faults(
    before: Body, after: Body, day: date = TODAY, *, new_file: bool = False, on_portal: bool = True
) -> list[tuple[str, Fault]]:
    """Return the address and fault of each thing wrong with what leads from a state to a wish; {} is nothing known, or gone."""
    changes = sheet_changes(before, after, day, new_file=new_file, on_portal=on_portal)
    told = [(change.address, fault) for change in changes for fault in change.faults]
    return told + [(SIRET, fault) for fault in informational_faults(expand(before), expand(after))]


def judged(before: Body, after: Body, day: date = TODAY) -> Told:
    """Return address below the structure, rule, case and path of each fault."""
    return [
        (address.removeprefix(SIRET).lstrip("/"), fault.rule, fault.case, fault.path)
        for address, fault in all_faults(before, after, day)
    ]


def rules(before: Body, after: Body, day: date = TODAY) -> list[str]:
    """Return the rules that are broken, in order."""
    return sorted(fault.rule for _address, fault in all_faults(before, after, day))


def findings(before: Body, after: Body, given: CheckSettings | None = None) -> tuple[Finding, ...]:
    """Return what is told of it, in words; of a structure that nobody knew, {}, that nothing shows it."""
    chosen = given or setting()
    told = [fault for _address, fault in all_faults(before, after, chosen.day, on_portal=before != {})]
    return to_findings(told, Document("f.yaml", "fiche-structure", {}), SIRET, chosen)


def document(rule: str, **more: Any) -> Body:
    """Return the document that the failing example of a rule makes; `more` replaces parts of it, or of its context."""
    change = change_example(rule, "fails")
    change["context"] |= {key: more.pop(key) for key in tuple(more) if key in change["context"]}
    return change | more


def refused(change: Body) -> list[tuple[str, str]]:
    """Return rule and case of what the schema alone finds wrong in a change."""
    return [(fault.rule, fault.case) for fault in faults("changement", TODAY, change)]


_CODE, _COMMITMENT = "code_service_obligatoire", "engagement_juridique_obligatoire"
_BOTH: Final = {_CODE: True, _COMMITMENT: True}
# For each case of CP908, the boxes before and after.
_DEMANDS: Final[tuple[tuple[str, dict[str, bool], dict[str, bool]], ...]] = (
    ("code", {}, {_CODE: True}),
    ("commitment", {}, {_COMMITMENT: True}),
    ("both", {_CODE: True}, _BOTH),
    ("either", {}, {"engagement_ou_code_service_obligatoire": True}),
    ("nothing", {_CODE: True}, {_CODE: False}),
    ("either_enough", {_CODE: True}, {_CODE: False, "engagement_ou_code_service_obligatoire": True}),
    ("code_enough", _BOTH, {**_BOTH, _COMMITMENT: False}),
    ("commitment_enough", _BOTH, {**_BOTH, _CODE: False}),
)


def _freed(*others: Body) -> tuple[Body, Body]:
    """Return a structure with these services that demands a commitment number, and then does not."""
    listed = [PUBLIC, *others]
    return sheet(services=listed, parametres={_COMMITMENT: True}), sheet(services=listed, parametres={_COMMITMENT: False})


# For each case of each rule, two states between which it is told; {} is a sheet that is gone.
CASES: Final[dict[tuple[str, str], tuple[Body, Body]]] = {
    ("CP901", "removed"): (services(), sheet(services=[])),
    ("CP901", "changed"): (services(), sheet(services=[{**PUBLIC, "actif": False}])),
    ("CP902", "identifiant"): (sheet(), general(identifiant="21169999600024")),
    ("CP902", "type"): (sheet(), general(type_identifiant="RIDET")),
    ("CP903", ""): (sheet(), general(raison_sociale="VILLE DE VALMONT")),
    ("CP904", "added"): (users(CHIEF), users(CHIEF, SIMPLE)),
    ("CP904", "removed"): (users(CHIEF, SIMPLE), users(CHIEF)),
    ("CP905", "given"): (users(SIMPLE), users({**SIMPLE, "role": CHIEF["role"]})),
    ("CP905", "taken"): (users(CHIEF), users({**CHIEF, "role": SIMPLE["role"]})),
    ("CP905", "added"): (users(), users(CHIEF)),
    ("CP905", "removed"): (users(CHIEF), users()),
    ("CP906", "removed"): (services(TECH), services()),
    ("CP906", "deactivated"): (services(TECH), services({**TECH, "actif": False})),
    ("CP907", ""): (services(TECH), services({**TECH, "code": "TECHNIQUE"})),
    **{("CP908", case): (ticked(**before), ticked(**after)) for case, before, after in _DEMANDS},
    ("CP908", "kept_one"): _freed(TECH_ASKS),
    ("CP908", "kept_some"): _freed(TECH_ASKS, {**TECH_ASKS, "code": "SCOLAIRE", "libelle": "Affaires scolaires"}),
    ("CP908", "service"): (services(TECH), services({**TECH, "engagement_obligatoire": True})),
    ("CP908", "service_free"): (services({**TECH, "engagement_obligatoire": True}), services(TECH_FREE)),
    ("CP909", ""): (sheet(), general(statut="INACTIF")),
    ("CP910", ""): (sheet(), {}),
    ("CP911", "added"): (banks(), banks(ACCOUNT)),
    ("CP911", "changed"): (banks({**ACCOUNT, "iban": "BE71096123456769"}), banks(ACCOUNT)),
    ("CP911", "removed"): (banks(ACCOUNT), banks()),
    ("CP912", "given"): (users(SIMPLE), users(SECOND)),
    ("CP912", "added"): (users(CHIEF), users(CHIEF, SECOND)),
    ("CP912", "right"): (users(SIMPLE), users(GRANTED)),
    ("CP912", "right_added"): (users(CHIEF), users(CHIEF, GRANTED)),
    ("CP914", "on"): (ticked(reception_donnees_edi=False), ticked(reception_donnees_edi=True)),
    ("CP914", "off"): (general(emetteur_flux_edi=True), general(emetteur_flux_edi=False)),
    ("CP915", "label"): (sheet(), general(libelle="Ville de Valmont")),
    ("CP915", "mailbox"): (sheet(), general(adresse_electronique="mairie@valmont.example")),
    ("CP916", "on"): (sheet(), general(structure_privee=True)),
    ("CP916", "off"): (general(centre_gestion_agricole=True), general(centre_gestion_agricole=False)),
    ("CP917", ""): (sheet(), ticked(moa_uniquement=True)),
    ("CP918", ""): ({}, sheet()),
    ("CP918", "elsewhere"): ({}, sheet(comptabilite="autre")),
}
