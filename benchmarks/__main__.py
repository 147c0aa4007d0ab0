"""`make bench`: install the peers, run each pair in turn, print, keep the figures, draw the page and its picture.

`python -m benchmarks [--count N…] [--seconds N] [--short] [--only NAME]`. `--short` takes less than three minutes and leaves
page and figures of the repository alone: what it finds is in `.bench/`. `--draw` only draws, from the figures that are there.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks import cases, figures, measure
from benchmarks.chart import chart
from benchmarks.install import install
from benchmarks.page import DOCS, filled, line
from benchmarks.peers.catalogue import PLACE
from benchmarks.process import UnexpectedEnd

_USUAL: Final = "1000 10000"


def main() -> None:
    """Measure, print, draw."""
    asked = _arguments()
    if asked.draw:
        draw(figures.read(figures.FILE), DOCS)
        return
    short = asked.short
    counts = sorted({int(word) for word in (asked.count or ("1000" if short else _USUAL)).split()})
    place = PLACE if short else figures.FILE.parent
    found = _measure(counts, float(asked.seconds or (2 if short else 30)), asked.only, place / "figures.json")
    for tool in found.tools:
        print(f"{tool.label} ({tool.versions}) : {tool.checks} ; ce qu’il ne fait pas : {tool.leaves or '–'}")
    if short:
        (PLACE / "performance.svg").write_text(chart(found), encoding="utf-8", newline="\n")
    else:
        draw(found, DOCS)


def draw(found: figures.Figures, folder: Path) -> None:
    """Write the picture, and the tables of the page, from figures."""
    (folder / "performance.svg").write_text(chart(found), encoding="utf-8", newline="\n")
    page = folder / "performance.md"
    page.write_text(filled(page.read_text(encoding="utf-8"), found), encoding="utf-8", newline="\n")


def _measure(counts: list[int], seconds: float, only: str, file: Path) -> figures.Figures:
    """Measure all cases, and keep what is found after each: a run may be interrupted."""
    peers = install()
    bench = cases.Bench(frozenset(peer.name for peer in peers))
    shutil.rmtree(cases.WORK, ignore_errors=True)
    found = figures.read(file)
    here = measure.machine()
    if found.machine != here:
        # Figures of two machines cannot stand beside each other.
        found = figures.Figures(here)
    found = replace(found, tools=measure.tools(peers, bench))
    figures.write(file, found)
    for pair in cases.cases(bench, counts):
        if only not in pair.name:
            continue
        try:
            case = measure.measured(pair, seconds)
        except UnexpectedEnd as error:
            print(f"{pair.title} : laissé de côté, {error}", flush=True)
            continue
        print(line(case), flush=True)
        found = found.with_case(case)
        figures.write(file, found)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--count", default="", help=f"how many sheets, several numbers in one word ({_USUAL}); 100000 measures growth"
    )
    parser.add_argument("--seconds", default="", help="for how long a pair is repeated (30)")
    parser.add_argument("--short", action="store_true", help="1000 sheets, few pairs; writes into .bench/ only")
    parser.add_argument("--only", default="", help="only cases with this in their name")
    parser.add_argument("--draw", action="store_true", help="only draw page and picture, from benchmarks/figures.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
