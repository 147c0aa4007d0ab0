"""Reading a store's file by the driver alone: what it answers is what the store answers, else nothing."""

from __future__ import annotations

from pathlib import Path
from typing import LiteralString

import pytest

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ProjectFault
from chorus_config.model.operation import Closing
from chorus_config.model.store_state import StoreState
from chorus_config.store.records import Records
from chorus_config.store.sqlite_reader import has_dropped, read_file
from chorus_config.store.store import Store
from tests.store.places import FilePlace, approval, body, following, opened_store


@pytest.fixture
def file(tmp_path: Path) -> FilePlace:
    return FilePlace(tmp_path)


@pytest.fixture
def store(file: FilePlace) -> Store:
    """A store with one approval."""
    store = opened_store(file)
    store.write(approval())
    return store


def read(file: FilePlace, say: Translator, trusted: frozenset[str] = frozenset()) -> StoreState | None:
    return read_file(file.url, file.root, say, trusted)


def digest_in(state: StoreState) -> str:
    assert isinstance(state.snapshot.records, Records)
    return state.snapshot.records.digest_of("1")


def test_the_same_as_the_store_reads(file: FilePlace, store: Store, say: Translator) -> None:
    store.write(following(store.read(), "p2", confirmed={"9": body("9", "vu"), "1": body("1", "é")}))
    whole, image = store.read(), file.image()
    found = read(file, say)
    assert found == whole
    assert whole.on_portal == {"9"}
    assert whole.plans == {"p1", "p2"}
    assert whole.open_operations
    assert found is not None
    assert [*found.snapshot.records] == [*whole.snapshot.records]
    assert digest_in(found) == digest_in(whole) != ""
    assert (file.image(), file.opened()) == (image, 0)


def test_what_was_dropped_is_known(file: FilePlace, store: Store, say: Translator) -> None:
    assert has_dropped(file.url, file.root, say) is False
    dropped = Closing(store.operations()[0].id, "dropped", "par erreur")
    store.write(following(store.read(), "", records=(), operations=(), closings=(dropped,), event="confirm"))
    assert has_dropped(file.url, file.root, say) is True


@pytest.mark.parametrize(
    "words",
    [
        "PRAGMA user_version = 3", "PRAGMA user_version = 99", "PRAGMA application_id = 1", "DELETE FROM meta",
        "UPDATE meta SET serial = 'deux'", "UPDATE meta SET secret = 'zz'",
        "INSERT INTO meta SELECT 'x', serial, format, written_at, secret FROM meta", "DROP TABLE records",
        "UPDATE records SET approved = '{'", "UPDATE records SET approved = '[]'", "UPDATE records SET root = '2'",
        "UPDATE records SET approved = 'z1:AAAA'", "UPDATE records SET approved = x'00'", "DROP TABLE operations",
        "DROP TABLE history",
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_left_to_the_store(
    file: FilePlace, store: Store, say: Translator, words: LiteralString
) -> None:
    assert read(file, say) == store.read()
    file.spoil(words)
    assert read(file, say) is None


def test_what_was_trusted_is_not_looked_into_and_what_changed_since_is(file: FilePlace, store: Store, say: Translator) -> None:
    whole = store.read()
    trusted = frozenset({digest_in(whole)})
    assert read(file, say, trusted) == whole
    file.spoil("UPDATE records SET approved = '{'")
    assert read(file, say, trusted) is None


def test_nobody_is_waited_for(file: FilePlace, store: Store, say: Translator) -> None:
    assert read(file, say) == store.read()
    with file.writing():
        found = read(file, say)
        assert found is None or found == store.read()


@pytest.mark.parametrize("raw", [None, b"", b"x", b"x" * 4096])
def test_no_store(file: FilePlace, say: Translator, raw: bytes | None) -> None:
    path = file.root / "registre.sqlite3"
    if raw is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
    assert read_file("sqlite:///registre.sqlite3", file.root, say) is None
    assert path.exists() is (raw is not None)


def test_a_link_is_left_to_the_store(file: FilePlace, store: Store, say: Translator) -> None:
    (file.root / "lien.sqlite3").symlink_to(store.database.path)  # type: ignore[attr-defined]
    assert read_file("sqlite:///lien.sqlite3", file.root, say) is None


def test_a_server_is_left_to_the_store(tmp_path: Path, say: Translator) -> None:
    assert read_file("postgresql+psycopg://hote/base", tmp_path, say) is None
    assert has_dropped("postgresql+psycopg://hote/base", tmp_path, say) is None


def test_no_other_address(tmp_path: Path, say: Translator) -> None:
    with pytest.raises(ProjectFault, match="registre"):
        read_file("mysql://hote/b", tmp_path, say)
