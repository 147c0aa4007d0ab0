"""CP704: the commitment number and the service code are both mandatory.

It is the strictest setting: the supplier must give the two on every invoice.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Commitment number and service code both mandatory"),
    why=_("An invoice that lacks either of the two is rejected at the entrance: this is the setting that rejects most."),
    source=_("project advice; OCA, l10n-france, l10n_fr_chorus_account: both are then needed"),
    messages={
        "": _("The commitment number and the service code are both mandatory: one of the two at most is expected"),
    },
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
