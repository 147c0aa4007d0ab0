"""kill -9 at every write point of an import over several sheets: all of them or none, and the next command says which."""

from __future__ import annotations

import json
import signal
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Figure
from tests.engine.making import OTHER, SIRET, general, sheet
from tests.reliability.running import Runner
from tests.reliability.works import FileWork, write

if not hasattr(signal, "SIGKILL"):
    pytest.skip("no kill -9 here", allow_module_level=True)

_MOST = 200
_NAMES = ("structures/a.yaml", "structures/b.yaml")
_WORDS = ("import", "releve.json", "--target", f"{SIRET}#/libelle", "--target", f"{OTHER}#/libelle")


def begin(work: FileWork) -> None:
    """Write a project of two sheets, and a reading in which both have another libellé."""
    (work.root / "chorus-config.yaml").write_text('type: projet\nversion: 1\nregles: {CP012: "off"}\n', encoding="utf-8")
    records = []
    for name, siret in zip(_NAMES, (SIRET, OTHER), strict=True):
        write(work.root, name, sheet(siret, informations_generales=general(identifiant=siret)))
        records.append({"root": siret, "body": {"informations_generales": {"libelle": f"Lu {siret}"}}})
    document = {"format_version": "1.0", "type": "snapshot", "source": "x", "taken_at": "2026-11-23T08:00:00Z"}
    (work.root / "releve.json").write_text(json.dumps({**document, "records": records}), encoding="utf-8")
    work.keep()


def sheets(root: Path) -> tuple[bytes, ...]:
    """Return the bytes of both sheets."""
    return tuple((root / name).read_bytes() for name in _NAMES)


def leftovers(root: Path) -> list[str]:
    """Return what no project has for good."""
    return [path.name for path in root.rglob("*") if "chorus-config-" in path.name or path.name == "import.journal"]


def test_an_import_killed_at_every_write_point_changes_all_sheets_or_none(
    file_work: FileWork, runner: Runner, figure: Figure
) -> None:
    work = file_work
    begin(work)
    before = sheets(work.root)
    assert runner.run(work.root, _WORDS).code == 0
    after = sheets(work.root)
    assert all(one != other for one, other in zip(before, after, strict=True))
    work.back()
    ends = {before: 0, after: 0}
    halves = 0
    for number in count(1):
        assert number < _MOST
        done = runner.run(work.root, _WORDS, fault=work.fault("kill", number))
        if done.code == 0:
            break
        assert done.code == -signal.SIGKILL, (number, done)
        found = sheets(work.root)
        halves += found not in ends
        unfinished = (work.root / ".chorus-config/import.journal").exists()
        told = runner.run(work.root, ("validate",))
        assert told.code == 0, (number, told)
        found = sheets(work.root)
        assert found in ends, number
        ends[found] += 1
        assert leftovers(work.root) == [], number
        assert told.err.count("a change of sheets that was interrupted") == unfinished, (number, told.err)
        assert runner.run(work.root, ("validate",)).err.count("interrupted") == 0
        work.back()
    assert halves > 0
    assert min(ends.values()) > 0
    figure(f"{number - 1} kills of an import over 2 sheets, {halves} between two of them: 0 left half done")


@pytest.mark.parametrize("second", [1, 2, 3, 4, 5, 6])
def test_who_finishes_may_die_too(file_work: FileWork, runner: Runner, second: int) -> None:
    work = file_work
    begin(work)
    before = sheets(work.root)
    assert runner.run(work.root, _WORDS).code == 0
    ends = {before, sheets(work.root)}
    work.back()
    for first in range(3, 16, 3):
        runner.run(work.root, _WORDS, fault=work.fault("kill", first))
        runner.run(work.root, ("validate",), fault=work.fault("kill", second))
        assert runner.run(work.root, ("validate",)).code == 0
        assert sheets(work.root) in ends
        assert leftovers(work.root) == []
        work.back()
