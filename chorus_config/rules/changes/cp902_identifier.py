"""CP902: the identifier of a sheet, or its type, is changed in place.

Another SIRET is another sheet: it is written in a new file that says `remplace`. The rule is never accepted.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Identifier changed in place"),
    why=_(
        "The portal never edits a SIRET: the old sheet is deactivated and another is made, without the "
        "billing mandate, the technical account and the connection. A change in place would leave all of "
        "that forgotten."
    ),
    source=_("AIFE, news of communaute.chorus-pro.gouv.fr: change of SIRET"),
    messages={
        "identifiant": _("The identifier changes in the same file: a new sheet with `remplace` is expected"),
        "type": _("The type of identifier changes in place: a new sheet with `remplace` is expected"),
    },
    remedy=_("Restore this sheet, and write the new SIRET in another file whose `remplace` names the old one."),
    fails="""\
address: "21169999600024"
identifiant: "21169999600024"
kind: structure
key: null
op: create
before: null
after:
  type_identifiant: SIRET
  identifiant: "21169999600024"
  libelle: "Commune de Valmont"
fields: {}
context:
  as_of: "2016-10-01"
  known: false
  list_managed: false
  public: true
  same_file_as: "21169999600016"
  replaced: false
""",
    passes="""\
address: "21169999600024"
identifiant: "21169999600024"
kind: structure
key: null
op: create
before: null
after:
  type_identifiant: SIRET
  identifiant: "21169999600024"
  libelle: "Commune de Valmont"
fields: {}
context:
  as_of: "2016-10-01"
  known: false
  list_managed: false
  public: true
  same_file_as: null
  replaced: false
""",
    about="changement",
)
