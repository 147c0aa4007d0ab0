"""CP909: the structure is deactivated.

On the portal this is a request, which is examined, not a box to tick.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Structure deactivated"),
    why=_("No supplier can deposit an invoice for an inactive structure any more."),
    source=_("AIFE, « Demande de création ou de désactivation de structures publiques »"),
    messages={
        "": _("The structure becomes inactive: a request for deactivation is expected, no invoice can be deposited afterwards"),
    },
    remedy=_("Make the request on the portal once the last invoices are in; if the structure goes on, write `statut: ACTIF`."),
    fails="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
  statut: ACTIF
after:
  identifiant: "21169999600016"
  statut: INACTIF
fields:
  /statut:
    before: ACTIF
    after: INACTIF
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
  statut: INACTIF
after:
  identifiant: "21169999600016"
  statut: ACTIF
fields:
  /statut:
    before: INACTIF
    after: ACTIF
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
