"""CP052: a sheet belongs to no budget of the portfolio.

Either the portfolio forgot a budget, or the sheet is not yours to set up.
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.rules.cp011 import NAMES
from chorus_config.texts.mark import _
from chorus_config.words.census import Census, Wide
from chorus_config.words.finding import Fault
from chorus_config.words.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Every sheet is in the portfolio"),
    why=_("A sheet that the portfolio does not name is left out of the count before the deadline."),
    source=_("project advice"),
    messages={"": _("The structure {value} is in no budget of the portfolio")},
    remedy=_("Add it to `portefeuille.budgets`, or delete the sheet if the structure is not yours."),
    fails='# portefeuille without identifiant: "21169999600016", whose sheet is there',
    passes='# portefeuille: {budgets: [{identifiant: "21169999600016"}]}',
)


def check(census: Census) -> Iterator[Wide]:
    """Yield a fault at the identifiant of each sheet outside the portfolio, when there is one."""
    if not census.project.budgets:
        return
    for fact in census.sheets():
        if fact.owner not in census.project.budgets:
            fault = Fault("CP052", NAMES[fact.kind], args={"value": fact.owner})
            yield Wide(fact.path, fact.kind, fact.owner, fault)
