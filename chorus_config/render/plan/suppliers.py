"""What suppliers will see of a comparison, before any format: a line a change, under the name of its structure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.notice import Notice
from chorus_config.model.plan import Plan
from chorus_config.render.notice.view import ShownAddressChange, changes, remark
from chorus_config.render.plan.verdict import revision

HEADING: Final = _("What suppliers will see")


class SupplierLine(Struct, frozen=True):
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
            known = remark(structure, say) or say(_("The sheet is new: these addresses may be in the directory already."))
            yield SupplierLine(structure.siret, remark=f"{count}. {known}")
            continue
        yield from (SupplierLine(structure.siret, one) for one in changes(structure, notice, say))


def next_step(plan: Plan, say: Translator) -> str:
    """Return how the notice to suppliers is made of the same two revisions; files that are no commit are those on the disk."""
    base = plan.before.source.removeprefix("git:")
    first = "HEAD" if base == "index" else revision(base)
    last = f"..{revision(plan.desired.commit)}" if plan.desired.commit else ""
    return say(_("The notice to send them: `chorus-config notice --changes {revisions}`."), revisions=f"{first}{last}")


def day_of(plan: Plan) -> date:
    """Return the day of a plan; the first day of all where it says none."""
    try:
        return date.fromisoformat(plan.as_of)
    except ValueError:
        return date.min
