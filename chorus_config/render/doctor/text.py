"""What `doctor` found, for people: one line a check, below it what to do, at the end how many are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.doctor import Check, CheckStatus, Examination
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable

_WORDS: Final[Mapping[CheckStatus, str]] = {"ok": _("good"), "warning": _("to look at"), "fault": _("at fault")}
_MEANINGS: Final[Mapping[CheckStatus, str]] = {"ok": "good", "warning": "warning", "fault": "error"}
_SUBJECTS: Final[Mapping[str, str]] = {
    "python": _("Python"), "packages": _("program"), "encoding": _("accents"), "folder": _("folder"), "git": _("git"),
    "project": _("project file"), "interrupted": _("interrupted import"), "store": _("store"), "locks": _("locks"),
    "sources": _("sources"), "clock": _("clock"), "hooks": _("checks before a commit"), "schemas": _("schemas"),
}  # fmt: skip


def doctor_text(found: Examination, say: Translator, paint: Paint) -> str:
    """Return every check, and the verdict."""
    width = max(len(say(word)) for word in _WORDS.values())
    lines = [line for check in found.checks for line in _lines(check, width, say, paint)]
    return "\n".join([*lines, "", _verdict(found, say)]) + "\n"


def _lines(check: Check, width: int, say: Translator, paint: Paint) -> Iterator[str]:
    word = paint(say(_WORDS[check.status]).ljust(width), _MEANINGS[check.status])
    subject = paint(say(_SUBJECTS[check.name]), "title")
    yield f"{word}  {say(_('{subject}: {message}'), subject=subject, message=printable(check.message))}"
    if check.remedy:
        yield f"{' ' * width}  → {printable(check.remedy)}"


def _verdict(found: Examination, say: Translator) -> str:
    faults, warnings = found.count("fault"), found.count("warning")
    if not faults and not warnings:
        return say(_("Nothing hinders the work."))
    told = say.count(_("{n} thing at fault"), _("{n} things at fault"), faults)
    return say(_("{faults}; to look at: {n}."), faults=told, n=warnings)
