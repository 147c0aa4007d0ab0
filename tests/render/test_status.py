"""The status of a portfolio in each format: as approved, the same in all, and nothing leaves its place."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from typing import Final

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.managed import Coverage
from chorus_config.model.portfolio.status import STEPS, CheckResult, PortfolioStatus, StatusGroup, StatusRow
from chorus_config.model.project_entries import Member
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.status.html import status_html
from chorus_config.render.status.json import status_document
from chorus_config.render.status.markdown import status_markdown
from chorus_config.render.status.table import status_table
from chorus_config.render.status.text import status_text
from chorus_config.render.status.view import STATE_LABELS, command_of, deadline_text, to_do
from chorus_config.yamltext.characters import printable
from tests.cli.desk import conforms
from tests.render.breakouts import BREAKOUTS, breakouts
from tests.render.golden import agree
from tests.render.page_reading import Page
from tests.render.plan.test_html import POLICY
from tests.render.portfolio import DAY, FAILED, LATER, PAST, crowd, hostile, portfolio
from tests.render.reading import acting, unpainted

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
SAY: Final = translator_for("en")
FRENCH: Final = translator_for("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_as_approved(language: Language) -> None:
    say, found = translator_for(language), portfolio()
    agree(f"status.{language}.txt", status_text(found, say, plain, FAILED))
    agree(f"status.narrow.{language}.txt", status_text(found, say, plain, None, 80))
    agree(f"status.{language}.md", status_markdown(found, say, FAILED))
    agree(f"status.{language}.html", status_html(found, say, FAILED))
    document = status_document(found, say, FAILED)
    conforms("status", document)
    agree(f"status.{language}.json", as_json(document))


def test_every_format_names_each_structure_and_what_is_to_be_done() -> None:
    found = portfolio()
    made = (
        status_text(found, SAY, plain),
        status_markdown(found, SAY),
        Page(status_html(found, SAY)).text,
        json.dumps(status_document(found, SAY), ensure_ascii=False),
        json.dumps(status_table(found, SAY).rows, ensure_ascii=False, default=str),
    )
    for text in made:
        flat = re.sub(r"\\(.)", r"\1", text)
        for row in found.rows:
            told = (row.root, row.label, row.path, row.legal_name, command_of(row, found, SAY))
            assert [one for one in told if one not in flat] == []


def test_a_screen_that_is_wide_enough_has_a_table_and_cuts_no_identifiant() -> None:
    found = portfolio()
    for width in (None, 260, 170, 158):
        lines = status_text(found, SAY, plain, None, width).splitlines()
        table = [line for line in lines if re.match(r"(?:Identifiant|\d{14}) ", line)]
        assert len(table) == 6 + 3, width
        assert width is None or max(map(len, table)) <= width
        # Columns stand under one another: the stage begins where its head does.
        place = table[0].index("Stage")
        assert [line[place:] in map(SAY, STATE_LABELS.values()) for line in table[1:4]] == [True] * 3
        assert {line[:14] for line in table if line[0].isdigit()} == {row.root for row in found.rows if row.root}


@pytest.mark.parametrize("width", [20, 60, 80, 100])
def test_on_a_narrow_screen_each_structure_has_a_few_lines_and_nothing_is_cut(width: int) -> None:
    found = portfolio()
    text = status_text(found, SAY, plain, None, width)
    assert "…" not in text
    assert "Identifiant " not in text
    for row in found.rows:
        assert re.search(rf"^{row.root}(?:  |$)" if row.root else "illisible", text, re.MULTILINE)
    facts = [line for line in text.splitlines() if "Raison sociale: " in line]
    assert len(facts) == 4
    assert all(len(line) <= max(40, width) or " · " not in line for line in facts)


def test_colour_changes_no_letter() -> None:
    found = portfolio()
    assert unpainted(status_text(found, SAY, coloured, FAILED, 90)) == status_text(found, SAY, plain, FAILED, 90)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_itself(language: Language) -> None:
    text = status_html(portfolio(), translator_for(language))
    read = Page(text)
    assert read.attributes("html", "lang") == [language]
    assert POLICY in read.attributes("meta", "content")
    assert not {"script", "link", "img", "iframe", "form", "object"} & {*read.shape}
    assert "url(" not in text
    assert "@import" not in text


def drawn(text: str) -> list[tuple[float, float, str]]:
    """Return the pieces that a page draws: where each begins, how wide it is, how it looks."""
    tags = [attributes for tag, attributes in Page(text).tags if tag == "rect"]
    return [(float(one["x"] or ""), float(one["width"] or ""), one["class"] or "") for one in tags]


def test_what_is_drawn_is_hidden_from_ears_and_said_beside_it() -> None:
    text = status_html(portfolio(), SAY)
    read = Page(text)
    assert read.attributes("svg", "aria-hidden") == ["true"] * read.shape.count("svg")
    assert read.shape.count("svg") == 1 + 4 + len(portfolio().rows)
    for state in STEPS:
        assert SAY(STATE_LABELS[state]) in read.text
    # The whole is seven rows: as many parts of the bar as they come to, one beside the other.
    whole = drawn(text)[:6]
    assert [round(size * 7 / 100) for _at, size, _fill in whole] == [1, 1, 1, 1, 2, 1]
    assert all(abs(at + size - after[0]) < 0.02 for (at, size, _fill), after in pairwise(whole))
    assert [fill for _at, _size, fill in whole] == ["good", "info", "info", "warning", "error", "empty"]


def test_steps_are_filled_as_far_as_a_structure_is() -> None:
    steps = drawn(status_html(portfolio(), SAY))
    found = portfolio()
    rows = [steps[n : n + 5] for n in range(len(steps) - 5 * len(found.rows), len(steps), 5)]
    assert [5 - [fill for *_place, fill in row].count("empty") for row in rows] == [row.done for row in found.rows]


@pytest.mark.parametrize("text", [*BREAKOUTS])
def test_no_value_leaves_its_place_on_the_page(text: str) -> None:
    made = status_html(hostile(text), SAY)
    read, harmless = Page(made), Page(status_html(hostile("x"), SAY))
    assert acting(read.text) == set()
    if "`" not in text:
        # Whether a file is named and whether a name is there decides on tags; no text does.
        assert text.strip() == "" or read.shape == harmless.shape
    drawing = [attributes for tag, attributes in read.tags if tag in {"svg", "rect"}]
    assert drawing == [attributes for tag, attributes in harmless.tags if tag in {"svg", "rect"}]
    assert all(re.fullmatch(r"[\d.]+", one["x"] or "") for one in drawing if "x" in one)
    assert {one["class"] for one in drawing} <= {"bar", "steps", "good", "info", "warning", "error", "empty"}


def test_no_value_acts_or_ends_a_line_or_cell() -> None:
    usual = hostile("x")
    lines = status_text(usual, SAY, plain).count("\n")
    bars = [line.count("|") for line in status_markdown(usual, SAY).splitlines() if line.startswith("|")]
    for text in breakouts():
        made = status_text(hostile(text), SAY, plain)
        assert acting(made) <= acting(printable(text)), text
        if text.strip():
            assert made.count("\n") == lines, text
            shown = re.sub(r"\\\||&#124;", "", status_markdown(hostile(text), SAY))
            assert [line.count("|") for line in shown.splitlines() if line.startswith("|")] == bars, text


def test_a_table_leaves_out_members_where_there_are_none() -> None:
    found = portfolio()
    assert status_table(found, SAY).heads[0] == "Member"
    alone = replace(found, groups=(StatusGroup(None, found.rows),))
    assert status_table(alone, SAY).heads[0] == "Identifiant"
    assert all(len(row) == len(status_table(alone, SAY).heads) for row in status_table(alone, SAY).rows)
    assert "Members" not in Page(status_html(alone, SAY)).text
    assert "No member" not in status_text(alone, SAY, plain) + status_markdown(alone, SAY)


def test_without_a_store_what_it_would_say_stays_empty_and_that_is_told() -> None:
    found = replace(portfolio(), source="")
    assert "never" not in status_text(found, SAY, plain)
    assert "the store cannot be read" in status_text(found, SAY, plain)
    assert "the store cannot be read" in Page(status_html(found, SAY)).text
    assert status_document(found, SAY)["source"] is None


def test_days_are_in_words_for_people_and_as_noted_for_programs() -> None:
    found = portfolio()
    for text in (status_text(found, FRENCH, plain), status_markdown(found, FRENCH), Page(status_html(found, FRENCH)).text):
        assert "13 juillet 2016" in text
        assert "20 novembre 2026" in text
        assert not re.search(r"\d{4}-\d\d-\d\d", text)
    table = status_table(found, FRENCH)
    assert table.rows[0][table.heads.index("Créée le")] == date(2016, 7, 13)
    assert table.rows[0][table.heads.index("Vue le")] == date(2026, 11, 20)
    assert table.rows[1][table.heads.index("Vue le")] == "jamais"
    assert status_document(found, FRENCH)["structures"][0]["created"] == "2016-07-13"


def test_deadlines_in_words() -> None:
    assert deadline_text(LATER, SAY) == "33 days left: the last day is 30 December 2026"
    assert deadline_text(PAST, SAY) == "past for 27 days: the last day was 31 October 2026"
    assert deadline_text(replace(LATER, day=LATER.last), SAY) == "today is the last day (30 December 2026)"
    assert deadline_text(replace(LATER, day=LATER.first_late), SAY).startswith("past for 1 day:")
    assert deadline_text(None, SAY) == ""


def test_a_command_takes_what_a_shell_would_act_on_as_it_is() -> None:
    found = portfolio()
    row = replace(found.rows[2], path="structures/eau; rm x.yaml")
    assert command_of(row, found, SAY) == "chorus-config validate 'structures/eau; rm x.yaml'"
    bare = found.rows[4]
    assert command_of(bare, found, SAY) == "chorus-config import annuaire:annuaire --siret 26160999400023"
    # Without public lists, what stands for a file is in the user's language.
    nowhere = replace(found, directory="")
    assert [command_of(bare, nowhere, say).split()[2] for say in (SAY, FRENCH)] == ["annuaire:FILE", "annuaire:FICHIER"]
    assert to_do(found.rows[0], found, FRENCH) == "Rien à faire."


def test_nothing_at_all_is_said_so() -> None:
    nothing = PortfolioStatus(DAY, (StatusGroup(None, ()),))
    for text in (status_text(nothing, SAY, plain), status_markdown(nothing, SAY), Page(status_html(nothing, SAY)).text):
        assert "No budget" in text


def test_every_format_says_how_much_of_the_portal_the_sheets_manage() -> None:
    found = portfolio()
    assert found.tally.coverage == Coverage(38, 50)
    assert "fields managed: 76%" in status_text(found, SAY, plain).splitlines()
    assert "structures/25160278500015.yaml, fields managed: 52% → " in status_text(found, SAY, plain)
    assert "fields managed: 76%" in status_markdown(found, SAY).splitlines()
    assert "| 52 |" in status_markdown(found, SAY)
    page = Page(status_html(found, SAY)).text
    assert "fields managed: 76%" in page
    assert "Managed 52%" in re.sub(r"\s+", " ", page)
    document = status_document(found, SAY)
    assert document["summary"]["coverage"] == {"written": 38, "total": 50, "percent": 76}
    assert [row["coverage"] and row["coverage"]["percent"] for row in document["structures"]] == [
        100, None, None, None, None, 52, None,
    ]  # fmt: skip
    table = status_table(found, SAY)
    assert [row[table.heads.index("Managed (%)")] for row in table.rows] == [100, None, None, None, None, 52, None]
    assert "champs gérés\u00a0: 76\u00a0%" in status_text(found, FRENCH, plain)


def test_many_members_have_one_line_each_the_worst_first() -> None:
    found = crowd()
    lines = status_text(found, SAY, plain).splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("Member "))
    names = [re.split(r"  +", line)[0] for line in lines[begin + 1 : begin + 25]]
    assert names == [
        "Commune de Valmont", "CCAS de Touvre", "Commune de Sers", "No member", *(f"Commune {n:02}" for n in range(20)),
    ]  # fmt: skip
    assert "21169999600016" not in "\n".join(lines)
    assert "chorus-config status --membre NAME" in lines[begin + 25]
    assert "without any sheet" not in "\n".join(lines)
    rows = [line for line in status_markdown(found, SAY).splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows[2:]] == names
    # Programs and workbooks have everything.
    assert {row["root"] for row in status_document(found, SAY)["structures"]} == {row.root or None for row in found.rows}
    assert len(status_table(found, SAY).rows) == len(found.rows)


def test_who_is_asked_for_alone_is_shown_whole() -> None:
    found = crowd()
    alone = replace(found, groups=found.groups[-4:])
    assert "21169999600016" in status_text(alone, SAY, plain)


def test_many_budgets_of_no_member_have_one_line_each() -> None:
    row = StatusRow("", "", "", "done", ready=True, approved="yes", coverage=Coverage(20, 25))
    rows = tuple(replace(row, root=f"2116000{n:02}00010", label=f"Budget {n:02}") for n in range(60))
    found = replace(portfolio(), groups=(StatusGroup(None, (*rows, *portfolio().rows)),))
    lines = status_text(found, SAY, plain).splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("Name "))
    assert lines[begin].split()[:2] == ["Name", "Identifiant"]
    assert [line[:20].strip() for line in lines[begin + 1 : begin + 4]] == ["Valmont – Assainisse", "Valmont – Eau", "EHPAD"]
    assert len([line for line in lines if " Budget " in f" {line}"]) == 60
    assert "chorus-config status --target ID" in "\n".join(lines)
    assert "| Name | Identifiant |" in status_markdown(found, SAY)
    page = Page(status_html(found, SAY))
    assert page.shape.count("h4") == 2, "what is late"
    assert "Members" not in page.text
    assert not replace(found, groups=(StatusGroup(None, rows),)).is_large


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_narrow_screen_does_without_columns_before_it_cuts_names(width: int) -> None:
    lines = status_text(crowd(), SAY, plain, None, width).splitlines()
    table = [line for line in lines if re.match(r"Member |Comm|CCAS|No m", line)]
    assert len(table) == 25
    assert max(map(len, table)) <= width
    assert ("…" in "".join(table)) == (width == 40)
    assert all(line.endswith(tuple(map(SAY, STATE_LABELS.values()))) for line in table[1:])


def test_on_a_wall_of_many_members_only_what_is_late_is_spelled_out() -> None:
    found = crowd()
    text = status_html(found, SAY)
    read = Page(text)
    spelled = [row.root for row in found.rows if row.root and row.root in read.text]
    assert spelled == ["21169999600024", "21169999600032"]
    assert "31 October 2026 (-27 d)" in read.text
    # Of the others, one counted line a state: hundreds of members fit.
    assert "Commune 0" not in read.text
    assert re.findall(
        r"(no sheet|errors to correct|up to date)\s+(\d+ members?)\s+(Budgets ready: \d+\s+of \d+|No budget)", read.text
    ) == [
        ("no sheet", "2 members", "Budgets ready: 1 of 2"),
        ("errors to correct", "1 member", "No budget"),
        ("up to date", "20 members", "Budgets ready: 20 of 20"),
    ]
    soon = Page(status_html(found, SAY, CheckResult({}, 40))).text
    assert "26160999400023" in soon
    assert "more budgets" not in soon


def test_a_wall_stops_at_what_can_be_read_and_says_how_many_more_are_late() -> None:
    late = StatusRow("", "", "", "not_ready", deadline=PAST)
    groups = tuple(StatusGroup(Member(f"M{n}", f"{n:09}"), (replace(late, root=f"{n:09}00010"),), PAST) for n in range(26))
    read = Page(status_html(PortfolioStatus(DAY, groups), SAY))
    assert read.shape.count("h4") == 24
    assert "2 more budgets are late" in read.text


@pytest.mark.parametrize("text", [*BREAKOUTS])
def test_among_many_no_value_leaves_its_place(text: str) -> None:
    read, harmless = (Page(status_html(crowd(hostile(one)), SAY)) for one in (text, "x"))
    assert acting(read.text) == set()
    if text.strip() and "`" not in text:
        assert read.shape == harmless.shape
        lines = [status_text(crowd(hostile(one)), SAY, plain).count("\n") for one in (text, "x")]
        assert lines[0] == lines[1]
