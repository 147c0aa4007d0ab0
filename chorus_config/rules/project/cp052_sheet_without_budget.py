"""CP052: a sheet belongs to no budget of the portfolio.

Either the portfolio forgot a budget, or the sheet is not yours to set up. A sheet that was meant for a budget without one
is told there (CP051).
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleTexts
from chorus_config.model.project import CrossFileFault, ProjectIndex
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.rules.project.cp051_budget_without_sheet import budgets_without_sheet, sheets_meant_for

TEXTS = RuleTexts(
    title=_("Every sheet is in the portfolio"),
    why=_("A sheet that the portfolio does not name is left out of the count before the deadline."),
    source=_("project advice"),
    messages={"": _("The structure {value} is in no budget of the portfolio")},
    remedy=_("Add it to `portefeuille.budgets`, or delete the sheet if the structure is not yours."),
    fails='# structures/21169999600016.yaml; portefeuille: {budgets: [{identifiant: "21169999600024"}]}',
    passes='# structures/21169999600016.yaml; portefeuille: {budgets: [{identifiant: "21169999600016"}]}',
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at the identifiant of each sheet outside the portfolio, when there is one."""
    if not index.project.budgets:
        return
    budgets = frozenset(index.project.budgets)
    outside = [fact for fact in index.sheets() if fact.owner not in budgets]
    meant = {fact.path for fact in sheets_meant_for(budgets_without_sheet(index), index).values()} if outside else frozenset()
    for fact in outside:
        if fact.path not in meant:
            fault = Fault("CP052", NAMES[fact.kind], args={"value": fact.owner})
            yield CrossFileFault(fact.path, fact.kind, fact.owner, fault)
