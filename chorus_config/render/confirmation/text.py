"""What `confirm` did, for the person who did it."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.operation import Confirmation
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import remaining_line
from chorus_config.yamltext.characters import printable


def confirm_text(confirmation: Confirmation, say: Translator, paint: Paint) -> str:
    """Return how many operations were entered and dropped, and how many remain."""
    counts = {state: sum(one.state == state for one in confirmation.settled) for state in ("entered", "dropped")}
    counted = (
        (_("{n} operation entered."), _("{n} operations entered."), counts["entered"]),
        (_("{n} operation dropped."), _("{n} operations dropped."), counts["dropped"]),
        (
            _("{n} operation settled by somebody else."),
            _("{n} operations settled by somebody else."),
            len(confirmation.elsewhere),
        ),
    )
    lines = [say.count(one, many, number) for one, many, number in counted if number]
    lines += _of_targets(confirmation, say, nothing=not lines and confirmation.left == 0)
    if confirmation.total is not None:
        lines.append(paint(remaining_line(confirmation.total, say), "good" if confirmation.total == 0 else "title"))
    return "\n".join(lines) + "\n"


def _of_targets(confirmation: Confirmation, say: Translator, *, nothing: bool) -> Iterator[str]:
    """Yield what is to be said of the operations in scope: that there were none, or how many are left."""
    targets = printable(", ".join(confirmation.targets))
    if nothing and targets:
        yield say(_("Nothing to confirm for {targets}: no operation is open."), targets=targets)
    elif nothing:
        yield say(_("Nothing to confirm: no operation is open."))
    elif targets and confirmation.left:
        messages = _("{n} operation of {targets} is still open."), _("{n} operations of {targets} are still open.")
        yield say.count(*messages, confirmation.left, targets=targets)
