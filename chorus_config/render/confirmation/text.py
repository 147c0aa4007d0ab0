"""What `confirm` did, for the person who did it."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.operation import Confirmation
from chorus_config.render.shared.operation_lines import remaining_line
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable


def confirm_text(walk: Confirmation, say: Translator, paint: Paint) -> str:
    """Return how many operations were entered and dropped, and how many remain."""
    counts = {state: sum(one.state == state for one in walk.settled) for state in ("entered", "dropped")}
    counted = (
        (_("{n} operation entered."), _("{n} operations entered."), counts["entered"]),
        (_("{n} operation dropped."), _("{n} operations dropped."), counts["dropped"]),
        (_("{n} operation settled by somebody else."), _("{n} operations settled by somebody else."), len(walk.elsewhere)),
    )
    lines = [say.count(one, many, number) for one, many, number in counted if number]
    lines += _of_targets(walk, say, nothing=not lines and walk.left == 0)
    if walk.total is not None:
        lines.append(paint(remaining_line(walk.total, say), "good" if walk.total == 0 else "title"))
    return "\n".join(lines) + "\n"


def _of_targets(walk: Confirmation, say: Translator, *, nothing: bool) -> Iterator[str]:
    """Yield what is to be said of the operations in scope: that there were none, or how many are left."""
    targets = printable(", ".join(walk.targets))
    if nothing and targets:
        yield say(_("Nothing to confirm for {targets}: no operation is open."), targets=targets)
    elif nothing:
        yield say(_("Nothing to confirm: no operation is open."))
    elif targets and walk.left:
        told = _("{n} operation of {targets} is still open."), _("{n} operations of {targets} are still open.")
        yield say.count(*told, walk.left, targets=targets)
