"""What ends a command, each with its exit code (design/product.md, "Commands"). Messages are already in the user's language."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chorus_config.model.finding import Finding


class Exit(IntEnum):
    """Every exit code, by name."""

    OK = 0
    FINDINGS = 1
    CHANGES = 2
    OPEN = 3
    REFUSED = 4
    USAGE = 64
    NO_INPUT = 66
    UNAVAILABLE = 69
    INTERNAL = 70
    LOCKED = 75
    PROJECT = 78
    INTERRUPTED = 130


class ChorusConfigError(Exception):
    """Ends a command: one message for the person, one exit code for the machine."""

    code: Exit = Exit.INTERNAL


class UsageFault(ChorusConfigError):
    """The command line asks for something that does not go together."""

    code = Exit.USAGE


class NoInput(ChorusConfigError):
    """A named file is missing, or nothing matched anywhere."""

    code = Exit.NO_INPUT


class Refused(ChorusConfigError):
    """A guard said no; nothing was written."""

    code = Exit.REFUSED


class Unavailable(ChorusConfigError):
    """The store or an observed source cannot be reached or written."""

    code = Exit.UNAVAILABLE


class Locked(ChorusConfigError):
    """Somebody alive holds the store."""

    code = Exit.LOCKED


class ProjectFault(ChorusConfigError):
    """The project file is invalid; `findings` say where."""

    code = Exit.PROJECT

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings
