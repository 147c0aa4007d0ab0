"""What a child of the runner can do beside the commands: work on the store of its folder directly."""

from __future__ import annotations

from pathlib import Path

from chorus_config.i18n.translator import translator_for
from chorus_config.model.store_state import StoreWrite
from chorus_config.store.store import Store

_AT = "2016-10-03T08:00:00Z"


def migrate(url: str) -> int:
    """Write once, without changing what is approved: the first write of a new version brings an old store up to date."""
    store = Store(url, Path(), translator_for("en"))
    held = store.read()
    store.write(
        StoreWrite(
            lineage=held.snapshot.lineage,
            serial=held.snapshot.serial,
            at=_AT,
            event="confirm",
            document={},
            by="Ada",
        )
    )
    return 0
