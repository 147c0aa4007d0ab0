"""The program itself: its Python, its packages, how texts are encoded around it."""

from __future__ import annotations

import codecs
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import Final

from msgspec import Struct

from chorus_config import __version__
from chorus_config.app.doctor.look import Look
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check
from chorus_config.store.address import is_postgres

_OLDEST: Final = (3, 11)
_REQUIREMENT: Final = re.compile(r"([A-Za-z0-9._-]+)[^;>]*(?:>=\s*([0-9.]+))?")
_EXTRA: Final = re.compile(r"""extra\s*==\s*["']([A-Za-z0-9_-]+)["']""")
# What the environment holds for who asks sources over the network.
NETWORK: Final = ("CHORUS_CONFIG_AFNOR_", "CHORUS_CONFIG_PISTE_", "AFNOR_", "PISTE_", "CPRO_")


class _Package(Struct, frozen=True):
    """A package that the program needs: the least version, "" for any, and the extra that asks for it, "" for none."""

    name: str
    least: str
    extra: str


def check_python(look: Look) -> Iterator[Check]:
    """Yield which Python runs."""
    found = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}".strip()
    if sys.version_info[:2] >= _OLDEST:
        yield Check("python", "ok", found)
    else:
        oldest = ".".join(map(str, _OLDEST))
        remedy = look.say(_("install Python {oldest} or newer, then chorus-config in it"), oldest=oldest)
        yield Check("python", "fault", look.say(_("{found} is too old"), found=found), remedy)


def check_packages(look: Look) -> Iterator[Check]:
    """Yield the version of the program, and which of the packages that it needs here are missing or too old."""
    say, extras = look.say, _extras(look)
    try:
        wanted = metadata.requires("chorus-config") or []
    except metadata.PackageNotFoundError:
        message = _("chorus-config {version}, run without being installed: its packages were not looked at")
        yield Check("packages", "ok", say(message, version=__version__))
        return
    needed = [one for one in map(_needed, wanted) if one is not None and one.extra in {"", *extras}]
    wrong = [one for one in needed if not _is_there(one)]
    if not wrong:
        message = _("chorus-config {version}; the packages it needs here are installed: {n}")
        yield Check("packages", "ok", say(message, version=__version__, n=len(needed)))
        return
    names = ", ".join(f"{one.name} ≥ {one.least}" if one.least else one.name for one in wrong)
    told = say(_("chorus-config {version}; missing or too old: {names}"), version=__version__, names=names)
    yield Check("packages", "fault", told, _install(wrong))


def _install(wrong: Sequence[_Package]) -> str:
    """Return the command that installs what is missing, the extras that ask for it named."""
    extras = ",".join(sorted({one.extra for one in wrong if one.extra}))
    return f"pip install --upgrade 'chorus-config{f'[{extras}]' if extras else ''}'"


def check_encoding(look: Look) -> Iterator[Check]:
    """Yield whether the terminal and the names of files take accents."""
    say, names = look.say, sys.getfilesystemencoding()
    strange = []
    if look.asked.terminal and not _is_utf8(look.asked.terminal):
        strange.append(say(_("the terminal writes {name}: accents may look wrong there"), name=look.asked.terminal))
    if not _is_utf8(names):
        strange.append(say(_("names of files are read as {name}: those with accents may not be found"), name=names))
    if not strange:
        yield Check("encoding", "ok", say(_("the terminal and the names of files are UTF-8")))
        return
    remedy = _("set PYTHONUTF8=1; on Windows also chcp 65001") if os.name == "nt" else _("set PYTHONUTF8=1 and LANG=C.UTF-8")
    yield Check("encoding", "warning", say(_("; ")).join(strange), say(remedy))


def _extras(look: Look) -> frozenset[str]:
    """Return the extras that the project and the environment ask for."""
    config = None if look.project is None else look.project.config
    asked = any(value.strip() for name, value in os.environ.items() if name.startswith(NETWORK))
    http = asked or (config is not None and bool(config.platforms))
    postgres = config is not None and is_postgres(config.store)
    return frozenset(name for name, needed in (("http", http), ("postgres", postgres)) if needed)


def _needed(requirement: str) -> _Package | None:
    """Return the package that a requirement names; None for what other systems need."""
    marker = requirement.partition(";")[2]
    extra = _EXTRA.search(marker)
    found = _REQUIREMENT.match(requirement.partition(";")[0].strip())
    if found is None or (marker.strip() and extra is None):
        return None
    return _Package(found[1], found[2] or "", extra[1] if extra is not None else "")


def _is_there(package: _Package) -> bool:
    try:
        found = metadata.version(package.name)
    except metadata.PackageNotFoundError:
        return False
    return not package.least or _numbers(found) >= _numbers(package.least)


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with, without zeros at the end."""
    begin = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in begin[0].split(".")] if begin is not None else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _is_utf8(name: str) -> bool:
    try:
        return codecs.lookup(name).name == "utf-8"
    except LookupError:
        return False
