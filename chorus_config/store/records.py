"""The records of a store, by root, as any reader of it gives them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from chorus_config.diff.expand import root_of
from chorus_config.model.snapshot import Record
from chorus_config.store.packed import unpacked


class Records(Mapping[str, Record]):
    """Records by root, in their order: of a great state only the texts are held, a body is read each time it is asked."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], trusted: Collection[str] = ()) -> None:
        """Take rows of root, body and path. Raises ValueError for a body that is not the one its root names.

        `trusted` are digests of records that were read before: these are not looked into again.
        """
        self._rows: dict[str, tuple[str, str]] = {}
        # Known of those that were compared with what is trusted: they are asked for again.
        self._digests: dict[str, str] = {}
        # Sorted here: each database has an order of its own for texts.
        for root, text, path in sorted(rows):
            if trusted:
                self._digests[root] = known = _digest(root, text, path)
            if not trusted or known not in trusted:
                _body(root, text)
            self._rows[root] = text, path

    def digest_of(self, root: str) -> str:
        """Return the digest of a record as it stands in the store, "" for none."""
        if root in self._digests:
            return self._digests[root]
        found = self._rows.get(root)
        return "" if found is None else _digest(root, *found)

    def __getitem__(self, root: str) -> Record:
        """Return a record of its own, whoever asked for it before."""
        text, path = self._rows[root]
        return Record(root, unpacked(text), path)

    def __contains__(self, root: object) -> bool:
        """Tell whether there is a record, without reading it."""
        return root in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _digest(root: str, text: str, path: str) -> str:
    return blake2b(f"{root}\0{path}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _body(root: str, text: str) -> dict[str, Any]:
    """Return a record's body; raise ValueError when it is not the sheet that its root names."""
    body = unpacked(text)
    if not isinstance(body, dict) or str(root_of(body)) != root:
        raise ValueError(root)
    return body
