"""CP907: the code of a service is renamed in place.

A service is gone, and another with the same label appears under a new code. Labels are compared without regard to
case or runs of blanks.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Service code renamed"),
    why=_(
        "For the portal this is one service lost and another one made: suppliers who know the old code are rejected at the "
        "entrance."
    ),
    source=_("AGEDI, knowledge base, sheet 2166: « inconnu ou inactif dans Chorus Pro »"),
    messages={
        "": _("The service {value} comes back as {renamed_to} with the same label: a code that does not change is expected"),
    },
    remedy=_(
        "Write the code {value} again. If another is needed, add it as a second service and keep the first until no supplier "
        "uses it; then write `actif: false`."
    ),
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
  renamed_to: "TECHNIQUE"
""",
    passes="""\
address: "21169999600016/services/TECHNIQUE"
identifiant: "21169999600016"
kind: service
key: "TECHNIQUE"
op: create
before: null
after:
  code: "TECHNIQUE"
  libelle: "Services techniques"
fields:
  /code:
    before: null
    after: "TECHNIQUE"
  /libelle:
    before: null
    after: "Services techniques"
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
