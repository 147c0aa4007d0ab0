"""The weekly watch: what is no longer the same since an earlier snapshot. It needs neither sheets nor a store."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.project import OpenProject
from chorus_config.app.sources import Pace, is_older, is_source_address, observe_source, observe_sources, require_source
from chorus_config.engine.drift.since import changes_since
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.observed.source import Asked
from chorus_config.model.observed.watch import Watch
from chorus_config.model.snapshot import Snapshot
from chorus_config.yamltext.characters import printable


class Watched(Struct, frozen=True):
    """What happened since the earlier snapshot, and what the sources say now: the earlier snapshot of the next time.

    `emptied`: the sources say nothing of any structure now, though the earlier snapshot knew some. Whoever keeps such a
    reading in its place has nothing left to compare with.
    """

    watch: Watch
    snapshot: Snapshot
    emptied: bool = False


def watch_sources(
    project: OpenProject, sources: Sequence[str], since: str, asked: Asked | None = None, pace: Pace | None = None
) -> Watched:
    """Compare what sources say now with an earlier snapshot, a file or another source. Nothing is written.

    `asked` names the structures, None is all that the sources hold: what the earlier snapshot has beside them did not vanish.
    Raises NoInput when the earlier snapshot is missing, else like `observe_source`.
    """
    require_source(project, since)
    if not is_source_address(since) and not os.path.lexists(project.directory / since):
        message = _(
            "no such file: {name}. The first time there is nothing to compare with: make it by `chorus-config observe`, with "
            "the same sources and structures and -o {name}, and no other option"
        )
        raise NoInput(project.say(message, name=printable(since)))
    earlier = observe_source(project, since, asked if is_source_address(since) else None, pace)
    latest = observe_sources(project, sources, asked, pace)
    found = changes_since(earlier, latest, asked)
    emptied = not latest.records and bool(earlier.records)
    if emptied:
        message = _(
            "note: {source} says nothing of any structure now, and the earlier snapshot knew some (structures: {n}): check the "
            "source before you take them for gone"
        )
        project.note(message, source=printable(latest.source), n=len(earlier.records))
    return Watched(replace(found, older=is_older(latest, earlier.taken_at)), latest, emptied)
