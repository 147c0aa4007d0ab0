"""What each source can report: the table of docs/sources.md, made of the tables that the readers work from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import pytest

from chorus_config.diff.fields import field_schema
from chorus_config.engine.drift.target import fields_of
from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import KINDS
from chorus_config.model.observed.source import Reported
from chorus_config.render.shared.values import KIND_LABELS
from chorus_config.sources.afnor.fields import FIELDS as AFNOR
from chorus_config.sources.annuaire.fields import FIELDS as ANNUAIRE
from chorus_config.sources.piste.fields import FIELDS as PISTE
from tests.once import ROOT

PAGE: Final = ROOT / "docs" / "sources.md"
SOURCES: Final = {"annuaire": ANNUAIRE, "afnor": AFNOR, "piste": PISTE}
FRENCH: Final = translator_for("fr")
GROUPS: Final = ("", "services")


def leaves(group: str) -> Iterator[str]:
    """Yield the fields of a group that stand on the portal, no blocks."""
    paths = fields_of(group)
    inner = {path.rpartition("/")[0] for path in paths}
    yield from (path for path in paths if path not in inner and field_schema(group, path).get("x-portail") is not False)


def cell(fields: tuple[Reported, ...], group: str, path: str, notes: dict[str, int]) -> str:
    """Return what a source calls a field, with the numbers of its notes; a dash where it does not report it."""
    found = [one for one in fields if (one.group, one.path) == (group, path)]
    told = []
    for one in found:
        number = f" ({notes.setdefault(FRENCH(one.note), len(notes) + 1)})" if one.note else ""
        told.append(f"`{one.origin}`{number}")
    return "<br>".join(dict.fromkeys(told)) or "–"


def table() -> str:
    """Return the table and its notes."""
    notes: dict[str, int] = {}
    lines = ["| champ | " + " | ".join(f"`{name}:`" for name in SOURCES) + " |", "|---|---|---|---|"]
    for group in GROUPS:
        name = FRENCH(KIND_LABELS[KINDS[group].name])
        entry = [cell(fields, group, "", notes) for fields in SOURCES.values()]
        lines.append("| **" + name + "** | " + " | ".join("" if text == "–" else text for text in entry) + " |")
        for path in leaves(group):
            label = field_schema(group, path).get("title", path)
            cells = [cell(fields, group, path, notes) for fields in SOURCES.values()]
            lines.append(f"| {label} (`{path[1:].replace('/', '.')}`) | " + " | ".join(cells) + " |")
    told = [f"{number}. {note[:1].upper()}{note[1:]}." for note, number in notes.items()]
    return "\n".join([*lines, "", *told])


def test_the_table_in_the_docs_is_current() -> None:
    """`CHORUS_CONFIG_GOLDEN=write` writes it anew."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- fields -->\n")
    drawn, end, after = rest.partition("<!-- /fields -->")
    assert begin
    assert end
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(before + begin + table() + "\n" + end + after, encoding="utf-8", newline="\n")
        return
    assert drawn == table() + "\n"


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_reports_fields_of_sheets_only(name: str) -> None:
    for one in SOURCES[name]:
        assert one.path == "" or one.path in fields_of(one.group), one


@pytest.mark.parametrize("name", SOURCES)
def test_what_no_source_can_report_is_reported_by_none(name: str) -> None:
    denied = [(one.group, one.path) for one in SOURCES[name] if not _constatable(one.group, one.path)]
    assert denied == []


def _constatable(group: str, path: str) -> bool:
    return not path or field_schema(group, path).get("x-constatable") is not False


def test_what_a_source_could_report_is_reported_by_one() -> None:
    """A field that is marked as one that can be checked, and that no source reports, would be waited for in vain."""
    reported = {(one.group, one.path) for fields in SOURCES.values() for one in fields}
    waited = [(g, p) for g in GROUPS for p in leaves(g) if _constatable(g, p) and (g, p) not in reported]
    # The screen shows them, and a snapshot that is written by hand may say them.
    assert waited == [("", "/date_creation"), ("", "/recevoir_cycles_de_vie_edi")]


def test_of_the_other_lists_nothing_is_reported() -> None:
    """As the page says below its table."""
    assert {one.group for fields in SOURCES.values() for one in fields} == set(GROUPS)
