"""CP703: « engagement ou code service » is ticked together with one of the two single boxes.

Whether the portal allows it is not documented, and the programs that suppliers use do not read it the same
way.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("« Engagement or service code » together with a single box"),
    why=_(
        "Suppliers' programs disagree: for some either of the two is enough, for others the single box wins. "
        "Some invoices will be rejected, and nobody will see why."
    ),
    source=_(
        "inferred; OCA, l10n-france, l10n_fr_chorus_account; DGFiP and AIFE, external specifications of electronic "
        "invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 22-24 and 45 (REJ_CONT_B2G); general file, p. 40 "
        "and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _(
            "« Le numéro d’engagement ou le code service est obligatoire » is ticked together with a single "
            "box: one or the other is expected"
        ),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "« Le numéro d’engagement ou le code service est obligatoire » is ticked together with a single box: "
                "one or the other is expected, since an invoice that a supplier's program lets pass may come back as « "
                "213 Rejetée » (REJ_CONT_B2G)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
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
