"""CP053: the deadline is near or past, and sheets are not ready.

« Avant le 31 octobre »: the day itself is too late, the last day is the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleTexts
from chorus_config.model.project import CrossFileFault, ProjectIndex

TEXTS = RuleTexts(
    title=_("Deadline near or past with sheets not ready"),
    why=_(
        "While a sheet is inactive, no invoice can be deposited for it; active but without a user who is notified, it"
        " receives invoices that nobody hears of."
    ),
    source=_("guide 2016: « avant le 31 Octobre 2016 »"),
    messages={
        "near": _("Last day on {last} (days left: {left}), budgets not ready: {n} of {total}"),
        "past": _("The last day was {last}, budgets not ready: {n} of {total}"),
    },
    remedy=_("Run `chorus-config validate --ready`: it says what each sheet still lacks."),
    fails="""\
portefeuille:
  echeance: "2016-10-31"
  budgets:
    - {identifiant: "21169999600016"}
""",
    passes="""\
portefeuille:
  echeance: "2099-12-31"
  budgets:
    - {identifiant: "21169999600016"}
""",
    about="projet",
)

NEAR: Final = timedelta(days=30)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at the deadline when it is at most 30 days away, or past, and a budget has no sheet that is ready."""
    deadline, budgets = index.project.deadline, index.project.budgets
    if deadline is None or index.project_file is None or deadline - index.day > NEAR:
        return
    ready = {fact.owner for fact in index.sheets() if fact.ready}
    late = [owner for owner in budgets if owner not in ready]
    if late:
        last = deadline - timedelta(days=1)
        args = {"last": last, "n": len(late), "total": len(budgets), "left": (last - index.day).days}
        case = "past" if index.day > last else "near"
        yield CrossFileFault(index.project_file, "projet", "", Fault("CP053", ("portefeuille", "echeance"), case, args=args))
