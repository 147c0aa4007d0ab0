"""CP916: the structure becomes private or public, or begins or ceases to be a farm management centre.

A box that was not known and stays empty changes nothing.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Kind of structure changed"),
    why=_(
        "A public body that is ticked as private, or as a farm management centre, is treated as another kind of recipient and "
        "loses what public bodies have on the portal."
    ),
    source=_("inferred; AIFE, memento « S'inscrire à Chorus Pro », farm professions"),
    messages={
        "on": _("« {label} » is ticked: an empty box is expected for a public body"),
        "off": _("« {label} » is unticked: a public body is expected"),
    },
    remedy=_("Leave both boxes empty for a local body; for any other, make sure of what it is before the change is entered."),
    fails="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
  structure_privee: false
after:
  identifiant: "21169999600016"
  structure_privee: true
fields:
  /structure_privee:
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
  structure_privee: false
fields:
  /structure_privee:
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
