"""Reading an observed source, and recording what it says as approved and confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.project import OpenProject, now
from chorus_config.app.sources import Pace, is_older, is_source_address, observe_sources, told_sources
from chorus_config.app.store_access import Writer, signed, write_lock
from chorus_config.diff.expand import root_of
from chorus_config.diff.names import without_persons
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.ledger.pending import history_rows
from chorus_config.engine.ledger.record import last_known_at, record_snapshot
from chorus_config.engine.planning.against_source import fill_unreported
from chorus_config.i18n.translator import _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import Locked, NoInput, Refused, Unavailable
from chorus_config.model.observed.source import Asked
from chorus_config.model.operation import Recording
from chorus_config.model.project import Body, TextFile
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import Event, Ledger, StoreState, StoreWrite
from chorus_config.render.observe.json import change_rows
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.shared.text import named
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse


def sheets_by_root(project: OpenProject, *, tell: bool = True) -> dict[str, list[tuple[TextFile, Body]]]:
    """Return the sheets and accounts of the project by what they describe, with their bodies; tell of files that describe none.

    A sheet that cannot be read would else pass for one that is not there. `tell`: also of files that nobody reads.
    """
    found: dict[str, list[tuple[TextFile, Body]]] = {}
    nameless: list[str] = []
    files = (project.select_all() if tell else all_files(project.files)).files
    for text in read_files(project.files, [file for file in files if file[1] != "projet"]):
        data = parse(text.raw).data if not text.read_error else None
        body: Body = data if isinstance(data, dict) else {}
        root = root_of(body)
        if root is None:
            nameless.append(printable(text.path))
        else:
            found.setdefault(str(root), []).append((text, body))
    if nameless:
        message = _(
            "note: left aside, since no structure or account can be read there (chorus-config validate says why): {paths}"
        )
        project.note(message, paths=", ".join(nameless))
    return found


def asked_of_project(project: OpenProject, sheets: Collection[str] | None = None, targets: Sequence[str] = ()) -> Asked:
    """Return the structures that a project is about: those of its sheets, its portfolio, and what is approved or known.

    `sheets` are the roots of its sheets, where they were read already; `targets` are patterns that narrow the rest.
    """
    known = sheets if sheets is not None else sheets_by_root(project, tell=False)
    roots = {*known, *project.config.budgets, *_known_on_portal(project), *_approved(project)}
    structures = (root for root in roots if parse_address(root).group != "comptes")
    return Asked(frozenset(root for root in structures if matches_target(root, targets)), only=True)


def observed_by_project(project: OpenProject, sources: Sequence[str], asked: Asked, pace: Pace | None = None) -> Snapshot:
    """Return what sources say of structures of a project; of a snapshot file, all that it holds."""
    return observe_sources(project, sources, asked if any(map(is_source_address, sources)) else None, pace)


def observed_state(
    project: OpenProject, sources: Sequence[str], pace: Pace | None = None, targets: Sequence[str] = ()
) -> StoreState:
    """Return what sources say of the structures of the project, to plan from; what they leave out is not compared.

    `targets` are patterns of identifiants: of the others, nothing is asked over a network.
    """
    bodies = bodies_by_root(project)
    seen = observed_by_project(project, sources, asked_of_project(project, bodies, targets), pace)
    return state_from(project, replace(seen, source=" + ".join(told_sources(sources))), bodies, targets)


def bodies_by_root(project: OpenProject) -> dict[str, Body]:
    """Return the bodies of the sheets and accounts of the project, by what they describe."""
    return {root: found[0][1] for root, found in sheets_by_root(project, tell=False).items()}


def state_from(project: OpenProject, snapshot: Snapshot, bodies: Mapping[str, Body], targets: Sequence[str] = ()) -> StoreState:
    """Return what a snapshot says of the structures of the project, to plan from; what it leaves out is not compared.

    `bodies` are those of the sheets and accounts, by root.
    """
    found = fill_unreported(snapshot, bodies, _known_on_portal(project))
    missing = [root for root in found.missing if matches_target(root, targets)]
    name = printable(snapshot.source)
    if found.not_reported:
        message = _("note: fields that {source} does not report, and that were not compared: {n}")
        project.note(message, n=found.not_reported, source=name)
    if missing:
        message = _("note: not in {source} (not looked at, or gone from the portal), and not compared: {names}")
        project.note(message, source=name, names=", ".join(map(printable, missing)))
    return StoreState(found.known)


def _known_on_portal(project: OpenProject) -> Collection[str]:
    """Return what was entered or seen on the portal, as `drift` knows it; nothing where no store can be read."""
    try:
        return project.store().ledger().confirmed
    except (Unavailable, Locked, Refused):
        return ()


def _approved(project: OpenProject) -> Collection[str]:
    """Return what is approved; nothing where no store can be read."""
    try:
        return project.store().read().snapshot.records
    except (Unavailable, Locked, Refused):
        return ()


def note_age(project: OpenProject, seen: Snapshot, roots: Collection[str]) -> bool:
    """Tell of a snapshot that is older than what was last confirmed of some structures; return whether it is.

    What was only approved since is not on the portal, and the record of this very snapshot makes it no older.
    """
    last = last_known_at(project.store().confirmations(), roots)
    if not is_older(seen, last):
        return False
    message = _(
        "note: the snapshot ({taken}) is older than what was last confirmed here ({at}): "
        "it does not know what was entered on the portal since"
    )
    taken, at = (instant_text(one, project.say) for one in (seen.taken_at, last))
    project.note(message, taken=taken, at=at)
    return True


class ReadyRecording(Struct, frozen=True):
    """What recording a snapshot would write, and the state of the store that it was found on."""

    snapshot: Snapshot
    found: Recording
    state: StoreState
    ledger: Ledger


class Recorded(Struct, frozen=True):
    """What was recorded, the serial of the store after, how many operations are open then."""

    found: Recording
    serial: int
    open_operations: int


def recording_of(project: OpenProject, snapshot: Snapshot, targets: Sequence[str] = ()) -> ReadyRecording:
    """Return what recording a snapshot would write. Writes nothing. Raises NoInput when no sheet describes anything of it."""
    store = project.store()
    state = store.read()
    ledger = store.ledger()
    sheets = {root: Record(root, found[0][1], found[0][0].path) for root, found in sheets_by_root(project).items()}
    found = record_snapshot(snapshot, state.snapshot, ledger, sheets, targets)
    if found.left_aside:
        named_roots = (named(root, without_persons(found.names)) for root in found.left_aside)
        names = ", ".join(named_roots)
        project.note(_("note: left aside, since no sheet describes them: {names}"), names=names)
    if not found.roots:
        raise NoInput(project.say(_("nothing was recorded: no sheet describes anything that the source speaks of")))
    return ReadyRecording(snapshot, found, state, ledger)


def refuse_older(project: OpenProject, ready: ReadyRecording) -> None:
    """Raise Refused for a snapshot that would take back what was noted of the same structures since it was made."""
    last = last_known_at(project.store().confirmations(), ready.found.roots)
    if is_older(ready.snapshot, last):
        message = _(
            "nothing was recorded: the snapshot ({taken}) is older than what was last confirmed ({at}), which it would take "
            "back. Make a new one; or run the command without --yes, and answer"
        )
        taken, at = (instant_text(one, project.say) for one in (ready.snapshot.taken_at, last))
        raise Refused(project.say(message, taken=taken, at=at))


def record_observed(project: OpenProject, ready: ReadyRecording, writer: Writer | None = None) -> Recorded:
    """Take what a source says as approved and confirmed, in one transaction; nothing is written when all of it is known.

    Whether a snapshot that is older than what was noted since may do that, `refuse_older` says before. Raises Refused when the
    store moved, Locked, Unavailable.
    """
    found, known = ready.found, ready.state
    if found.changes_nothing:
        return Recorded(found, known.snapshot.serial, known.open_operations)
    store, chosen = project.store(), writer or Writer()
    write = recording_write(project, ready, "record")
    with write_lock(project, store, chosen):
        left = store.write(signed(project, chosen, write))
    return Recorded(found, known.snapshot.serial + 1, left)


def recording_write(project: OpenProject, ready: ReadyRecording, event: Event) -> StoreWrite:
    """Return how a recording is written: what the portal says taken over (record), or adopted into sheets (import)."""
    found, snapshot = ready.found, ready.snapshot
    closings = found.closings(project.say(_("the portal changed meanwhile: opened anew")))
    document = {
        "format_version": "1.0", "type": event, "source": snapshot.source, "taken_at": snapshot.taken_at,
        "structures": [*found.roots], "operations": history_rows(ready.ledger.operations, closings),
        "changes": change_rows(found.taken),
    }  # fmt: skip
    return StoreWrite(
        lineage=ready.state.snapshot.lineage,
        serial=ready.state.snapshot.serial,
        at=now(),
        document=document,
        event=event,
        records=found.records,
        confirmed=found.confirmed,
        operations=tuple(new for _old, new in found.reopened),
        closings=closings,
    )
