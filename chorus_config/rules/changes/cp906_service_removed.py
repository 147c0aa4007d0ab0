"""CP906: a service is removed or deactivated.

FACTURES_PUBLIQUES is CP901's affair, a service that comes back under another code CP907's.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Service removed or deactivated"),
    why=_(
        "Suppliers who go on using its code are rejected at the entrance, and each must send a new invoice under a new number."
    ),
    source=_("AGEDI, knowledge base, sheet 2166: « inconnu ou inactif dans Chorus Pro »"),
    messages={
        "removed": _("The service {entry} is removed: invoices addressed to it will be rejected"),
        "deactivated": _("The service {entry} is deactivated: invoices addressed to it will be rejected"),
    },
    remedy=_(
        "Tell the suppliers which code to use; rather than removing the service, write `actif: false`: it keeps its place and "
        "can come back."
    ),
    remedies={
        "deactivated": _(
            "Tell the suppliers first which code to use; if the service still receives invoices, write `actif: true`."
        ),
    },
    fails="""\
address: "21169999600016/services/ST-TECH"
identifiant: "21169999600016"
kind: service
key: "ST-TECH"
op: delete
before:
  code: "ST-TECH"
  libelle: "Services techniques"
after: null
fields:
  /code:
    before: "ST-TECH"
    after: null
  /libelle:
    before: "Services techniques"
    after: null
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
address: "21169999600016/services/ST-TECH"
identifiant: "21169999600016"
kind: service
key: "ST-TECH"
op: update
before:
  code: "ST-TECH"
  libelle: "Services techniques"
  actif: false
after:
  code: "ST-TECH"
  libelle: "Services techniques"
  actif: true
fields:
  /actif:
    before: false
    after: true
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
