"""Rules that are in force only then, or at another level: each at its boundaries, which are inclusive; all in one table."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from chorus_config.app.rules import days
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.project import cross_file_findings, facts_of
from chorus_config.model.finding import Finding
from chorus_config.model.project import ProjectConfig, ProjectIndex, TextFile
from chorus_config.rules.catalogue import RULES, module_of, texts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN
from chorus_config.schema.packaged import NAMES, schema
from tests.rules import changing
from tests.rules.test_catalogue import CHANGES, FILES
from tests.samples import ACCOUNT, SHEET, changed, example_kind, example_states, example_text, setting, verdict
from tests.schema.test_packaged import subschemas

SPACE: Final = f'{SHEET}espaces: ["Factures travaux"]\n'
USERS: Final = f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n  - ref: compta\n"
SECOND: Final = f"{USERS}    role: GESTIONNAIRE_SECONDAIRE\n"
PROFILE: Final = f'{USERS}    role: UTILISATEUR_SIMPLE\n    habilitations: ["Organisation modification"]\n'
EDI: Final = f"{SHEET}raccordement: {{mode: EDI}}\nparametres:\n  reception_donnees_edi: true\n"
LONG: Final = SHEET.replace("COMMUNE DE VALMONT", "V" * 100)
OLD: Final = date(2023, 2, 20)
NEW: Final = date(2023, 2, 21)


@pytest.mark.parametrize(
    ("text", "rule", "first", "last"),
    [
        pytest.param(SPACE, "CP501", None, OLD, id="CP501"),
        pytest.param(SPACE, "CP506", NEW, None, id="CP506"),
        pytest.param(LONG, "CP113", date(2026, 9, 1), None, id="CP113"),
        pytest.param(SECOND, "CP604", NEW, None, id="CP604"),
        pytest.param(PROFILE, "CP608", None, OLD, id="CP608"),
        pytest.param(EDI, "CP710", date(2017, 1, 1), date(2017, 12, 31), id="CP710"),
    ],
)
@pytest.mark.parametrize(
    "day",
    [
        date.min,
        date(2016, 10, 1),
        date(2016, 12, 31),
        date(2017, 1, 1),
        date(2017, 6, 1),
        date(2017, 12, 31),
        date(2018, 1, 1),
        OLD,
        NEW,
        date(2026, 11, 23),
        date.max,
    ],
    ids=str,
)
def test_a_rule_speaks_from_its_first_day_to_its_last(
    text: str, rule: str, first: date | None, last: date | None, day: date
) -> None:
    due = (first or date.min) <= day <= (last or date.max)
    # What was not available at all before 2017 is CP706's affair until then; from one portal to the next, one rule follows.
    others = {"CP706", "CP506" if rule == "CP501" else "CP501" if rule == "CP506" else ""}
    found = [(finding.rule, finding.level) for finding in verdict(text, day=day) if finding.rule not in others]
    assert found == [(rule, "warning")] * due


SPACES: Final = (
    "Mon Compte",
    "Factures émises",
    "Factures reçues",
    "Activités du Gestionnaire",
    "Factures de travaux",
    "Factures à valider",
    "Mémoires de frais de justice",
    "Demandes de remboursement TIC",
    "Demande de remboursement TIC",
    "Sollicitations émises",
    "Sollicitations reçues",
    "Engagements",
    "Raccordements",
    "Dossiers de facturation",
)


@pytest.mark.parametrize("space", SPACES)
def test_the_spaces_of_the_portal_are_known_without_regard_to_case(space: str) -> None:
    for written in (space, space.upper(), space.lower(), space.swapcase()):
        assert verdict(f'{SHEET}espaces: ["{written}"]\n', day=OLD) == (), written


@pytest.mark.parametrize("space", ["Engagement", "Factures emises", "Truc"])
def test_any_other_space_is_told_on_the_structure_and_at_its_users(space: str) -> None:
    user = (
        f'utilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces: [{{nom: "{space}", mode: MODIFICATION}}]\n'
    )
    second = "  - ref: b\n    role: GESTIONNAIRE_SECONDAIRE\n"
    found = verdict(f'{SHEET}espaces: ["Engagements", "{space}"]\n{user}{second}', day=OLD)
    assert [(finding.rule, finding.pointer, finding.span.line, finding.span.column) for finding in found] == [
        ("CP501", "/espaces/1", 14, 26),
        ("CP501", "/utilisateurs/0/espaces/0/nom", 18, 21),
    ]


@pytest.mark.parametrize("blank", ["", " ", "\\u00A0"])
def test_a_blank_space_is_cp009_only(blank: str) -> None:
    assert [finding.rule for finding in verdict(f'{SHEET}espaces: ["{blank}"]\n', day=OLD)] == ["CP009"]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Organisation modification", True),
        ("ORGANISATION MODIFICATION", True),
        ("organisation Modification", True),
        ("Organisation consultation", False),
    ],
)
def test_the_profile_is_understood_without_regard_to_case(written: str, known: bool) -> None:
    text = PROFILE.replace("Organisation modification", written)
    assert {finding.rule for finding in verdict(text, day=OLD)} == ({"CP608"} if known else {"CP603", "CP507"})
    assert {finding.rule for finding in verdict(text, day=NEW)} == (set() if known else {"CP603", "CP507"})


def test_the_second_manager_is_asked_for_in_the_words_of_the_day() -> None:
    alone = f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n"
    (before,), (since,) = verdict(alone, day=OLD), verdict(alone, day=NEW)
    assert (before.rule, since.rule) == ("CP603", "CP603")
    assert "GESTIONNAIRE_SECONDAIRE" in before.message + before.help
    assert "Organisation modification" not in before.message + before.help
    assert "Organisation modification" in since.message + since.help
    assert "GESTIONNAIRE_SECONDAIRE" not in since.message + since.help


@pytest.mark.parametrize("role", ["UTILISATEUR", "UTILISATEUR_SIMPLE"])
@pytest.mark.parametrize("day", [OLD, NEW], ids=str)
def test_the_simple_user_is_known_by_both_names_on_every_day(role: str, day: date) -> None:
    second = (
        "    role: GESTIONNAIRE_SECONDAIRE\n"
        if day == OLD
        else f'    role: {role}\n    habilitations: ["Organisation modification"]\n'
    )
    assert verdict(f"{USERS}{second}  - ref: agent\n    role: {role}\n", day=day) == ()
    assert [finding.rule for finding in verdict(f"{USERS}    role: {role}\n", day=day)] == ["CP603"]


@pytest.mark.parametrize("written", ["Organization modification", "ORGANISATION_MODIFICATION", "Modification Organisation"])
def test_a_profile_that_is_nearly_written_so_is_one_finding(written: str) -> None:
    """Nothing is concluded from it: whoever was meant to stand in probably does."""
    (finding,) = verdict(PROFILE.replace("Organisation modification", written), day=NEW)
    assert (finding.rule, finding.level, finding.pointer) == ("CP507", "info", "/utilisateurs/1/habilitations/0")
    assert finding.help == 'Write: `- "Organisation modification"`.'


def test_a_blank_habilitation_has_no_name_to_compare() -> None:
    assert [finding.rule for finding in verdict(PROFILE.replace("Organisation modification", " "), day=NEW)] == ["CP603"]


def test_spaces_are_told_once_with_all_their_places() -> None:
    text = f"{SPACE}utilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces: []\n"
    text += "  - ref: b\n    role: UTILISATEUR\n"
    text += '    habilitations: ["Organisation modification"]\n    espaces: [{nom: "x", mode: MODIFICATION}]\n'
    (finding,) = verdict(text, day=NEW)
    assert (finding.rule, finding.pointer, finding.span.line) == ("CP506", "/espaces", 14)
    assert [(one.line, one.message) for one in finding.related] == [(18, "written here too"), (22, "written here too")]
    assert {"CP502", "CP501"} >= {one.rule for one in verdict(text, day=OLD) if one.rule.startswith("CP50")}


# What each dated rule says of its failing example, at the dates that matter and between them; « – » is nothing.
# CP406 is tried with a code that invoices cannot carry, the others with their failing example
# (CP504 is silent in 2016, when CP707 says that its box is not there yet; CP603 has other words from 2023.)
TABLE: Final = """
        16-10-01 16-12-31 17-01-01 17-12-31 20-01-01 23-02-20 23-02-21 24-09-19 25-09-18 26-08-31 26-09-01 26-11-26
