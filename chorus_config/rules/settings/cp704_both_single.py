"""CP704: the commitment number and the service code are both mandatory.

It is the strictest setting: the supplier must give the two on every invoice.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Commitment number and service code both mandatory"),
    why=_("An invoice that lacks either of the two is rejected at the entrance: this is the setting that rejects most."),
    source=_(
        "project advice; OCA, l10n-france, l10n_fr_chorus_account: both are then needed; DGFiP and AIFE, external "
        "specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 22-24 and 45 "
        "(REJ_CONT_B2G); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _("The commitment number and the service code are both mandatory: one of the two at most is expected"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The commitment number and the service code are both mandatory: one of the two at most is expected, "
                "since an invoice without both comes back to its supplier as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_("Keep the one that every supplier can give, or write `engagement_ou_code_service_obligatoire: true` alone."),
    fails="""\
comptabilite: autre
parametres:
  engagement_juridique_obligatoire: true
  code_service_obligatoire: true
""",
    passes="""\
comptabilite: autre
parametres:
  engagement_juridique_obligatoire: false
  code_service_obligatoire: true
""",
)
