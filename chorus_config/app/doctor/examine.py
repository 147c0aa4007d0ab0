"""`doctor`: every check in its order; whatever one of them meets is a line of the result, never an end of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.app.doctor.folder import check_folder, check_hooks, check_interrupted, check_project, check_schemas
from chorus_config.app.doctor.git import check_git
from chorus_config.app.doctor.look import Checker, DoctorOptions, Look, look_at
from chorus_config.app.doctor.program import check_encoding, check_packages, check_python
from chorus_config.app.doctor.sources import check_sources
from chorus_config.app.doctor.store import check_locks, check_store
from chorus_config.app.project import OpenOptions
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check, Examination
from chorus_config.model.errors import ChorusConfigError

_CHECKS: Final[tuple[tuple[str, Checker], ...]] = (
    ("python", check_python),
    ("packages", check_packages),
    ("encoding", check_encoding),
    ("folder", check_folder),
    ("git", check_git),
    ("project", check_project),
    ("interrupted", check_interrupted),
    ("store", check_store),
    ("locks", check_locks),
    ("sources", check_sources),
    ("hooks", check_hooks),
    ("schemas", check_schemas),
)


def examine(options: OpenOptions | None = None, asked: DoctorOptions | None = None) -> Examination:
    """Look at all that the work in a project needs: Python, packages, git, project file, store, sources and more.

    Writes nothing; an import that was interrupted is finished or undone, as every command does. The network is asked for
    sources only when `asked.online`. Never raises: what cannot be looked at is a fault of the result.
    """
    look = look_at(options or OpenOptions(), asked or DoctorOptions())
    checks = tuple(one for name, checker in _CHECKS for one in _guarded(name, checker, look))
    return Examination(checks, look.asked.online)


def _guarded(name: str, checker: Checker, look: Look) -> Iterator[Check]:
    """Yield the lines of a check; one that fails itself is a line, too."""
    try:
        yield from checker(look)
    except ChorusConfigError as error:
        yield Check(name, "fault", str(error))
    except Exception as error:
        # Its text may repeat what the sheets hold.
        message = _("this could not be looked at: internal error ({kind})")
        remedy = _("please report this line")
        yield Check(name, "fault", look.say(message, kind=type(error).__name__), look.say(remedy))
