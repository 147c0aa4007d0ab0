"""Page and picture say what the figures in the repository say; a run keeps every measurement."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from benchmarks import figures, french, measure
from benchmarks.cases import Pair
from benchmarks.chart import chart
from benchmarks.figures import Case, Figures, Side, Tool
from benchmarks.page import DOCS, filled, line
from benchmarks.peers.catalogue import CHECKERS, PEERS, words
from benchmarks.process import Command, Run, UnexpectedEnd, run

OURS: Final = Side("chorus-config validate", (1.0, 2.0, 0.5), 40.4, 90.0)
OTHER: Final = Side("un <autre> & co", (2.0, 2.0, 2.0), 228.0, 0.0)
CASE: Final = Case("cold-1", "cold", "1 000 fiches", 1000, "2026-11-27", OURS, OTHER, 0.03)
SOME: Final = Figures({"coeurs": "2"}, (Tool("x", "un|outil", "x 1.0", "le schéma", ""),), (CASE,))
PYTHON: Final = (sys.executable, "-I", "-S", "-c")


def picture(text: str) -> ElementTree.Element:
    """Return the picture as a tree."""
    return ElementTree.fromstring(text)  # noqa: S314 - the project's own text


# What is in the repository


def test_the_page_is_made_of_the_figures() -> None:
    page = (DOCS / "performance.md").read_text(encoding="utf-8")
    assert filled(page, figures.read(figures.FILE)) == page, "python -m benchmarks --draw"


def test_the_picture_is_made_of_the_figures() -> None:
    drawn = (DOCS / "performance.svg").read_text(encoding="utf-8")
    assert chart(figures.read(figures.FILE)) == drawn, "python -m benchmarks --draw"


def test_the_figures_are_written_as_a_run_writes_them(tmp_path: Path) -> None:
    figures.write(tmp_path / "figures.json", figures.read(figures.FILE))
    assert (tmp_path / "figures.json").read_bytes() == figures.FILE.read_bytes()


def test_no_figure_names_a_place_of_this_machine() -> None:
    text = figures.FILE.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", text)


# Figures


def test_the_ratio_is_the_median_of_the_pairs_not_the_ratio_of_medians() -> None:
    assert CASE.ratios == [0.5, 1.0, 0.25]
    assert CASE.ratio == 0.5


def test_figures_come_back_as_they_were(tmp_path: Path) -> None:
    figures.write(tmp_path / "figures.json", SOME)
    assert figures.read(tmp_path / "figures.json") == SOME
    assert figures.read(tmp_path / "none.json") == Figures()


def test_a_case_takes_the_place_of_an_earlier_one_of_its_name() -> None:
    other = replace(CASE, name="cold-2", count=10)
    again = replace(CASE, day="2026-11-28")
    assert SOME.with_case(other).with_case(again).cases == (again, other)
    assert SOME.with_case(other).of("cold") == [other, CASE]
    assert SOME.of("plan") == []


# Page and picture


def test_a_table_has_a_row_for_each_case_and_keeps_what_is_around_it() -> None:
    page = filled("avant\n<!-- figures: peers -->\nvieux\n<!-- /figures -->\naprès\n", SOME)
    assert page.startswith("avant\n<!-- figures: peers -->\n\n| ce qui est mesuré |")
    assert "vieux" not in page
    assert page.endswith("<!-- /figures -->\naprès\n")
    assert "| 1,00\u00a0s | 2,00\u00a0s | **0,50** (0,25 à 1,0 ; 3 paires) | ≤ 0,030 | 40\u00a0Mio ; 90\u00a0Mio |" in page


def test_what_a_tool_finds_is_told_by_kind_of_fault() -> None:
    known = replace(SOME.tools[0], finds=("une clé inconnue",))
    page = filled("<!-- figures: faults -->\n<!-- /figures -->", replace(SOME, tools=(known, *SOME.tools)))
    assert "| une fiche avec… | un\\|outil |\n" in page
    assert "| une clé inconnue | oui |" in page
    assert "| une clé écrite deux fois | **non** |" in page


def test_the_picture_is_svg_for_light_and_dark_that_says_its_values() -> None:
    text = chart(SOME)
    root = picture(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "titre resume")
    shown = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "1 000 fiches : un <autre> & co" in shown
    assert "0,50" in shown
    assert "prefers-color-scheme:dark" in text


def test_nothing_in_the_picture_leaves_it() -> None:
    extreme = replace(CASE, ours=replace(OURS, seconds=(1e-9, 1e9)), other=replace(OTHER, seconds=(1.0, 1.0)))
    root = picture(chart(SOME.with_case(replace(extreme, name="far"))))
    width = float((root.get("viewBox") or "").split()[2])
    places = [float(value) for one in root.iter() for name, value in one.attrib.items() if name in {"x", "x1", "x2", "cx"}]
    assert min(places) >= 0
    assert max(places) <= width


def test_the_longest_line_of_the_picture_has_room() -> None:
    # Seven units a letter is what 13 pixels of a wide typeface take; the ratio stands at the end of the same line.
    root = picture((DOCS / "performance.svg").read_text(encoding="utf-8"))
    titles = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text") if one.get("class") == "texte"]
    assert [title for title in titles if len(title) > 48] == []


def test_a_line_says_ratio_spread_goal_and_memory() -> None:
    assert line(CASE) == (
        "Beaucoup de fiches, à froid, 1 000 fiches ÷ un <autre> & co : 0,50 (0,25 à 1,0, 3 paires) ; à atteindre 0,030 ; "
        "1,00\u00a0s / 2,00\u00a0s ; "
        "plus grand processus 40\u00a0Mio / 228\u00a0Mio, tous ensemble 90\u00a0Mio / –"
    )


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.0304, 2, "0,030"), (1, 2, "1,0"), (58.84, 3, "58,8"), (12345.6, 3, "12\u202f346"), (0.5, 3, "0,500"), (0, 2, "0")],
)
def test_numbers_are_french(value: float, digits: int, text: str) -> None:
    assert french.number(value, digits) == text


def test_days_and_times_are_french() -> None:
    assert french.day("2026-08-01") == "1er\u00a0août 2026"
    assert french.seconds(0.0561) == "56\u00a0ms"
    assert french.seconds(58.84) == "58,8\u00a0s"


# Running


@pytest.mark.parametrize(("wanted", "rounds"), [(1.9, 0), (2.0, 3), (20.0, 10), (1000.0, 15)])
def test_both_run_in_turn_for_as_long_as_asked(wanted: float, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, bool]] = []

    def pretend(command: Command, turn: int = 0, *, watched: bool = False) -> Run:
        seen.append((command.label, turn, watched))
        return Run(1.0 + turn, 40.0 + turn, 90.0 if watched else 0.0)

    monkeypatch.setattr(measure, "run", pretend)
    pair = Pair("x", "validate", "x", 1, Command("a", [], Path()), Command("b", [], Path()))
    case = measure.measured(pair, wanted)
    # The first pair warms up, and has its memory looked at; it counts only when it alone takes longer than asked.
    assert seen == [(label, turn, turn == 0) for turn in range(rounds + 1) for label in ("a", "b")]
    assert case.ours.seconds == (tuple(1.0 + turn for turn in range(1, rounds + 1)) or (1.0,))
    assert (case.ours.largest, case.ours.together) == (40.0, 90.0)


def test_a_command_that_does_not_do_its_work_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedEnd, match="a: 3"):
        run(Command("a", [*PYTHON, "raise SystemExit(3)"], tmp_path))


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
def test_the_memory_of_all_processes_is_seen(tmp_path: Path) -> None:
    alone = "import time; kept = bytearray(60 << 20); time.sleep(0.3)"
    both = f"import subprocess, sys; kept = bytearray(60 << 20); subprocess.run([sys.executable, '-I', '-S', '-c', {alone!r}])"
    one, two = (run(Command("a", [*PYTHON, words], tmp_path), watched=True) for words in (alone, both))
    assert one.together < 120 < two.together
    assert two.largest < 120


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
def test_the_memory_of_who_measures_is_not_that_of_what_is_measured(tmp_path: Path) -> None:
    kept = bytearray(90 << 20)
    assert run(Command("a", [*PYTHON, "import time; time.sleep(0.1)"], tmp_path), watched=True).largest < len(kept) >> 20


# Peers


def test_every_peer_says_what_it_checks_and_what_it_leaves(tmp_path: Path) -> None:
    (tmp_path / "structures").mkdir()
    for peer in PEERS:
        assert peer.checks
        assert peer.leaves
        assert all(re.search("(?:==|.@)[0-9]", package) for package in (*peer.python, *peer.node)), peer.name
    for name in CHECKERS:
        only = tmp_path / "structures" / "a.yaml"
        assert {str(only), str(only.parent)} & set(words(name, tmp_path, only))
        assert words(name, tmp_path) != []
