"""The store: can it be reached and written, who holds it. The store of a team is asked where it is, as every command does."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chorus_config.app.doctor.look import Look
from chorus_config.app.project import OpenProject
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check
from chorus_config.model.errors import ChorusConfigError, Locked, ProjectFault, Refused
from chorus_config.render.shared.dates import instant_text
from chorus_config.store.address import is_postgres, sqlite_path
from chorus_config.yamltext.characters import printable


def check_store(look: Look) -> Iterator[Check]:
    """Yield whether the store can be read and written; a write that is taken back finds out."""
    project = look.project
    if project is None:
        return
    from chorus_config.store.probe import probe  # noqa: PLC0415 - only this needs a database

    say = project.say
    try:
        store = project.store()
        found = probe(store)
    except ChorusConfigError as error:
        yield Check("store", "warning" if isinstance(error, Locked) else "fault", str(error), _remedy(project, error))
        return
    name = printable(store.url)
    if found is None or not found.format:
        yield _not_yet(project, name)
    elif not found.is_current:
        message = _("{path} can be read and written; its format is older ({n}): the next write brings it up to date")
        remedy = say(_("before that, save it: chorus-config state backup FILE"))
        yield Check("store", "warning", say(message, path=name, n=found.format), remedy)
    elif _is_open_to_others(project):
        message = say(_("{path} can be read and written, by others on this machine too: bank details stand in it"), path=name)
        yield Check("store", "warning", message, say(_("take the rights of others away: chmod 600")))
    else:
        message = _("{path} can be read and written; last write: {serial}, on {at}")
        told = say(message, path=name, serial=found.serial, at=instant_text(found.written_at, say))
        yield Check("store", "ok", told)


def check_locks(look: Look) -> Iterator[Check]:
    """Yield who holds the store for writing, or died holding it."""
    project = look.project
    if project is None:
        return
    say = project.say
    try:
        found = project.store().database.locks()
    except ChorusConfigError:
        # What is wrong with the store stands a line above.
        return
    if not found:
        yield Check("locks", "ok", say(_("nobody holds the store")))
    for lock in found:
        who = {"who": printable(lock.who), "host": printable(lock.host), "since": instant_text(lock.since, say)}
        if lock.alive:
            message = say(_("{who} on {host} holds the store for writing since {since}, and is at work"), **who)
            yield Check("locks", "warning", message, say(_("wait for it to end; chorus-config lock list shows it")))
        else:
            message = say(_("{who} on {host} died holding the store since {since}: the next write takes it over"), **who)
            yield Check("locks", "warning", message, f"chorus-config lock release {printable(lock.id)}")


def _not_yet(project: OpenProject, name: str) -> Check:
    """Return that nothing is approved yet, and whether the first approval could write."""
    say = project.say
    if not is_postgres(project.config.store):
        folder = _nearest(sqlite_path(project.config.store, project.root, say).parent)
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            message = say(_("there is no store yet, and it cannot be made at {path}: {folder} cannot be written"),
                          path=name, folder=printable(str(folder)))  # fmt: skip
            return Check("store", "fault", message, say(_("ask for the right to write there, or change `registre`")))
    return Check("store", "ok", say(_("there is no store yet: the first approval makes it at {path}"), path=name))


def _nearest(folder: Path) -> Path:
    """Return the folder, or the first above it that there is."""
    return next((one for one in (folder, *folder.parents) if os.path.lexists(one)), folder)


def _is_open_to_others(project: OpenProject) -> bool:
    """Tell whether others may read the file of a store; on Windows rights are told in another way."""
    if os.name == "nt" or is_postgres(project.config.store):
        return False
    path = sqlite_path(project.config.store, project.root, project.say)
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _remedy(project: OpenProject, error: ChorusConfigError) -> str:
    """Return what to do about a store that cannot be used."""
    say = project.say
    if isinstance(error, Locked):
        return say(_("try again in a moment; chorus-config lock list shows who it is"))
    if isinstance(error, Refused):
        return "pip install --upgrade chorus-config"
    if isinstance(error, ProjectFault):
        return say(_("mend `registre` in the project file"))
    if is_postgres(project.config.store):
        return say(_("check `registre`, that the server runs, and PGUSER, PGPASSWORD or the password file"))
    return say(
        _("check `registre` and the rights on the file; if it is damaged, set it aside and chorus-config state restore FILE")
    )
