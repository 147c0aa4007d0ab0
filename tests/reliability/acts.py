"""What a child of the runner can do beside the commands: work on the store of its folder directly."""

from __future__ import annotations

from pathlib import Path

from chorus_config.texts.translator import texts_in
from chorus_config.words.held import Write
from chorus_config.world.store.store import Store

_AT = "2016-10-03T08:00:00Z"


def migrate(url: str) -> int:
    """Write once, without changing what is approved: the first write of a new version brings an old store up to date."""
    store = Store(url, Path(), texts_in("en"))
    held = store.read()
    store.write(
        Write(
            lineage=held.snapshot.lineage,
            serial=held.snapshot.serial,
            at=_AT,
            event="confirm",
            document={},
            by="Ada",
        )
    )
    return 0
