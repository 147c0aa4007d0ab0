"""Letters to the comptable public or the support: what nobody can do on the portal, with the reference data of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from chorus_config.app.observe import asked_of_project, observed_by_project, sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.app.public_lists import lists_for
from chorus_config.app.sources import Pace, told_sources
from chorus_config.engine.checking.project import facts_of_text, nameless_file
from chorus_config.engine.letters.compose import compose_letters, private_left_out
from chorus_config.engine.letters.situation import Situation
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.letter import LetterKind, Letters
from chorus_config.model.project import Body, ProjectIndex, TextFile
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.project.cp051_budget_without_sheet import budgets_without_sheet
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.characters import printable


def find_letters(
    project: OpenProject,
    kind: LetterKind | None = None,
    targets: Sequence[str] = (),
    sources: Sequence[str] = (),
    pace: Pace | None = None,
) -> Letters:
    """Return the letters that the sheets, the store and, where `sources` are named, the portal call for. Writes nothing.

    With `kind`, that letter alone; with `targets` (patterns of identifiants) besides, it is written for these structures
    whether or not anything calls for it. Raises NoInput for targets that name no structure, and like `Store.read` and
    `observe_sources`.
    """
    store = project.store()
    approved, ledger = store.read().snapshot, store.ledger()
    index, sheets = _index(project), {root: found[0][1] for root, found in sheets_by_root(project).items()}
    seen = (
        observed_by_project(project, sources, asked_of_project(project, sheets, targets), pace) if any(sources) else Snapshot()
    )
    situation = Situation(
        project.settings.day,
        {**_bodies(approved.records), **sheets},
        ledger.operations,
        _bodies(ledger.confirmed),
        _bodies(seen.records),
        seen.source,
        datetime.fromisoformat(seen.taken_at).date() if seen.taken_at else None,
        {root: project.config.budget_names.get(root, "") for root in project.config.budgets},
        budgets_without_sheet(index),
        lists_for(project, index, None),
        project.config.deadline,
        project.config.members,
        tuple(targets),
        kind_asked=kind is not None,
    )
    _refuse_unmatched(project, situation)
    letters = compose_letters(situation, kind)
    source = " + ".join((approved.source, *told_sources(sources)))
    return Letters(letters, kind, tuple(targets), source, private_left_out(situation, kind))


def _refuse_unmatched(project: OpenProject, situation: Situation) -> None:
    """Refuse targets that name nothing: mistyped, they would pass for structures that need no letter."""
    known = (*situation.in_order, *situation.budgets, *situation.observed, *situation.confirmed)
    if not any(situation.is_meant(root) for root in known) and situation.targets:
        message = _("no sheet and no known structure matches {targets}")
        raise NoInput(project.say(message, targets=", ".join(map(printable, situation.targets))))


def _bodies(records: Mapping[str, Record]) -> dict[str, Body]:
    return {root: record.body for root, record in records.items()}


def _index(project: OpenProject) -> ProjectIndex:
    """Return the facts of all files, for the rules that look between them; no file is judged."""
    files = [file for file in all_files(project.files).files if file[1] != "projet"]
    return _gathered(project, read_files(project.files, files))


def _gathered(project: OpenProject, texts: Iterable[TextFile]) -> ProjectIndex:
    found = [(text, facts_of_text(text)) for text in texts]
    return ProjectIndex(
        tuple(fact for _text, fact in found if fact is not None),
        project.config,
        project.files.file,
        project.settings.day,
        nameless=tuple(nameless_file(text) for text, fact in found if fact is None),
    )
