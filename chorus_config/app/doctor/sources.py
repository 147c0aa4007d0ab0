"""The sources that are set up: are they there, are the credentials, and do they answer, when the network may be asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from chorus_config.app.doctor.look import Look
from chorus_config.app.doctor.program import NETWORK
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import Contact, contact
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check
from chorus_config.model.errors import ChorusConfigError, UsageFault
from chorus_config.yamltext.characters import printable

# Beyond that, tokens may pass for over and readings for older than they are.
_MOST_SECONDS: Final = 60


def check_sources(look: Look) -> Iterator[Check]:
    """Yield a line for each source, and how far the clock of this machine is from that of the first that answers."""
    project = look.project
    if project is None:
        return
    over_network, contacts = _asked_over_network(project), []
    if project.config.directory:
        yield _lists(project)
    elif not over_network:
        yield Check("sources", "ok", project.say(_("no source is set up: only `drift`, `observe` and `import` need one")))
    for source in over_network:
        try:
            found = contact(project, source, look.asked.pace, online=look.asked.online)
        except ChorusConfigError as error:
            wrong = look.asked.online or isinstance(error, UsageFault)
            told = str(error) if source in str(error) else f"{printable(source)}: {error}"
            yield Check("sources", "fault" if wrong else "warning", told, _remedy(look))
        else:
            contacts.append(found)
            yield _reached(look, source, found)
    yield from _clock(look, contacts)


def _reached(look: Look, source: str, found: Contact) -> Check:
    message = (
        _("{source}: {host} answers, and takes the credentials of {names}")
        if look.asked.online
        else _("{source}: the credentials are in the environment ({names}); --online asks {host} whether it takes them")
    )
    names = ", ".join(found.variables)
    return Check("sources", "ok", look.say(message, source=printable(source), host=found.host, names=names))


def _lists(project: OpenProject) -> Check:
    """Return whether the public lists that the project keeps are there."""
    say, name = project.say, printable(project.config.directory)
    path = project.root / os.path.expanduser(project.config.directory)  # noqa: PTH111 - a path that is none stays as it is
    try:
        there = path.is_file() or any(path.iterdir())
    except OSError:
        there = False
    if there:
        return Check("sources", "ok", say(_("annuaire:{path}: the public lists are there"), path=name))
    message = say(_("annuaire:{path}: there are no public lists to be read"), path=name)
    return Check("sources", "warning", message, say(_("put them there, or change `annuaire` in the project file")))


def _asked_over_network(project: OpenProject) -> tuple[str, ...]:
    """Return the sources that are set up: the platforms of the project, and those of which the environment holds something."""
    named = tuple(f"afnor:{name}" for name in project.config.platforms)
    held = [name for name, value in os.environ.items() if name.startswith(NETWORK) and value.strip()]
    # AFNOR_NAME_… is the account of a platform that the project names.
    plain = {"AFNOR_CLIENT_ID", "AFNOR_CLIENT_SECRET"}
    has_afnor = any(name in plain or name.startswith("CHORUS_CONFIG_AFNOR_") for name in held)
    has_piste = any(name.startswith(("PISTE_", "CPRO_", "CHORUS_CONFIG_PISTE_")) for name in held)
    return (*named, *(["afnor:"] if has_afnor else []), *([f"piste:{project.config.environment}"] if has_piste else []))


def _remedy(look: Look) -> str:
    if look.asked.online:
        return look.say(_("correct what is told; without this source all works but `drift`, `observe` and `import` from it"))
    return look.say(_("needed only to read this source: set it in the environment, and ask with --online"))


def _clock(look: Look, contacts: list[Contact]) -> Iterator[Check]:
    told = next((one for one in contacts if one.at is not None), None)
    if told is None or told.at is None:
        return
    say, seconds = look.say, round(abs((datetime.now(UTC) - told.at).total_seconds()))
    if seconds <= _MOST_SECONDS:
        yield Check("clock", "ok", say(_("the clock of this machine agrees with that of {host}"), host=told.host))
        return
    message = say(_("the clock of this machine differs from that of {host} by {n} seconds"), host=told.host, n=seconds)
    yield Check("clock", "warning", message, say(_("set the clock of this machine by a time server")))
