"""CP051: a budget of the portfolio has no sheet.

The guide asks the principal manager to set up « l'ensemble des budgets ».
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleTexts
from chorus_config.model.project import CrossFileFault, ProjectIndex

TEXTS = RuleTexts(
    title=_("Every budget of the portfolio has its sheet"),
    why=_("A budget that nobody set up stays inactive on the portal: its suppliers cannot send their invoices."),
    source=_("guide 2016: the principal manager sets up each sheet, « l'ensemble des budgets »"),
    messages={"": _("The budget {value} has no sheet")},
    remedy=_("Write its sheet, or take the budget out of the portfolio."),
    fails="""\
portefeuille:
  budgets:
    - {identifiant: "21169999600016"}
""",
    passes="""\
portefeuille:
  budgets: []
""",
    about="projet",
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at each budget of the project file that no sheet describes."""
    known = {fact.owner for fact in index.sheets()}
    for number, owner in enumerate(index.project.budgets):
        # A sheet that cannot be read is there all the same: CP001 and its like have told it.
        is_there = owner in known or any(owner in path for path in index.unread)
        if not is_there and index.project_file is not None:
            at = ("portefeuille", "budgets", number, "identifiant")
            yield CrossFileFault(index.project_file, "projet", owner, Fault("CP051", at, args={"value": owner}))
