"""What suppliers will see of a comparison, before any format: a line a change, under the name of its structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.notice import Notice
from chorus_config.model.plan import Plan
from chorus_config.render.notice.view import ShownAddressChange, changes, remark

HEADING: Final = _("What suppliers will see")
NEXT_STEP: Final = _("The notice to send them: `chorus-config notice --changes`, with the same revisions.")


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """One change for suppliers; a structure whose sheet is new has one line, a `remark` without a `change`."""

    root: str
    change: ShownAddressChange | None = None
    remark: str = ""


def supplier_lines(plan: Plan, say: Translator) -> Iterator[SupplierLine]:
    """Yield what suppliers will see, structure by structure; nothing where nothing changes for them."""
    notice = Notice(day_of(plan), plan.suppliers, compared=plan.before.source)
    for structure in plan.suppliers:
        if structure.described == "new":
            count = say.count(_("{n} address"), _("{n} addresses"), len(structure.changes))
            yield SupplierLine(structure.siret, remark=f"{count}. {remark(structure, say)}")
            continue
        yield from (SupplierLine(structure.siret, one) for one in changes(structure, notice, say))


def day_of(plan: Plan) -> date:
    """Return the day of a plan; the first day of all where it says none."""
    try:
        return date.fromisoformat(plan.as_of)
    except ValueError:
        return date.min
