"""CP914: an EDI box is ticked or unticked.

Three boxes are concerned: life cycles by EDI, emitter of EDI flows, data received by EDI. A box that was not known
and stays empty switches nothing.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("EDI box ticked or unticked"),
    why=_(
        "Invoices and their statuses then take another way: unless the connection follows on the same day, they stop reaching "
        "the finance software."
    ),
    source=_("guide 2016, « Paramètres » block: « automatisation via connecteur »; inferred"),
    messages={
        "on": _("« {label} » is ticked: a connection that is ready on the same day is expected"),
        "off": _("« {label} » is unticked: what the connection carried until now will stop coming"),
    },
    remedy=_(
        "Agree on the day with whoever runs the connection (software vendor, operator); until then, leave the box as it was."
    ),
    fails="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
  emetteur_flux_edi: true
after:
  identifiant: "21169999600016"
  emetteur_flux_edi: false
fields:
  /emetteur_flux_edi:
    before: true
    after: false
context:
  as_of: "2026-11-23"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: false
  renamed_to: null
""",
    passes="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
after:
  identifiant: "21169999600016"
  emetteur_flux_edi: false
fields:
  /emetteur_flux_edi:
    before: null
    after: false
context:
  as_of: "2026-11-23"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: false
  renamed_to: null
""",
    about="changement",
)
