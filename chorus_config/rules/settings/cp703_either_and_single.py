"""CP703: « engagement ou code service » is ticked together with one of the two single boxes.

Whether the portal allows it is not documented, and the programs that suppliers use do not read it the same
way.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("« Engagement or service code » together with a single box"),
    why=_(
        "Suppliers' programs disagree: for some either of the two is enough, for others the single box wins. "
        "Some invoices will be rejected, and nobody will see why."
    ),
    source=_("inferred; OCA, l10n-france, l10n_fr_chorus_account"),
    messages={
        "": _(
            "« Le numéro d'engagement ou le code service est obligatoire » is ticked together with a single "
            "box: one or the other is expected"
        ),
    },
    remedy=_(
        "Keep the single box if that information is always required, or « engagement ou code service » if either is enough."
    ),
    fails="""\
parametres:
  code_service_obligatoire: true
  engagement_ou_code_service_obligatoire: true
""",
    passes="""\
parametres:
  code_service_obligatoire: false
  engagement_ou_code_service_obligatoire: true
""",
)
