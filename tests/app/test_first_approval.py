"""What a first approval of many structures costs: room in the store, and memory for each structure more."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Final

from benchmarks.sheets import write
from chorus_config.app import OpenOptions, Writer, approve_plan, open_project, plan_to_approve
from chorus_config.render.plan.text import plan_pieces
from chorus_config.render.shared.paint import plain

_PROJECT: Final = "type: projet\nversion: 1\nregistre: sqlite:///registre.db\nseuils: {structures: 1000}\n"
# An empty store has a page for each table and index.
_EMPTY: Final = 60_000


def _approved(folder: Path, count: int) -> Path:
    """Approve sheets after showing the plan, as `apply` does; return the store."""
    folder.mkdir()
    write(folder, count)
    (folder / "chorus-config.yaml").write_text(_PROJECT)
    project = open_project(OpenOptions(folder))
    ready = plan_to_approve(project)
    assert sum(map(len, plan_pieces(ready.plan, project.say, plain))) > count * 1000
    assert approve_plan(project, ready, Writer(by="Ada")).open_operations > count
    return folder / "registre.db"


def _peak(folder: Path, count: int) -> int:
    """Return the most memory, in bytes, that an approval takes."""
    tracemalloc.start()
    try:
        _approved(folder, count)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_structure_takes_three_kilobytes_of_the_store(tmp_path: Path) -> None:
    assert (_approved(tmp_path / "a", 300).stat().st_size - _EMPTY) / 300 < 3072


def test_a_structure_more_takes_some_kilobytes_of_memory(tmp_path: Path) -> None:
    # Modules, schemas and catalogues are held from then on.
    _approved(tmp_path / "a", 5)
    few, many = _peak(tmp_path / "b", 30), _peak(tmp_path / "c", 130)
    assert (many - few) / 100 < 35_000
