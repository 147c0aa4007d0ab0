"""Drift: what an observed source says beside what is approved and confirmed. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chorus_config.app.observe import asked_of_project, note_age, observed_by_project, sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import Pace, listed, told_sources
from chorus_config.engine.drift.compare import compare_states, matches_target
from chorus_config.i18n.translator import _
from chorus_config.model.drift import Drift
from chorus_config.model.errors import NoInput


def find_drift(
    project: OpenProject, sources: str | Sequence[str], targets: Sequence[str] = (), pace: Pace | None = None
) -> Drift:
    """Compare the store with observed sources, field by field; `targets` are patterns of identifiants.

    Raises NoInput when there is nothing to compare, Unavailable for a source that cannot be used.
    """
    say = project.say
    store = project.store()
    state = store.read()
    if state.snapshot.lineage is None:
        raise NoInput(say(_("nothing was approved here yet: `chorus-config apply` makes the store that drift compares with")))
    sheets = {root: found[0][1] for root, found in sheets_by_root(project).items()}
    asked = asked_of_project(project, sheets, targets)
    seen = replace(observed_by_project(project, listed(sources), asked, pace), source=" + ".join(told_sources(sources)))
    # Whether anything of it can be compared is another question.
    if targets and not any(matches_target(root, targets) for root in (*state.snapshot.records, *seen.records)):
        raise NoInput(say(_("nothing that is approved here or in the source matches {targets}"), targets=", ".join(targets)))
    found = compare_states(state.snapshot, store.ledger(), seen, targets, sheets)
    return replace(
        found,
        sources=told_sources(sources),
        disagreements=seen.disagreements,
        older=note_age(project, seen, [root for root in seen.records if matches_target(root, targets)]),
        # What has a sheet that nobody approved yet is not what is managed nowhere.
        unmanaged=tuple(root for root in found.unmanaged if root not in sheets),
        unapproved=tuple(root for root in found.unmanaged if root in sheets),
    )
