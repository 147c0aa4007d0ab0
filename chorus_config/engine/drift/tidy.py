"""What a source says, as a sheet can hold it: composed characters, no hidden ones, single blanks.

Lists and APIs hold texts as they were typed once, with blanks at the edge and marks nobody sees; a sheet may hold none of them
(CP002, CP016), and they are no change on the portal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.yamltext.characters import cleaned


def tidied(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot with every text of its records tidied; names of services too."""
    return replace(snapshot, records={root: _record(record) for root, record in snapshot.records.items()})


def _record(record: Record) -> Record:
    body = _tidy(record.body)
    return record if body == record.body else replace(record, body=body)


def _tidy(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _tidy(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_tidy(item, key) for item in value]
    return _text(value, lines=key == "description") if isinstance(value, str) else value


def _text(text: str, *, lines: bool) -> str:
    """Return a text without what no sheet may hold; only a description has lines."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    parts = text.splitlines() if lines else [text.replace("\r", " ").replace("\n", " ")]
    told = (" ".join(cleaned(" ".join(unicodedata.normalize("NFC", part).split())).split()) for part in parts)
    return "\n".join(told).strip()