CP113   –        –        –        –        –        –        –        –        –        –        warning  warning
CP406   info     info     info     info     info     info     info     info     info     info     warning  warning
CP501   warning  warning  warning  warning  warning  warning  –        –        –        –        –        –
CP502   error    error    error    error    error    error    –        –        –        –        –        –
CP504   –        –        warning  warning  warning  warning  –        –        –        –        –        –
CP506   –        –        –        –        –        –        warning  warning  warning  warning  warning  warning
CP603   info     info     info     info     info     info     info     info     info     info     info     info
CP604   –        –        –        –        –        –        warning  warning  warning  warning  warning  warning
CP608   warning  warning  warning  warning  warning  warning  –        –        –        –        –        –
CP706   error    error    –        –        –        –        –        –        –        –        –        –
CP707   error    error    –        –        –        –        –        –        –        –        –        –
CP710   –        –        warning  warning  –        –        –        –        –        –        –        –
CP802   error    error    error    error    error    error    –        –        –        –        –        –
CP805   –        –        –        –        –        –        warning  warning  warning  warning  warning  warning
CP904   error    error    error    error    error    error    warning  warning  warning  warning  warning  warning
"""
_HEADER, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
COLUMNS: Final = tuple(date.fromisoformat(f"20{day}") for day in _HEADER)
GRID: Final = {rule: dict(zip(COLUMNS, cells, strict=True)) for rule, *cells in _ROWS}
# What these judge is past or near a date that the file names: the day counts, no rule of any portal.
BY_THE_FILE: Final = {"CP408"}
# The failing example of CP406 shows what it says on every day.
INPUTS: Final = {"CP406": changed(example_text("CP406", "fails"), "ST.TECH", "ST/TECH")}


def levels(rule: str, day: date) -> set[str]:
    """Return the levels at which what a rule is tried with breaks it on a day."""
    if RULES[rule].where == "change":
        found = changing.findings(*example_states(rule, "fails"), setting(day))
    elif rule == "CP805":
        found = between(day)
    else:
        found = verdict(INPUTS.get(rule) or example_text(rule, "fails"), example_kind(rule), day)
    return {finding.level for finding in found if finding.rule == rule}


def between(day: date) -> tuple[Finding, ...]:
    """Return what is found between an active sheet and the account of its one user, who chose to hear of engagements."""
    general = SHEET.replace("  libelle", "  statut: ACTIF\n  libelle")
    texts = {
        "s.yaml": TextFile("s.yaml", f'{general}utilisateurs:\n  - {{ref: "dgs", role: GESTIONNAIRE_PRINCIPAL}}\n'.encode()),
        "a.yaml": TextFile("a.yaml", f"{ACCOUNT}  notifications: [ENGAGEMENTS]\n".encode(), "compte-utilisateur"),
    }
    facts = tuple(fact for text in texts.values() if (fact := facts_of(check_file(text, setting(day)))) is not None)
    index = ProjectIndex(facts, ProjectConfig(), None, day)
    return cross_file_findings(index, setting(day), lambda path, _kind: texts[path])[0]


@pytest.mark.parametrize("rule", GRID)
def test_a_dated_rule_is_in_force_on_its_days_and_at_its_level(rule: str) -> None:
    told = {day: " ".join(sorted(levels(rule, day))) or "–" for day in COLUMNS}
    assert told == GRID[rule]


def test_the_table_has_every_date_that_a_schema_or_a_rule_names() -> None:
    dated = {rule for rule, row in RULES.items() if row.later}
    dated |= {rule for rule in RULES if any(isinstance(value, date) for value in vars(module_of(rule)).values())}
    parts = [node for name in NAMES for _path, node in subschemas(schema(name))]
    dated |= {node["x-rule"] for node in parts if "x-rule" in node and {"x-from", "x-until"} & set(node)}
    assert dated == set(GRID)


def test_no_other_rule_says_something_else_on_another_day() -> None:
    """Tried, not read: the failing example of every rule of a file or a change, on every day of the table."""
    tried = {rule: {frozenset(levels(rule, day)) for day in COLUMNS} for rule in (*FILES, *CHANGES)}
    turning = {rule for rule, cells in GRID.items() if len(set(cells.values())) > 1}
    assert {rule for rule, told in tried.items() if len(told) > 1} == turning - {"CP805"} | BY_THE_FILE


# What a supplier sees, which some rules name from 1 September 2026 on, in what they say and ask for: statuses, reasons.
SEEN: Final = {
    "CP401": {"213", "REJ_ADR"},
    "CP406": set(),  # Its case of that day says that platforms send nothing.
    "CP407": {"210", "213", "REJ_ADR"},
    **{rule: {"213", "REJ_CONT_B2G"} for rule in ("CP701", "CP702", "CP703", "CP704", "CP709")},
    "CP705": {"213", "REJ_ADR"},
    "CP708": {"211"},
    **{rule: {"213", "REJ_ADR", "221", "ERREUR_ROUTAGE"} for rule in ("CP906", "CP907", "CP909")},
    "CP908": {"210", "213", "REJ_CONT_B2G"},
    "CP917": {"213", "REJ_ADR"},
}
# It only speaks from that day on.
SPEAKS_SINCE: Final = {"CP113": {"213", "REJ_CONT_B2G"}}


def seen(*said: str) -> set[str]:
    """Return the statuses and reasons of invoices that texts name."""
    return {found for text in said for found in re.findall(r"\b(?:21[0-9]|221)\b|\b(?:REJ|ERREUR)_[A-Z0-9_]+", text)}


def said_on(rule: str, day: date) -> list[str]:
    """Return all that a rule says and asks for on a day."""
    said = texts(rule)
    return [text for case in said.messages for text in (said.message(case, day), said.remedy_of(case, day))]


def test_what_suppliers_see_is_named_from_the_day_on_which_they_see_it() -> None:
    before = {rule: seen(*said_on(rule, date(2026, 8, 31)), texts(rule).why) for rule in RULES}
    since = {rule: seen(*said_on(rule, date(2026, 9, 1))) for rule in RULES}
    assert {rule: found for rule, found in before.items() if found} == SPEAKS_SINCE
    assert {rule: found for rule, found in since.items() if found} == {
        rule: found for rule, found in (SEEN | SPEAKS_SINCE).items() if found
    }


def test_when_it_is_seen_is_said_on_the_same_pages_with_its_source() -> None:
    dated = {rule: later for rule in RULES if (later := texts(rule).later) is not None and WHEN_SEEN in later.why}
    assert {rule: later.day for rule, later in dated.items()} == dict.fromkeys(SEEN, SINCE)
    for rule in SEEN:
        source = texts(rule).source
        assert "external specifications of electronic invoicing v3.1" in source, rule
        assert all(page in source for page in ("general file, p. 40 and 45", "annex 7, G1.87")), rule
        assert rule == "CP406" or "Chorus Pro file v1.0, p. " in source, rule


def test_the_page_on_the_portal_names_the_rules_that_tell_what_suppliers_see() -> None:
    page = (Path(__file__).parents[2] / "docs" / "chorus-pro.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"le fournisseur voit :.*?\n- ", page, re.DOTALL)
    assert set(re.findall("CP[0-9]{3}", row)) == {rule for rule, found in (SEEN | SPEAKS_SINCE).items() if found}


def test_the_page_on_the_portal_names_the_rules_of_each_date() -> None:
    page = (Path(__file__).parents[2] / "docs" / "chorus-pro.md").read_text(encoding="utf-8")
    rows = page.partition("## Les dates")[2].partition("\n## ")[0].splitlines()
    named = {row.split("|")[1].strip(): set(re.findall("CP[0-9]{3}", row.split("|")[4])) for row in rows if row.count("|") > 4}
    said = {
        date(2017, 1, 1): named["fin 2016"] | named["2017"],
        date(2018, 1, 1): named["2017"],
        NEW: named["21 février 2023"],
        date(2024, 9, 19): named["18 septembre 2024"],
        date(2025, 9, 18): named["18 septembre 2025"],
        date(2026, 9, 1): named["1er septembre 2026"],
    }
    turns = {
        (after, rule) for rule, cells in GRID.items() for before, after in pairwise(COLUMNS) if cells[before] != cells[after]
    }
    # CP710 ends with 2017, of which the table has the last day.
    turns = {(date(2018, 1, 1) if day == date(2020, 1, 1) else day, rule) for day, rule in turns}
    turns -= {(date(2017, 1, 1), "CP504")}  # it only ceases to be hidden
    assert {(day, rule) for day, rules in said.items() for rule in rules} >= turns
    # Beside them, rules that hold on every day, and speak of what came on that one.
    assert set().union(*named.values()) - set(GRID) == {"CP205", "CP301"}


def test_the_pages_of_the_rules_tell_these_days() -> None:
    for rule, cells in GRID.items():
        in_force = [day for day in COLUMNS if cells[day] != "–"]
        since, until = days().get(rule, (None, None))
        # CP504 is in force in 2016 too, if hidden.
        assert since == (None if in_force[0] == COLUMNS[0] or rule == "CP504" else in_force[0].isoformat()), rule
        assert until == (None if in_force[-1] == COLUMNS[-1] else in_force[-1].isoformat()), rule
