"""CP705: « MOA uniquement » is ticked, and « Structure avec MOA » is not.

The first says that a project owner (MOA) always steps in, the second that one may.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("« MOA uniquement » without « Structure avec MOA »"),
    why=_(
        "The two boxes contradict each other: works invoices would await a project owner (MOA) that the "
        "structure says it does not have."
    ),
    source=_("inferred; AIFE, API « Référentiel des organisations » 1.1.6"),
    messages={
        "": _("« MOA uniquement » is ticked, but « Structure avec MOA » is not: both are expected, or neither"),
    },
    remedy=_("Write `structure_avec_moa: true`, or `moa_uniquement: false`."),
    fails="""\
parametres:
  structure_avec_moa: false
  moa_uniquement: true
""",
    passes="""\
parametres:
  structure_avec_moa: true
  moa_uniquement: true
""",
)
