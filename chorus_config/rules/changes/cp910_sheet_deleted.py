"""CP910: the sheet of a known structure was deleted, and no other sheet says that it replaces it.

A public structure is never deleted from here. Once the deletion is accepted and applied, the structure is no
longer managed, and nothing changes on the portal.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Sheet of a known structure deleted"),
    why=_("The structure stays on the portal and goes on receiving invoices, while nobody watches its sheet any more."),
    source=_("AIFE, « Demande de création ou de désactivation de structures publiques »"),
    messages={
        "": _("The sheet of a known structure is deleted: it is expected to stay, or another to say `remplace`"),
    },
    remedy=_(
        "Restore the file. If the SIRET changed, write `remplace` in the new sheet; if the structure closes, "
        "ask for its deactivation; to stop managing it only, accept the deletion with a reason."
    ),
    fails="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: delete
before:
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
after: null
fields: {}
context:
  as_of: "2016-10-01"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: false
""",
    passes="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: delete
before:
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
after: null
fields: {}
context:
  as_of: "2016-10-01"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: true
""",
    about="changement",
)
