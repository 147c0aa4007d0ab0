from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.model.store_state import StoreState
from chorus_config.store.store import Store
from tests.postgres import Server
from tests.store.places import BasePlace, FilePlace, Place, approval, opened_store


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a store is to be: a file, then a database."""
    if request.param == "sqlite":
        return FilePlace(tmp_path)
    server: Server = request.getfixturevalue("postgres_server")
    return BasePlace(tmp_path, request.getfixturevalue("postgres_url"), server, request.getfixturevalue("postgres_database"))


@pytest.fixture
def fresh(place: Place) -> Store:
    """A store that is not there yet."""
    return opened_store(place)


@pytest.fixture
def first(fresh: Store) -> StoreState:
    """What a store holds after its first approval."""
    assert fresh.write(approval()) == 1
    return fresh.read()
