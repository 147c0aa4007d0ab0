"""CP016: line breaks, tabs and blanks too many, in every text that the portal shows on one line."""

from __future__ import annotations

from typing import Any, Final

import pytest
import yaml

from chorus_config.model.project import FileKind
from tests.rules.judged import WHOLE
from tests.samples import ACCOUNT, PROJECT, SHEET, changed, verdict

FULL_PROJECT: Final[dict[str, Any]] = {
    **yaml.safe_load(PROJECT),
    "registre": "sqlite:///r.sqlite3",
    "portefeuille": {"nom": "SDITEC", "budgets": [{"identifiant": "21169999600016", "libelle": "Budget principal"}]},
    "derogations": [{"regle": "CP105", "fiche": "21169999600016", "motif": "m", "jusqu_au": "2027-12-31"}],
    "acceptations": [{"regle": "CP905", "adresse": "21169999600016", "motif": "m", "jusqu_au": "2027-12-31"}],
}
BODIES: Final[dict[FileKind, dict[str, Any]]] = {
    "fiche-structure": WHOLE | {"coordonnees_bancaires": [{"libelle": "Régie"}], "comptabilite": "autre"},
    "compte-utilisateur": yaml.safe_load(ACCOUNT),
    "projet": FULL_PROJECT,
}
# Choices and dates have rules of their own (CP009, CP601), a reason of the project may be long.
OTHER_FORMS: Final = {
    "type", "version", "langue@projet", "mode", "type_identifiant", "role", "date_debut", "date_fin", "regle", "jusqu_au",
    "motif@projet", "comptabilite",
}  # fmt: skip


def texts_of(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all texts."""
    if isinstance(node, str):
        return [path]
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, inner in items for found in texts_of(inner, (*path, key))]


def one_line_texts(kind: FileKind) -> list[str]:
    """Return the pointers of all texts on one line."""
    paths = texts_of(BODIES[kind])
    pointers = ["/" + "/".join(map(str, p)) for p in paths if not {p[-1], f"{p[-1]}@{kind}"} & OTHER_FORMS]
    return [pointer for pointer in pointers if not pointer.startswith("/services/0/")]  # CP401's


def put(kind: FileKind, pointer: str, change: Any) -> str:
    """Return a file of a kind in which the text at a pointer is changed."""
    body = yaml.safe_load(yaml.safe_dump(BODIES[kind]))
    *way, last = [int(step) if step.isdigit() else step for step in pointer[1:].split("/")]
    inner = body
    for step in way:
        inner = inner[step]
    inner[last] = change(inner[last] or "x")
    return str(yaml.dump(body, default_style='"', allow_unicode=True, sort_keys=False, width=4096)).replace(
        '!!int "1"', "1"
    ).replace('!!bool "true"', "true")  # fmt: skip


ALL: Final = [(kind, pointer) for kind in BODIES for pointer in one_line_texts(kind)]


def found_at(text: str, kind: FileKind, pointer: str) -> list[tuple[str, str]]:
    return [(one.rule, one.level) for one in verdict(text, kind) if one.pointer == pointer]


def test_all_of_them_are_looked_at() -> None:
    assert len(ALL) == 41
    assert {kind for kind, _pointer in ALL} == set(BODIES)


@pytest.mark.parametrize("sign", ["\n", "\t"], ids=["line feed", "tab"])
@pytest.mark.parametrize(("kind", "pointer"), ALL)
def test_a_line_break_or_a_tab_is_told_once_and_nothing_else_of_the_value(kind: FileKind, pointer: str, sign: str) -> None:
    for change in (lambda text: text + sign, lambda text: f"{text[:2]}{sign}{text[2:]}"):
        assert found_at(put(kind, pointer, change), kind, pointer) == [("CP016", "error")]


@pytest.mark.parametrize(("kind", "pointer"), [row for row in ALL if row[0] != "projet"])
def test_a_blank_too_many_is_told_once(kind: FileKind, pointer: str) -> None:
    for change in (lambda text: text + " ", lambda text: " " + text, lambda text: f"{text[:2]}  {text[2:]}"):
        (told,) = found_at(put(kind, pointer, change), kind, pointer)
        own_form = told[0] in {"CP101", "CP106", "CP202", "CP203", "CP302", "CP303", "CP502", "CP505", "CP803"}
        assert told == ("CP016", "warning") or own_form, pointer


def test_a_description_has_as_many_lines_as_it_needs() -> None:
    text = put("fiche-structure", "/services/1/libelle", lambda text: text)
    text = text.replace('"libelle": "Services techniques"', '"libelle": "Services techniques"\n    "description": "a\\n  b\\n"')
    assert "description" in text
    assert "CP016" not in {one.rule for one in verdict(text)}


def test_a_reason_of_the_project_may_be_long() -> None:
    text = put("projet", "/derogations/0/motif", lambda _text: "une ligne\nune autre\n")
    assert found_at(text, "projet", "/derogations/0/motif") == []


def test_a_tab_in_a_description_is_still_a_character_that_no_value_holds() -> None:
    services = 'services:\n  - {code: FACTURES_PUBLIQUES, libelle: "Service des factures publiques", description: "a\\tb"}\n'
    assert [one.rule for one in verdict(SHEET + services)] == ["CP002"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"Commune\\nde Valmont"', '"Commune\\nde Valmont"'),
        ("|\n    Commune de Valmont", '"Commune de Valmont\\n"'),
        (">\n    Commune\n    de Valmont", '"Commune de Valmont\\n"'),
    ],
)
def test_the_value_is_shown_with_its_line_break(written: str, shown: str) -> None:
    (finding,) = verdict(changed(SHEET, '"Commune de Valmont"', written))
    assert finding.message == (
        f"« Libellé de la structure » is {shown}: no line break or tab is expected, since the portal shows it on one line"
    )
    assert finding.help == "Write it on one line, between double quotes."


@pytest.mark.parametrize("written", ["|-\n    Commune de Valmont", ">-\n    Commune\n    de Valmont"])
def test_a_block_of_text_that_makes_one_line_is_one(written: str) -> None:
    assert verdict(changed(SHEET, '"Commune de Valmont"', written)) == ()


@pytest.mark.parametrize("label", ["Service des factures publiques\\n", " Service des factures publiques"])
def test_factures_publiques_is_never_silenced(label: str) -> None:
    services = f'services:\n  - {{code: FACTURES_PUBLIQUES, libelle: "{label}"}}\n'
    assert [one.rule for one in verdict(SHEET + services)] == ["CP401"]
