"""What holds for every rule: its words, its examples, its place in the catalogue."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

import pytest

import chorus_config.rules
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.planning.one_sheet import duplicate_findings
from chorus_config.model.address import Address
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import LEVELS
from chorus_config.model.project import FileKind, TextFile
from chorus_config.rules.catalogue import RULES, checks_of, cross_file_checks, known_rule, module_of, texts
from chorus_config.yamltext.document import Document
from tests.rules import changing
from tests.samples import (
    ACCOUNT,
    PROJECT,
    SHEET,
    SIRET,
    Which,
    body,
    changed,
    composed,
    day_of,
    example_changes,
    example_kind,
    example_of_change,
    example_sheets,
    example_states,
    example_text,
    setting,
    verdict,
)
from tests.yamltext.test_other_format import FILES as OTHER_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chorus_config.model.finding import Finding

# Rules whose examples one file cannot show, and what shows them.
ELSEWHERE: Final = {
    "CP011": "two files are needed: test_every_message_can_be_said, and the tests of engine.planning.desired_state",
    "CP014": "the text was never read: test_every_message_can_be_said, and the tests of workspace.folder",
    "CP012": "the name of the file is what counts: test_cp012",
    **dict.fromkeys(("CP013", "CP051", "CP052", "CP053", "CP112", "CP606", "CP805"), "all files together: test_wide"),
    **dict.fromkeys(("CP054", "CP111"), "public lists are needed: test_cp054_budget_left_out, test_cp111_public_lists"),
    "CP920": "the whole plan is needed: test_cp920, and the tests of engine.planning.guards",
}
BY_NAME: Final = set(ELSEWHERE) - {"CP011", "CP014"}
CHANGES: Final = tuple(rule for rule, row in RULES.items() if row.where == "change")
FILES: Final = tuple(rule for rule in RULES if rule not in ELSEWHERE and rule not in CHANGES)

# The contract of design/rules.md for the rules that this version has: level, where, fixed, ready, risk.
CONTRACT: Final = """
CP001 error loader fixed|CP002 error loader fixed|CP003 error loader fixed|CP004 error loader fixed|CP005 error loader fixed
CP006 error loader|CP007 error strict fixed|CP008 error strict fixed|CP009 error strict fixed|CP010 warning python ready
CP011 error python fixed|CP012 info python|CP013 warning python|CP014 error loader fixed|CP015 error python fixed
CP016 error strict|CP017 error loader fixed|CP018 warning python|CP051 warning python ready|CP052 warning python
CP053 warning python|CP054 warning python|CP055 warning python
CP101 error strict fixed|CP102 error python|CP103 error strict|CP104 error strict|CP105 warning python
CP106 error python|CP107 info python|CP108 warning advice ready|CP109 warning advice|CP110 warning advice
CP111 warning python ready|CP112 warning python|CP113 warning advice
CP201 error strict|CP202 error strict|CP203 warning python|CP204 warning python
CP205 warning advice|CP206 warning python|CP301 warning advice|CP302 error python|CP303 error python|CP304 info advice
CP305 error python fixed|CP401 error strict fixed|CP402 error strict fixed|CP403 error python fixed|CP404 error strict
CP405 error python|CP406 info advice|CP407 warning python|CP408 warning python|CP409 info python|CP501 warning advice
CP502 error python|CP504 warning python|CP505 error python|CP506 warning advice|CP507 info advice
CP601 error strict fixed|CP602 error strict|CP603 info advice
CP604 warning advice|CP605 error python fixed|CP606 info python|CP608 warning advice|CP701 warning advice|CP702 error strict
CP703 warning advice|CP704 warning advice|CP705 warning advice ready|CP706 error python|CP707 error python|CP708 warning advice
CP709 warning advice|CP710 warning advice|CP801 error strict|CP802 error strict|CP803 error python|CP804 error strict
CP805 warning python
CP901 error change fixed risk|CP902 error change fixed risk|CP903 info change|CP904 error change risk
CP905 error change risk|CP906 warning change risk|CP907 error change risk|CP908 warning change risk
CP909 warning change risk|CP910 error change risk|CP911 warning change risk|CP912 warning change risk
CP914 warning change risk|CP915 info change|CP916 warning change|CP917 error change risk
CP918 warning change|CP920 error guard
"""


def test_the_catalogue_is_the_contract() -> None:
    rows = [
        " ".join([row.id, row.level, row.where, *(word for word in ("fixed", "ready", "risk") if getattr(row, word))])
        for row in RULES.values()
    ]
    assert rows == CONTRACT.strip().replace("\n", "|").split("|")


def test_one_rule_has_another_level_since_the_portal_of_2023() -> None:
    assert {rule: row.later for rule, row in RULES.items() if row.later} == {"CP904": ("2023-02-21", "warning")}


def test_some_rules_have_a_second_level() -> None:
    assert {rule: row.also for rule, row in RULES.items() if row.also} == {
        "CP016": "warning",
        "CP018": "error",
        "CP054": "info",
        "CP102": "info",
        "CP908": "info",
        "CP203": "error",
        "CP406": "warning",
        "CP505": "info",
    }


def test_every_rule_has_a_module_and_every_module_a_rule() -> None:
    folder = Path(chorus_config.rules.__file__).parent
    found = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("cp*.py")}
    assert found == {row.file for row in RULES.values()}
    assert all(re.fullmatch(rf"[a-z]+/{rule.lower()}(_[a-z0-9]+)+", row.file) for rule, row in RULES.items())


def test_rules_are_in_the_order_of_their_ids_and_have_known_levels() -> None:
    assert list(RULES) == sorted(RULES)
    assert all(re.fullmatch(r"CP[0-9]{3}", rule) and row.id == rule and row.level in LEVELS for rule, row in RULES.items())


def test_every_python_rule_of_one_file_is_run() -> None:
    kinds: tuple[FileKind, ...] = ("fiche-structure", "compte-utilisateur", "projet")
    run = (*(check for kind in kinds for check in checks_of(kind)), *cross_file_checks())
    ran = [check.__module__.rpartition(".")[2][:5].upper() for check in run]
    assert sorted({*ran, "CP013"}) == sorted(rule for rule, row in RULES.items() if row.where == "python")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_all_that_people_need(rule: str) -> None:
    said = texts(rule)
    for text in (said.title, said.why, said.source, said.remedy, *said.remedies.values(), *said.messages.values()):
        assert text.strip() == text != ""
    assert said.note == "" or said.note.endswith(".")
    assert said.why.endswith(".")
    assert all(remedy.endswith(".") for remedy in (said.remedy, *said.remedies.values()))
    assert not any(message.endswith(".") for message in said.messages.values())
    assert said.messages.keys() >= said.remedies.keys()
    assert said.fails != said.passes
    for example in (said.fails, said.passes):
        assert isinstance(example, ChangeExample) is (said.about == "changement") is (RULES[rule].where == "change")
        assert (example.before or example.after if isinstance(example, ChangeExample) else example).strip()


@pytest.mark.parametrize("rule", RULES)
def test_the_docstring_of_a_module_is_the_manual_page_of_its_rule(rule: str) -> None:
    module = module_of(rule)
    assert str(module.__doc__).startswith(f"{rule}: ")
    assert module.TEXTS is texts(rule)


def test_an_unknown_rule_has_no_words() -> None:
    with pytest.raises(KeyError):
        texts("CP999")


@pytest.mark.parametrize(
    ("word", "known"),
    [("CP401", True), ("CP4", True), ("CP40", True), ("CP", False), ("", False), ("CP999", False), ("cp401", False)],
)
def test_a_rule_is_known_by_its_id_or_its_block(word: str, known: bool) -> None:
    assert known_rule(word) is known


@pytest.mark.parametrize("rule", FILES)
def test_a_failing_example_breaks_its_rule_and_no_other(rule: str) -> None:
    found = verdict(example_text(rule, "fails"), example_kind(rule), day_of(rule))
    # An IBAN in git is always told of (CP304): an example that needs one cannot avoid it.
    told = [(finding.rule, finding.level) for finding in found if (rule, finding.rule) != ("CP302", "CP304")]
    assert told == [(rule, RULES[rule].level)]


@pytest.mark.parametrize("rule", FILES)
def test_a_passing_example_breaks_nothing(rule: str) -> None:
    assert verdict(example_text(rule, "passes"), example_kind(rule), day_of(rule)) == ()


# What the examples of change cannot help to break beside: a structure whose file names another one is nowhere any more.
BESIDE: Final = {"CP902": {"CP910"}}
# Sheets that are faulty on their own before or after the change, where the change leads to that fault or away from it.
FAULTY: Final = {("CP901", "fails"): ["", "CP401"], ("CP901", "passes"): ["CP401", ""]}


@pytest.mark.parametrize("rule", CHANGES)
def test_a_failing_example_of_change_breaks_its_rule_at_its_entry(rule: str) -> None:
    day = day_of(rule)
    before, after = example_states(rule, "fails")
    broken = changing.all_faults(before, after, day, on_portal=before != {})
    assert {fault.rule for _address, fault in broken} == {rule, *BESIDE.get(rule, ())}
    entry = example_of_change(rule, "fails").entry
    assert entry in {address.partition("/")[2] for address, fault in broken if fault.rule == rule}
    found = changing.findings(before, after, setting(day))
    assert {finding.level for finding in found if finding.rule == rule} == {RULES[rule].level}


@pytest.mark.parametrize("rule", CHANGES)
def test_a_passing_example_of_change_breaks_no_rule_of_change(rule: str) -> None:
    new_file = example_of_change(rule, "passes").new_file
    before, after = example_states(rule, "passes")
    assert changing.all_faults(before, after, day_of(rule), new_file=new_file, on_portal=before != {}) == []


@pytest.mark.parametrize("rule", sorted(set(CHANGES) - {"CP903"}))
def test_a_passing_example_of_change_is_one(rule: str) -> None:
    """What changes nothing passes every rule; only a memo (CP903) is right when it is as before."""
    assert example_changes(rule, "passes")


@pytest.mark.parametrize("rule", CHANGES)
@pytest.mark.parametrize("which", ["fails", "passes"])
def test_both_snippets_of_an_example_of_change_are_sheets(rule: str, which: Which) -> None:
    """People copy them: each is a valid sheet when it is put into the smallest one."""
    errors = [
        ", ".join({finding.rule for finding in verdict(text, day=day_of(rule)) if finding.level == "error"})
        for text in example_sheets(rule, which) if text
    ]  # fmt: skip
    assert errors == FAULTY.get((rule, which), [""] * len(errors))


def test_an_entry_is_told_of_the_failing_example_alone() -> None:
    assert not any(example_of_change(rule, "passes").entry for rule in CHANGES)


@pytest.mark.parametrize("rule", sorted(ELSEWHERE))
def test_examples_of_several_files_are_words_only(rule: str) -> None:
    which: tuple[Which, ...] = ("fails", "passes")
    for side in which:
        example = texts(rule).fails if side == "fails" else texts(rule).passes
        assert texts(rule).about == "projet" or str(example).startswith("# ")


SERVICE: Final = 'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
WAIVER: Final = "derogations:\n  - regle: {rule}\n    fiche: x\n"


# For each case of each rule, a file that meets it; what is not here is met by the rule's failing example.
CASES: Final[dict[tuple[str, str], tuple[str | bytes, FileKind]]] = {
    ("CP001", "complex"): ("[a]: b\n", "fiche-structure"),
    ("CP001", "comment"): ('a: "b"#c\n', "fiche-structure"),
    ("CP001", "continued"): ('a: "b\nc"\n', "fiche-structure"),
    ("CP001", "dash"): ("a: [-]\n", "fiche-structure"),
    ("CP001", "blanks"): ("a: |\n    \n  b\n", "fiche-structure"),
    ("CP001", "odd"): ("a\u00a0: b\n", "fiche-structure"),
    ("CP001", "indent"): ("a: b\n  c: d\n", "fiche-structure"),
    ("CP002", "encoding"): (SHEET.replace("Mairie", "Préfecture").encode("latin-1"), "fiche-structure"),
    ("CP002", "zeros"): (b"\0" * 100, "fiche-structure"),
    ("CP002", "hidden"): (SHEET.replace("Mairie", "Mai\u200brie"), "fiche-structure"),
    ("CP002", "control"): (SHEET.replace("Mairie", "Mai\x07rie"), "fiche-structure"),
    ("CP003", "alias"): ("a: *b\n", "fiche-structure"),
    ("CP003", "merge"): ("<<: {a: b}\n", "fiche-structure"),
    ("CP003", "tag"): ("a: !b c\n", "fiche-structure"),
    ("CP003", "directive"): ("%YAML 1.2\n---\na: b\n", "fiche-structure"),
    ("CP003", "document"): (f"{SHEET}---\n{SHEET}", "fiche-structure"),
    ("CP005", "size"): ("#" * (256 * 1024 + 1), "fiche-structure"),
    ("CP005", "nodes"): (f"espaces: [{'a, ' * 50_001}]\n", "fiche-structure"),
    ("CP006", "empty"): (changed(SHEET, '"VALMONT"', ""), "fiche-structure"),
    ("CP007", ""): (SHEET + "zzz: true\n", "fiche-structure"),
    ("CP004", "dash"): (f'{SHEET}{SERVICE}    code: "A"\n    libelle: "a"\n', "fiche-structure"),
    ("CP004", "sheets"): (SHEET + SHEET, "fiche-structure"),
    ("CP007", "twice"): (changed(SHEET, "  ville:", '  Ville: "X"\n  ville:'), "fiche-structure"),
    ("CP007", "required"): (changed(SHEET, "  ville:", "  vile:"), "fiche-structure"),
    ("CP007", "elsewhere"): (changed(SHEET, "adresse_postale:", '  ville: "X"\nadresse_postale:'), "fiche-structure"),
    ("CP007", "header"): (changed(SHEET, "adresse_postale:\n", ""), "fiche-structure"),
    ("CP007", "indented"): (changed(SHEET, "adresse_postale:", "  adresse_postale:"), "fiche-structure"),
    ("CP008", "constant"): (changed(SHEET, "version: 1\n", ""), "fiche-structure"),
    ("CP008", "empty"): (composed(SHEET, "adresse_postale: {}\n"), "fiche-structure"),
    ("CP009", "list"): (f'{SHEET}espaces: "Engagements"\n', "fiche-structure"),
    ("CP009", "block"): (f"{SHEET}parametres: []\n", "fiche-structure"),
    ("CP009", "text"): (f"{SHEET}raccordement:\n  operateur: true\n", "fiche-structure"),
    ("CP009", "number"): (f'{PROJECT}seuils:\n  structures: "dix"\n', "projet"),
    ("CP009", "boolean"): (f'{SHEET}depot_factures_hors_helios: "peut-être"\n', "fiche-structure"),
    ("CP009", "meant_boolean"): (f"{SHEET}depot_factures_hors_helios: oui\n", "fiche-structure"),
    ("CP009", "constant"): (changed(SHEET, "version: 1", "version: 2"), "fiche-structure"),
    ("CP009", "dash"): (f'{SHEET}coordonnees_bancaires:\n  libelle: "Régie"\n', "fiche-structure"),
    ("CP009", "nothing"): (f"{SHEET}comptabilite:\n", "fiche-structure"),
    ("CP009", "nothing_boolean"): (f"{SHEET}depot_factures_hors_helios:\n", "fiche-structure"),
    ("CP009", "nothing_number"): (f"{PROJECT}seuils:\n  structures:\n", "projet"),
    ("CP009", "nothing_items"): (f"{PROJECT}derogations:\n", "projet"),
    ("CP009", "nothing_block"): (f"{SHEET}parametres:\n", "fiche-structure"),
    ("CP009", "nothing_list"): (f"{SHEET}services:\n", "fiche-structure"),
    ("CP009", ""): (SHEET + 'espaces: [""]\n', "fiche-structure"),
    ("CP009", "enum"): (changed(PROJECT, "version: 1\n", 'version: 1\nlangue: "kl"\n'), "projet"),
    ("CP009", "near"): (changed(SHEET, ": SIRET", ": Siret"), "fiche-structure"),
    ("CP009", "empty"): ("", "fiche-structure"),
    ("CP009", "root"): ("- a\n", "fiche-structure"),
    ("CP009", "date"): (PROJECT + 'date_de_reference: "2016-02-30"\n', "projet"),
    ("CP009", "length"): (changed(SHEET, "COMMUNE DE VALMONT", "X" * 4097), "fiche-structure"),
    ("CP015", "waiver"): (PROJECT + WAIVER.format(rule="CP401"), "projet"),
    ("CP015", "waiver_undefined"): (PROJECT + WAIVER.format(rule="CP007"), "projet"),
    ("CP015", "level_undefined"): (PROJECT + 'regles:\n  CP403: "off"\n', "projet"),
    ("CP015", "acceptance"): (PROJECT + "acceptations:\n  - regle: CP901\n    adresse: x\n", "projet"),
    ("CP015", "unknown"): (PROJECT + "regles:\n  CP999: error\n", "projet"),
    ("CP016", "blanks"): (changed(SHEET, "Commune de Valmont", "Commune  de Valmont"), "fiche-structure"),
    **{("CP017", case): (raw, "fiche-structure") for raw, case in OTHER_FORMATS.values() if case},
    ("CP018", "stray"): (changed(SHEET, '"VALMONT"', 'VALMONT"'), "fiche-structure"),
    ("CP018", "encoding"): (changed(SHEET, 'VALMONT"\n  pays', 'VÃ©lmont"\n  pays'), "fiche-structure"),
    ("CP018", "entity"): (changed(SHEET, 'VALMONT"\n  pays', 'V&eacute;lmont"\n  pays'), "fiche-structure"),
    ("CP018", "lost"): (changed(SHEET, 'VALMONT"\n  pays', 'V\ufffdlmont"\n  pays'), "fiche-structure"),
    ("CP018", "blank"): (changed(SHEET, "16000", "16\u00a0000"), "fiche-structure"),
    ("CP102", "siren"): (changed(SHEET, SIRET, "21169999800016"), "fiche-structure"),
    ("CP102", "zeros"): (changed(SHEET, SIRET, "0" * 14), "fiche-structure"),
    ("CP102", "member"): (f'{PROJECT}membres:\n  - {{nom: "Valmont", siren: "211699995"}}\n', "projet"),
    ("CP102", "qualification"): (
        f'{PROJECT}environnement: qualification\nmembres:\n  - {{nom: "Valmont", siren: "211699995"}}\n',
        "projet",
    ),
    ("CP804", "address"): (
        f'{PROJECT}plateformes:\n  pa:\n    api: "https://a:b@api.example"\n    oauth: "https://auth.example/token"\n',
        "projet",
    ),
    ("CP106", "blank"): (changed(SHEET, "factures@valmont.example", " "), "fiche-structure"),
    ("CP203", "letters"): (
        changed(SHEET, '  pays: "France"\n', '  pays: "France"\n  fax: "+33 545XXXXXX"\n'),
        "fiche-structure",
    ),
    ("CP203", "trunk"): (
        changed(SHEET, '  pays: "France"\n', '  pays: "France"\n  fax: "+33 0545222040"\n'),
        "fiche-structure",
    ),
    ("CP302", "form"): (f'{SHEET}coordonnees_bancaires:\n  - libelle: "x"\n    iban: "12"\n', "fiche-structure"),
    ("CP502", "manager"): (
        (
            f"{SHEET}espaces: []\nutilisateurs:\n  - ref: a\n    role: UTILISATEUR_SIMPLE\n"
            '    espaces: [{nom: "Activités du Gestionnaire", mode: CONSULTATION}]\n'
        ),
        "fiche-structure",
    ),
    ("CP505", "inactive"): (
        (
            f'{SHEET}{SERVICE}  - code: "X"\n    libelle: "x"\n    actif: false\n'
            "utilisateurs:\n  - ref: a\n    role: UTILISATEUR_SIMPLE\n    services: [X]\n"
        ),
        "fiche-structure",
    ),
    ("CP505", "inactive here"): (
        (
            f'{SHEET}{SERVICE}  - code: "X"\n    libelle: "x"\n    actif: false\n'
            "utilisateurs:\n  - ref: a\n    role: UTILISATEUR_SIMPLE\n    services: [X]\n"
        ),
        "fiche-structure",
    ),
    ("CP506", "also"): (
        f"{SHEET}espaces: []\nutilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces: []\n",
        "fiche-structure",
    ),
    ("CP507", "near"): (
        f'{SHEET}utilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    habilitations: ["Modifier l’organisation"]\n',
        "fiche-structure",
    ),
    ("CP803", "blank"): (changed(ACCOUNT, "dgs@valmont.example", " "), "compte-utilisateur"),
    ("CP015", "reason"): (PROJECT + WAIVER.format(rule="CP102") + '    jusqu_au: "2027-12-31"\n', "projet"),
    ("CP015", "end"): (PROJECT + WAIVER.format(rule="CP102") + '    motif: "m"\n', "projet"),
    ("CP109", "agricole"): (
        changed(SHEET, "  libelle", "  centre_gestion_agricole: true\n  libelle"),
        "fiche-structure",
    ),
    ("CP110", "also"): (
        composed(SHEET, "raccordement: {mode: PORTAIL}\nparametres: {reception_donnees_edi: true}\n").replace(
            "adresse_postale:", "  emetteur_flux_edi: true\nadresse_postale:"
        ),
        "fiche-structure",
    ),
    ("CP401", "misspelt"): (f"{SHEET}{SERVICE.replace('FACTURES_PUBLIQUES', 'FACTURES PUBLIQUES')}", "fiche-structure"),
    ("CP401", "empty"): (f"{SHEET}services: []\n", "fiche-structure"),
    ("CP601", "near"): (f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: Gestionnaire principal\n", "fiche-structure"),
    ("CP601", "nothing"): (f"{SHEET}utilisateurs:\n  - ref: dgs\n    role:\n", "fiche-structure"),
    ("CP401", "inactive"): (f"{SHEET}{SERVICE}    actif: false\n", "fiche-structure"),
    ("CP401", "unlabelled"): (f'{SHEET}services:\n  - code: "FACTURES_PUBLIQUES"\n', "fiche-structure"),
    ("CP401", "label"): (f"{SHEET}{SERVICE.replace('Service des', 'Les')}", "fiche-structure"),
    ("CP401", "ended"): (f'{SHEET}{SERVICE}    date_fin: "2050-12-31"\n', "fiche-structure"),
    ("CP401", "commitment"): (f"{SHEET}{SERVICE}    engagement_obligatoire: true\n", "fiche-structure"),
    ("CP406", "platform"): (f'{SHEET}{SERVICE}  - code: "ST/TECH"\n    libelle: "x"\n', "fiche-structure"),
    ("CP402", "long"): (f'{SHEET}{SERVICE}  - code: "{"X" * 101}"\n    libelle: "x"\n', "fiche-structure"),
    ("CP409", "several"): (
        f"{SHEET}{SERVICE}"
        + "".join(f'  - code: "{code}"\n    libelle: "x"\n    engagement_obligatoire: false\n' for code in "AB")
        + "parametres:\n  engagement_juridique_obligatoire: true\n",
        "fiche-structure",
    ),
    ("CP404", "blank"): (f'{SHEET}{SERVICE}  - code: "X"\n    libelle: " "\n', "fiche-structure"),
    ("CP602", "several"): (
        composed(
            SHEET,
            "utilisateurs:\n  - {ref: a, role: GESTIONNAIRE_PRINCIPAL}\n  - {ref: b, role: GESTIONNAIRE_PRINCIPAL}\n",
        ),
        "fiche-structure",
    ),
    ("CP801", "empty"): (composed(ACCOUNT, "adresse_postale: {}\n"), "compte-utilisateur"),
    ("CP801", "missing"): (changed(ACCOUNT, '  nom: "MARTIN"\n', ""), "compte-utilisateur"),
    ("CP202", "overseas"): (
        changed(SHEET, 'code_postal: "16000"', 'code_postal: "9711"').replace('"France"', '"Guadeloupe"'),
        "fiche-structure",
    ),
    ("CP202", "four"): (SHEET.replace('"France"', '"Belgique"'), "fiche-structure"),
    ("CP206", ""): (SHEET.replace('"France"', '"Xyz"'), "fiche-structure"),
    ("CP705", "both"): (
        f"{SHEET}parametres: {{structure_avec_moa: true, moa_uniquement: true}}\n",
        "fiche-structure",
    ),
    ("CP804", "attached"): (f"{ACCOUNT}pieces_jointes: []\n", "compte-utilisateur"),
    ("CP804", "secret"): (changed(ACCOUNT, '  nom: "MARTIN"\n', '  nom: "MARTIN"\n  mdp: "x"\n'), "compte-utilisateur"),
}
# What a rule says on another day than that of its example.
DAYS_OF_CASES: Final = {("CP603", "secondary"): date(2016, 10, 1)}
DOUBLED: Final = {"CP004", "CP055", "CP305", "CP403", "CP407", "CP605"}


def _said(findings: Iterable[Finding], rule: str) -> list[str]:
    """Return what was said in the name of a rule, the second places included."""
    return [text for f in findings if f.rule == rule for text in (f.message, *(r.message for r in f.related))]


def _findings(rule: str, case: str, day: date | None = None) -> tuple[Finding, ...]:
    """Return what is told of a file (or change) that meets a case of a rule, on a day on which the rule is in force."""
    if rule == "CP014":
        return check_file(TextFile("f.yaml", b"", "fiche-structure", read_error=case), setting()).findings
    if rule == "CP011":
        sheet = Document("a.yaml", "fiche-structure", body(SHEET), SHEET.encode())
        return duplicate_findings(
            sheet, Document("b.yaml", "fiche-structure", sheet.body, sheet.raw), Address(SIRET), setting()
        )
    if (rule, case) in changing.CASES:
        return changing.findings(*changing.CASES[rule, case], setting(day) if day else None)
    text, kind = CASES.get((rule, case)) or (example_text(rule, "fails"), example_kind(rule))
    return verdict(text, kind, day or DAYS_OF_CASES.get((rule, case), day_of(rule)))


def _shape(message: str) -> re.Pattern[str]:
    """Return what a message looks like once its places are filled."""
    parts = [re.escape(text) + ("(.+)" if name else "") for text, name, _spec, _conversion in Formatter().parse(message)]
    return re.compile("".join(parts))


@pytest.mark.parametrize(
    ("rule", "case"), [(rule, case) for rule in RULES if rule not in BY_NAME for case in texts(rule).messages]
)
def test_every_message_can_be_said(rule: str, case: str) -> None:
    """Each case is met by a real input and shown with all its places filled: none is left, none is missing."""
    later = texts(rule).later
    days: dict[date | None, str] = {None: texts(rule).messages[case]}
    if later is not None and case in later.messages:
        first = date.fromisoformat(later.day)
        days = {first - timedelta(days=1): texts(rule).messages[case], first: later.messages[case]}
    for day, message in days.items():
        said = _said(_findings(rule, case, day), rule)
        matching = [text for text in said if _shape(message).fullmatch(text)]
        assert matching, said
        assert not any(re.search(r"(?<!\\u)[{]\w*[}]", text) for text in matching)


def test_only_a_case_that_is_said_is_said_otherwise_later() -> None:
    for rule in RULES:
        later = texts(rule).later
        if later is None:
            continue
        assert date.fromisoformat(later.day)
        assert later.messages or later.remedies or later.why
        assert all(why.endswith(".") for why in later.why)
        assert later.messages.keys() <= texts(rule).messages.keys()
        assert not any(message.endswith(".") for message in later.messages.values())
        assert later.remedies.keys() <= texts(rule).messages.keys() | {""}
        assert all(remedy.endswith(".") for remedy in later.remedies.values())


def test_each_case_is_met_by_an_input_of_its_own() -> None:
    known = {(rule, case) for rule in RULES for case in texts(rule).messages}
    assert set(CASES) <= known
    assert set(changing.CASES) <= known
    assert {rule for rule in RULES if "first" in texts(rule).messages} == DOUBLED | {"CP011", "CP112"}


@pytest.mark.parametrize("rule", sorted(DOUBLED))
def test_what_is_written_twice_is_told_at_both_places(rule: str) -> None:
    (finding,) = verdict(example_text(rule, "fails"), example_kind(rule))
    (other,) = finding.related
    assert (other.message, other.path) == (texts(rule).messages["first"], finding.path)
    assert (other.line, other.column) < (finding.span.line, finding.span.column)


@pytest.mark.parametrize("rule", FILES)
def test_a_finding_names_its_remedy(rule: str) -> None:
    (finding, *_others) = verdict(example_text(rule, "fails"), example_kind(rule), day_of(rule))
    shapes = [_shape(remedy) for remedy in (texts(rule).remedy, *texts(rule).remedies.values())]
    assert any(shape.fullmatch(finding.help) for shape in shapes)


@pytest.mark.parametrize("rule", RULES)
def test_no_remedy_sends_to_a_page_that_an_installation_lacks(rule: str) -> None:
    said = texts(rule)
    assert not [remedy for remedy in (said.remedy, *said.remedies.values(), *said.messages.values()) if "docs/" in remedy]
