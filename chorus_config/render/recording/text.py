"""What was taken over from an observed source, for people: what it replaced, what was seen, what remains to be entered."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.operation import Recording
from chorus_config.render.shared.paint import plain
from chorus_config.render.shared.text import closing_lines, operation_lines


def recording_text(recording: Recording, left: int, say: Translator) -> str:
    """Return what was recorded; `left` operations are open then."""
    lines = [
        _recorded(recording, say),
        *replaced(recording, say),
        *_seen(recording, say),
        *_opened_anew(recording, say),
        *closing_lines(left, say),
    ]
    return "\n".join(lines) + "\n"


def _recorded(recording: Recording, say: Translator) -> str:
    if recording.changes_nothing:
        return say(_("Nothing to record: the store says all of it already."))
    return say.count(
        _("Recorded: {n} structure or account."), _("Recorded: {n} structures and accounts."), len(recording.roots)
    )  # fmt: skip


def _seen(recording: Recording, say: Translator) -> Iterator[str]:
    messages = _("{n} operation was seen on the portal: closed."), _("{n} operations were seen on the portal: closed.")
    if recording.seen:
        yield say.count(*messages, len(recording.seen))


def _opened_anew(recording: Recording, say: Translator) -> Iterator[str]:
    messages = (
        _("{n} operation still to be entered starts from another value now: `chorus-config worksheet` shows it."),
        _("{n} operations still to be entered start from other values now: `chorus-config worksheet` shows them."),
    )
    if recording.reopened:
        yield say.count(*messages, len(recording.reopened))


def replaced(recording: Recording, say: Translator) -> Iterator[str]:
    """Yield what was approved and is replaced by what the portal says, value by value."""
    if recording.taken:
        yield say(_("Approved until now, replaced by what the portal says:"))
        yield from operation_lines(recording.taken, say, plain)
