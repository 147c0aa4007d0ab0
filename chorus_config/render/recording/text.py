"""What was taken over from an observed source, for people: what it replaced, what was seen, what remains to be entered."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.recording import Recording
from chorus_config.render.shared.operation_lines import closing_lines, operation_lines
from chorus_config.render.shared.paint import plain


def recording_text(found: Recording, left: int, say: Translator) -> str:
    """Return what was recorded; `left` operations are open then."""
    lines = [
        _recorded(found, say),
        *replaced(found, say),
        *_seen(found, say),
        *_opened_anew(found, say),
        *closing_lines(left, say),
    ]
    return "\n".join(lines) + "\n"


def _recorded(found: Recording, say: Translator) -> str:
    if found.changes_nothing:
        return say(_("Nothing to record: the store says all of it already."))
    return say.count(
        _("Recorded: {n} structure or account."), _("Recorded: {n} structures and accounts."), len(found.roots)
    )  # fmt: skip


def _seen(found: Recording, say: Translator) -> Iterator[str]:
    told = _("{n} operation was seen on the portal: closed."), _("{n} operations were seen on the portal: closed.")
    if found.seen:
        yield say.count(*told, len(found.seen))


def _opened_anew(found: Recording, say: Translator) -> Iterator[str]:
    told = (
        _("{n} operation still to be entered starts from another value now: `chorus-config worksheet` shows it."),
        _("{n} operations still to be entered start from other values now: `chorus-config worksheet` shows them."),
    )
    if found.reopened:
        yield say.count(*told, len(found.reopened))


def replaced(found: Recording, say: Translator) -> Iterator[str]:
    """Yield what was approved and is replaced by what the portal says, value by value."""
    if found.taken:
        yield say(_("Approved until now, replaced by what the portal says:"))
        yield from operation_lines(found.taken, say, plain)
