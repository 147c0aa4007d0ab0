"""What the commands that look at an observed source share."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

import click

from chorus_config.app.project import OpenProject
from chorus_config.cli.shared.options import Request
from chorus_config.diff.expand import root_of
from chorus_config.engine.planning.against_source import fill_unreported
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import UsageFault
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.store_state import StoreState
from chorus_config.model.text_file import Body, TextFile
from chorus_config.sources.snapshot_file.document import read_snapshot
from chorus_config.sources.snapshot_file.read import read_file
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

_TO_COME: Final = re.compile(r"(?:piste|annuaire|sqlite|postgresql\+psycopg):")


def observed(request: Request, source: str, say: Translator) -> Snapshot:
    """Return what a source says; `source` is the file's own word for where it came from. Raises NoInput, Unavailable."""
    if _TO_COME.match(source):
        raise UsageFault(say(_("{source} cannot be read yet: give a snapshot file"), source=printable(source)))
    return read_snapshot(read_file(request.directory / source, source, say), source, say)


def sheets_by_root(session: OpenProject) -> dict[str, list[tuple[TextFile, Body]]]:
    """Return the sheets and accounts of the project by what they describe, with their bodies; tell of files that describe none.

    A sheet that cannot be read would else pass for one that is not there.
    """
    found: dict[str, list[tuple[TextFile, Body]]] = {}
    nameless: list[str] = []
    for text in read_files(session.home, [file for file in all_files(session.home).files if file[1] != "projet"]):
        data = parse(text.raw).data if not text.trouble else None
        body: Body = data if isinstance(data, dict) else {}
        root = root_of(body)
        if root is None:
            nameless.append(printable(text.path))
        else:
            found.setdefault(str(root), []).append((text, body))
    if nameless:
        told = _("note: left aside, since no structure or account can be read there (chorus-config validate says why): {paths}")
        session.note(told, paths=", ".join(nameless))
    return found


def observed_state(session: OpenProject, source: str) -> StoreState:
    """Return what a source says of the structures of the project, to plan from; what it leaves out is not compared."""
    bodies = {root: found[0][1] for root, found in sheets_by_root(session).items()}
    known, count = fill_unreported(observed(session.request, source, session.setting.say), bodies)
    if count:
        session.note(
            _("note: fields that {source} does not report, and that were not compared: {n}"), n=count, source=printable(source)
        )
    return StoreState(replace(known, source=source))


def note_age(session: OpenProject, seen: Snapshot, state: Snapshot) -> bool:
    """Tell of a snapshot that is older than the last write of the store; return whether it is."""
    if not is_older(seen, state.taken_at):
        return False
    told = _(
        "note: the snapshot ({taken}) is older than the last change of the store ({written}): "
        "it does not know what was entered on the portal since"
    )
    session.note(told, taken=seen.taken_at, written=state.taken_at)
    return True


def is_older(seen: Snapshot, than: str | None) -> bool:
    """Tell whether a snapshot was taken before an instant; False when either is not known."""
    taken = seen.taken_at
    return taken is not None and than is not None and datetime.fromisoformat(taken) < datetime.fromisoformat(than)


def against_option(say: Translator) -> click.Option:
    """Return the `--against` option."""
    return click.Option(
        ["--against"], metavar="FILE", envvar="CHORUS_CONFIG_AGAINST",
        help=say(_("The observed source: a snapshot file.")),
    )  # fmt: skip
