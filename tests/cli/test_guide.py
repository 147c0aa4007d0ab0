"""The guide of 2016, sentence by sentence: the test of each of its 49 points has its number: docs/guide.md lists them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from chorus_config.diff.fields import field_schema
from chorus_config.i18n.translator import translator_for
from chorus_config.model.project import FileKind
from chorus_config.render.shared.dates import day_text
from chorus_config.rules.catalogue import RULES
from chorus_config.schema.packaged import schema
from tests.samples import ACCOUNT as ACCOUNT_FILE
from tests.samples import SHEET as SHEET_FILE
from tests.samples import changed, composed, verdict

from .desk import EXAMPLE, PROJECT, SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk

PAGE: Final = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
ROWS: Final = {int(row[1]): row for row in re.finditer(r"^\| (\d+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)}
GUIDE: Final = date(2016, 10, 1)
TODAY: Final = date(2026, 11, 26)
PUBLIC: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
CHIEF: Final = '  - ref: "dgs"\n    role: GESTIONNAIRE_PRINCIPAL\n'


def sheet(blocks: str = "", day: date = GUIDE) -> dict[str, str]:
    """Return the level of each rule that speaks of the smallest sheet with these blocks."""
    return _levels(composed(SHEET_FILE, blocks), "fiche-structure", day)


def general(old: str, new: str, day: date = GUIDE) -> dict[str, str]:
    """Return the level of each rule that speaks of the smallest sheet with one piece of text replaced."""
    return _levels(changed(SHEET_FILE, old, new), "fiche-structure", day)


def account(old: str, new: str, day: date = GUIDE) -> dict[str, str]:
    """Return the level of each rule that speaks of the smallest account with one piece of text replaced."""
    return _levels(changed(ACCOUNT_FILE, old, new), "compte-utilisateur", day)


def _levels(text: str, kind: FileKind, day: date) -> dict[str, str]:
    return {finding.rule: finding.level for finding in verdict(text, kind, day) if finding.rule != "CP603"}


def hover(group: str, path: str = "") -> str:
    """Return what an editor shows at a field of a resource, or at a whole file."""
    found: dict[str, Any] = field_schema(group, path) if path else dict(schema(group))
    return f"{found.get('title', '')} : {found.get('description', '')}"


def block(document: str, *keys: str) -> str:
    """Return what an editor shows at a block of a file."""
    found: dict[str, Any] = reduce(lambda part, key: part["properties"][key], keys, dict(schema(document)))
    return str(found["description"])


def judged(desk: Desk) -> tuple[int, dict[str, str]]:
    """Return how a plan ends, and the level of each rule that speaks, of the sheets or of a change."""

    def rows(part: Any) -> Iterator[tuple[str, str]]:
        if isinstance(part, dict):
            if "rule" in part and "level" in part:
                yield part["rule"], part["level"]
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from rows(each)

    ended = desk.run("plan", "--format", "json")
    return ended.code, dict(rows(ended.json))


def errors(desk: Desk) -> tuple[int, set[str]]:
    """Return how a plan ends, and the rules whose errors stop it."""
    code, found = judged(desk)
    return code, {rule for rule, level in found.items() if level == "error"}


def asked(desk: Desk) -> dict[str, str]:
    """Return what the worksheet asks to be done, by address."""
    document = desk.run("worksheet", "--format", "json").json
    return {row["address"]: row["gesture"] for place in document["structures"] for row in place["operations"]}


def test_every_sentence_has_its_row_and_its_test() -> None:
    here = vars(sys.modules[__name__])
    assert list(ROWS) == list(range(1, 50))
    numbers = [match.groups() for name in here if (match := re.match(r"test_(\d\d)_(?:and_(\d\d)_)?", name))]
    assert sorted(int(number) for pair in numbers for number in pair if number) == list(ROWS)


@pytest.mark.parametrize("number", ROWS)
def test_a_row_names_rules_and_fields_that_exist(number: int) -> None:
    told = ROWS[number][3]
    assert set(re.findall(r"CP\d+", told)) <= set(RULES)
    written = " ".join(str(schema(name)) for name in ("fiche-structure", "compte-utilisateur", "projet"))
    for field in re.findall(r"`([a-z_]+)`", told):
        assert f"'{field}'" in written or field in {"plan", "worksheet", "status"}, field


# Mon compte.


def test_01_an_account_is_there_already(approved: Desk) -> None:
    assert {gesture for address, gesture in asked(approved).items() if address.startswith("comptes/")} == {"verify"}


def test_02_one_comes_in_through_the_dgfip() -> None:
    assert "Portail de la DGFiP" in hover("compte-utilisateur")
    assert "PIGP" in hover("compte-utilisateur")


def test_03_the_first_time_then_mon_compte() -> None:
    assert re.search("première connexion ouvre cet écran ; ensuite, cliquer sur « Mon Compte »", hover("compte-utilisateur"))


def test_04_notifications_go_to_the_contact_address() -> None:
    assert "toutes les notifications" in block(
        "compte-utilisateur", "informations_personnelles", "adresse_electronique_contact"
    )
    assert account('"dgs@valmont.example"', '"dgs"') == {"CP803": "error"}


@pytest.mark.parametrize("key", ['nom: "MARTIN"', 'prenom: "Alix"'])
def test_05_name_and_first_name_are_due(key: str) -> None:
    assert account(f"  {key}\n", "") == {"CP801": "error"}
    assert "à modifier si besoin" in block("compte-utilisateur", "informations_personnelles", key.partition(":")[0])


def test_06_the_contact_address_is_valid() -> None:
    assert account("dgs@valmont.example", "dgs@valmont@example") == {"CP803": "error"}
    assert account("dgs@valmont.example", "d.g.s@mairie.valmont.example") == {}


@pytest.mark.parametrize(
    "key", ['adresse: "1 place de la Mairie"', 'code_postal: "16000"', 'ville: "VALMONT"', 'pays: "France"']
)
def test_07_of_the_address_four_fields_are_due(key: str) -> None:
    assert account(f"  {key}\n", "") == {"CP801": "error"}
    more = '  complement_1: ""\n  complement_2: "Bât. B"\n  telephone: "+33 545222040"\n  fax: ""\n'
    assert account('  pays: "France"\n', f'  pays: "France"\n{more}') == {}


def test_08_each_field_of_an_account_is_shown_from_and_to(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit("comptes/gestionnaire-sditec.yaml", '"30 RUE DENIS PAPIE"', '"1 PLACE BOUILLAUD"')
    approved.run("apply", "--yes")
    text = approved.run("worksheet", "--lang", "fr").out
    assert "Adresse" in text
    assert re.search(r"30 RUE DENIS PAPIE.*1 PLACE BOUILLAUD", text, re.DOTALL)


@pytest.mark.parametrize(
    "key", ["date_creation", "date_reactivation", "date_desactivation", "date_modification", "etat"]
)  # fmt: skip
def test_09_dates_and_state_are_only_shown(key: str) -> None:
    assert account('  langue: "Français"\n', f'  langue: "Français"\n  {key}: "2016-09-01"\n') == {"CP804": "error"}


def test_10_the_language_is_due() -> None:
    assert account('  langue: "Français"\n', "") == {"CP801": "error"}
    assert "n’est pas vérifiée" in block("compte-utilisateur", "parametres", "langue")


def test_11_the_box_of_notifications_is_ticked() -> None:
    assert account("recevoir_notifications: true", "recevoir_notifications: false") == {"CP802": "error"}
    assert account("recevoir_notifications: true", "recevoir_notifications: false", TODAY) == {}


@pytest.mark.parametrize("key", ["rattachements", "abonnements"])
def test_12_what_helios_supplies_is_left_alone_but_by_exception(key: str, desk: Desk) -> None:
    name = "comptes/gestionnaire-sditec.yaml"
    desk.append(name, f'{key}: ["25160278500015"]\n')
    found = desk.run("validate", "--format", "json").json["findings"]
    assert ("CP804", "error") in {(row["rule"], row["level"]) for row in found}
    waiver = '{regle: CP804, fiche: "gestionnaire-sditec", motif: "l\'exception du guide", jusqu_au: "2017-12-31"}'
    desk.append(PROJECT, f"derogations:\n  - {waiver}\n")
    assert desk.run("validate").code == 0


def test_13_attached_documents_do_not_concern_the_user() -> None:
    text = composed(ACCOUNT_FILE, "pieces_jointes: []\n")
    (found,) = verdict(text, "compte-utilisateur", GUIDE)
    assert found.rule == "CP804"
    assert "Hélios" not in found.message
    assert "ne vous concerne pas" in block("compte-utilisateur", "pieces_jointes")


# Mes structures.


def test_14_every_budget_before_the_31st_of_october(desk: Desk) -> None:
    desk.edit(PROJECT, '"2030-12-31"', '"2016-10-31"')

    def told(day: str) -> str:
        ended = desk.run("validate", "--lang", "fr", "--as-of", day)
        return next(line for line in ended.out.splitlines() if "CP053" in line)

    assert "30 octobre 2016" in told("2016-10-30")
    assert told("2016-10-30") != told("2016-10-31")
    (desk.root / SHEET).unlink()
    assert "CP051" in desk.run("validate").out
    assert desk.run("validate", "--ready").code == 1


def test_15_and_19_the_way_to_the_sheet() -> None:
    for words in ("« Activités du Gestionnaire »", "« Mes structures »", "le crayon", "« Gérer une structure »"):
        assert words in hover("fiche-structure")


def test_16_status_shows_what_mes_structures_shows(desk: Desk) -> None:
    lines = desk.run("status", "--lang", "fr").out.splitlines()
    for path in sorted((EXAMPLE / "structures").glob("*.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        general, (service,) = written["informations_generales"], written["services"]
        (line,) = [line for line in lines if line.startswith(general["identifiant"])]
        day = day_text(general["date_creation"], translator_for("fr"))
        for told in (general["raison_sociale"], day, service["code"], general["statut"].capitalize()):
            assert f"  {told}  " in line


def test_17_the_two_structures_of_the_guide() -> None:
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (EXAMPLE / "structures").glob("*.yaml")}
    assert {name: each["informations_generales"]["raison_sociale"] for name, each in found.items()} == {
        SIRET: "ASYMEX - INFOR TECH COMMUNICAT SDITEC",
        SECOND: "ADHERENT SDITEC",
    }
    for each in found.values():
        assert each["informations_generales"]["statut"] == "INACTIF"
        assert [service["code"] for service in each["services"]] == ["FACTURES_PUBLIQUES"]


def test_18_a_public_structure_is_not_created_from_here(desk: Desk) -> None:
    assert judged(desk)[1]["CP918"] == "warning"
    desk.run("apply", "--yes")
    assert asked(desk)[SIRET] == "verify"


# Informations générales, adresse postale, coordonnées bancaires.


def test_20_what_is_only_shown_is_never_asked_for(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "ASYMEX - INFOR TECH COMMUNICAT SDITEC", "ASYMEX")
    document = approved.plan()
    assert document["changes"] == []
    approved.edit(SHEET, "type_identifiant: SIRET", "type_identifiant: RIDET")
    assert approved.run("plan").code == 1


def test_21_the_siret_is_checked() -> None:
    assert general('"21169999600016"', '"2116999960001"') == {"CP101": "error"}
    assert general('"21169999600016"', '"21169999600017"') == {"CP102": "error"}
    assert general("type_identifiant: SIRET", "type_identifiant: RIDET") == {"CP103": "error"}


def test_22_the_label_is_what_people_search_for() -> None:
    assert general('  libelle: "Commune de Valmont"\n', "") == {"CP008": "error"}
    assert general('"Commune de Valmont"', '" "').keys() >= {"CP104"}
    assert general('"Commune de Valmont"', '"Mairie"') == {"CP105": "warning"}
    assert general('"Commune de Valmont"', '"Commune de XXX"') == {"CP010": "warning"}


def test_23_its_address_is_valid() -> None:
    assert general('  adresse_electronique: "factures@valmont.example"\n', "") == {"CP008": "error"}
    assert general("factures@valmont.example", "factures@valmont") == {"CP106": "error"}


@pytest.mark.parametrize("box", ["recevoir_cycles_de_vie_edi", "emetteur_flux_edi"])
def test_24_edi_boxes(box: str) -> None:
    added = f'  adresse_electronique: "factures@valmont.example"\n  {box}: '
    old = '  adresse_electronique: "factures@valmont.example"\n'
    assert general(old, f"{added}true\n") == {"CP110": "warning"}
    assert general(old, f"{added}false\n") == {}


def test_25_requests_for_attachment() -> None:
    old = '  adresse_electronique: "factures@valmont.example"\n'
    assert general(old, f"{old}  demande_rattachement_active: true\n") == {}
    assert "Demande de rattachement active" in hover("", "/demande_rattachement_active")


@pytest.mark.parametrize("box", ["centre_gestion_agricole", "structure_privee"])
def test_26_and_27_no_public_body_ticks_these(box: str) -> None:
    old = '  adresse_electronique: "factures@valmont.example"\n'
    assert general(old, f"{old}  {box}: true\n") == {"CP109": "warning"}


def test_28_nothing_is_deposited_while_a_structure_is_inactive() -> None:
    old = '  adresse_electronique: "factures@valmont.example"\n'
    assert general(old, f"{old}  statut: INACTIF\n") == {"CP108": "warning"}


def test_29_the_address_is_due() -> None:
    assert general('  adresse: "1 place de la Mairie"\n', "") == {"CP008": "error"}
    assert general('adresse: "1 place de la Mairie"', 'adresse: ""') == {"CP201": "error"}


def test_30_numbers_in_international_form() -> None:
    old = '  pays: "France"\n'
    assert general(old, f'{old}  telephone: "0545222040"\n').keys() == {"CP203"}
    assert general(old, f'{old}  telephone: "+33 545XXXXXX"\n') == {"CP203": "error"}
    assert general(old, f'{old}  telephone: "+33 545222040"\n') == {}


def test_31_complements_and_fax_are_free() -> None:
    old = '  pays: "France"\n'
    assert general(old, f'{old}  complement_1: ""\n  complement_2: "ZI N°3"\n  fax: "+33 545234963"\n') == {}


def test_32_bank_details_only_outside_helios() -> None:
    bank = 'coordonnees_bancaires:\n  - libelle: "Régie"\n    iban: "FR7630006000011234567890189"\n'
    assert sheet(bank).keys() == {"CP301"}
    assert "CP301" not in sheet(f"{bank}depot_factures_hors_helios: true\n")


# Services, espaces, utilisateurs.


def test_33_and_34_what_services_are_and_that_most_need_none() -> None:
    assert "« Services Utilisateur » du logiciel financier" in block("fiche-structure", "services")
    assert "La majorité des collectivités n’en ont pas besoin" in block("fiche-structure", "services")
    assert sheet(f"services:\n{PUBLIC}") == {}


def test_35_factures_publiques_is_the_default_service() -> None:
    assert sheet('services:\n  - code: "ST-TECH"\n    libelle: "Services techniques"\n') == {"CP401": "error"}


def test_36_it_is_left_alone(approved: Desk) -> None:
    public = f"{SIRET}/services/FACTURES_PUBLIQUES"
    assert asked(approved)[public] == "verify"
    approved.edit(SHEET, SERVICES, f"services:\n{TECHNICAL}")
    assert errors(approved) == (1, {"CP401", "CP901"})
    assert approved.run("apply", "--yes", "--accept", f"CP901:{public}=nous le voulons").code == 64


def test_37_espaces_are_the_scope_of_users() -> None:
    assert "périmètre d’intervention" in block("fiche-structure", "espaces")
    assert sheet(f"espaces: []\nutilisateurs:\n{CHIEF}{_with_space('Factures de travaux')}") == {"CP502": "error"}


@pytest.mark.parametrize("name", ["Mon Compte", "Factures émises", "Factures reçues"])
def test_38_three_are_open_to_all(name: str) -> None:
    assert sheet(f"espaces: []\nutilisateurs:\n{CHIEF}{_with_space(name)}") == {}


def _with_space(name: str) -> str:
    return f'  - ref: "compta"\n    role: UTILISATEUR_SIMPLE\n    espaces: [{{nom: "{name}", mode: CONSULTATION}}]\n'


def test_39_and_40_only_the_role_is_changed(approved: Desk) -> None:
    users = {address: gesture for address, gesture in asked(approved).items() if "/utilisateurs/" in address}
    assert set(users.values()) == {"verify"}
    approved.run("confirm", "--all")
    approved.edit(SHEET, "role: GESTIONNAIRE_SECONDAIRE", "role: UTILISATEUR_SIMPLE")
    assert approved.run("plan").code == 0
    approved.edit(SHEET, "parametres:", '  - ref: "autre"\n    role: UTILISATEUR_SIMPLE\nparametres:')
    assert errors(approved) == (1, {"CP904"})


def test_41_two_roles_beside_the_principal_one() -> None:
    for role in ("GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE"):
        assert sheet(f'utilisateurs:\n{CHIEF}  - ref: "compta"\n    role: {role}\n') == {}
    assert sheet(f'utilisateurs:\n{CHIEF}  - ref: "compta"\n    role: COMPTABLE\n') == {"CP601": "error"}
    assert sheet('utilisateurs:\n  - ref: "compta"\n    role: UTILISATEUR_SIMPLE\n') == {"CP602": "error"}


def test_42_and_43_what_each_may_do(approved: Desk) -> None:
    told = hover("utilisateurs", "/role")
    both = "GESTIONNAIRE_SECONDAIRE (consulte les factures et les sollicitations, paramètre les structures, gère les comptes)"
    assert both in told
    assert "UTILISATEUR_SIMPLE (consulte)" in told
    approved.edit(SHEET, "role: GESTIONNAIRE_SECONDAIRE", "role: UTILISATEUR_SIMPLE")
    approved.run("apply", "--yes")
    approved.edit(SHEET, "role: UTILISATEUR_SIMPLE", "role: GESTIONNAIRE_SECONDAIRE")
    assert judged(approved)[1]["CP912"] == "warning"


# Paramètres.


def test_44_edi_not_before_2017() -> None:
    blocks = "raccordement: {mode: EDI}\nparametres:\n  reception_donnees_edi: true\n"
    assert sheet(blocks) == {"CP706": "error"}
    assert sheet(blocks, date(2017, 6, 1)) == {"CP710": "warning"}
    assert sheet(blocks, TODAY) == {}


def test_45_a_commitment_number_is_not_advised() -> None:
    assert sheet("parametres:\n  engagement_juridique_obligatoire: true\n") == {"CP701": "warning"}
    assert sheet("comptabilite: autre\nparametres:\n  engagement_juridique_obligatoire: true\n") == {}


def test_46_no_project_owner_before_2017() -> None:
    assert sheet("parametres:\n  structure_avec_moa: true\n") == {"CP707": "error"}
    assert sheet("parametres:\n  structure_avec_moa: true\n", TODAY) == {}


def test_47_a_service_code_needs_services(approved: Desk) -> None:
    assert sheet(f"services:\n{PUBLIC}parametres:\n  code_service_obligatoire: true\n") == {"CP702": "error"}
    # Nothing can be sent to a structure that is inactive: what it demands is told of an active one.
    approved.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.edit(SHEET, "code_service_obligatoire: false", "code_service_obligatoire: true")
    assert judged(approved)[1]["CP908"] == "warning"


def test_48_payment_status_does_not_concern_helios() -> None:
    assert sheet("parametres:\n  mise_en_paiement_non_remontee: true\n") == {"CP708": "warning"}
    assert sheet("comptabilite: autre\nparametres:\n  mise_en_paiement_non_remontee: true\n") == {}


def test_49_one_of_the_two() -> None:
    either = "parametres:\n  engagement_ou_code_service_obligatoire: true\n"
    assert sheet(f"services:\n{PUBLIC}{either}") == {"CP709": "warning"}
    assert sheet(f'services:\n{PUBLIC}  - code: "A"\n    libelle: "Affaires"\n{either}') == {}
    assert sheet(f"{either}  code_service_obligatoire: true\n").keys() >= {"CP703"}
