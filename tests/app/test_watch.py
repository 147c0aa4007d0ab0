"""Watching from Python: what happened since an earlier snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chorus_config.app import Watched, watch_sources
from chorus_config.model.errors import NoInput
from tests.app.conftest import Open
from tests.cli.desk import SIRET
from tests.cli.portal import document, general


def test_what_happened_since_the_week_before(opened: Open, folder: Path) -> None:
    for name, label in (("avant.json", "Nom A"), ("apres.json", "Nom B")):
        (folder / name).write_text(json.dumps(document((SIRET, general(label)))))
    project = opened()
    found = watch_sources(project, ["apres.json"], "avant.json")
    assert isinstance(found, Watched)
    (one,) = found.watch.structures
    assert (one.root, one.name, one.events) == (SIRET, "Nom B", ("renamed",))
    assert list(found.snapshot.records) == [SIRET]
    with pytest.raises(NoInput):
        watch_sources(project, ["apres.json"], "absent.json")
