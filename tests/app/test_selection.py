"""Which structures a source is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app.selection import asked_for
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.model.observed.source import Asked
from tests.app.conftest import Open

SIREN, SIRET = "211609995", "21160999500017"


def test_nothing_named_is_everything(opened: Open) -> None:
    assert asked_for(opened()).everything
    assert Asked().covers(SIRET)


def test_numbers_are_read_with_their_blanks(opened: Open) -> None:
    asked = asked_for(opened(), ["211 609 995"], ["251 602 785 00015"])
    assert asked == Asked(frozenset({"25160278500015"}), frozenset({SIREN}))
    assert asked.covers(SIRET)
    assert asked.covers("25160278500015")
    assert not asked.covers("25160278500023")


@pytest.mark.parametrize(("sirens", "sirets"), [(["21160999"], []), ([], [SIREN]), (["a\nb"], []), ([SIRET], [])])
def test_what_is_no_number_is_refused(opened: Open, sirens: list[str], sirets: list[str]) -> None:
    with pytest.raises(UsageFault, match="digits"):
        asked_for(opened(), sirens, sirets)


def test_a_list_is_read_line_by_line(opened: Open, folder: Path) -> None:
    text = f'\ufeffSIREN;Nom\r\n{SIREN};Valmont\r\n\r\n# un commentaire\r\n"251 602 785 00015"\r\n'
    (folder / "liste.csv").write_text(text, encoding="utf-8", newline="")
    assert asked_for(opened(), list_file="liste.csv") == Asked(frozenset({"25160278500015"}), frozenset({SIREN}))


@pytest.mark.parametrize("text", ["", "\n\n", "SIREN\n", "# rien\n"])
def test_an_empty_list_is_never_everything(opened: Open, folder: Path, text: str) -> None:
    (folder / "liste.txt").write_text(text)
    with pytest.raises(UsageFault, match="names nothing"):
        asked_for(opened(), list_file="liste.txt")
    # Beside a name, it adds nothing.
    assert asked_for(opened(), [SIREN], list_file="liste.txt") == Asked(sirens=frozenset({SIREN}))


def test_a_list_with_something_else_says_where(opened: Open, folder: Path) -> None:
    (folder / "liste.txt").write_text(f"{SIREN}\n2,11610E+13\n")
    with pytest.raises(UsageFault, match=r'liste\.txt:2: "2"'):
        asked_for(opened(), list_file="liste.txt")
    with pytest.raises(NoInput):
        asked_for(opened(), list_file="none.txt")
