"""CP003: the file uses an anchor, an alias, a merge key, a tag, a directive or a second document.

A sheet says everything in full, so that what a reviewer reads is what will be entered.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Anchor, alias, merge key, tag, directive or second document"),
    why=_(
        "Each value must be readable where it stands. With a reference, a change on one line alters values "
        "that the reviewer does not have in view."
    ),
    source=_("project advice"),
    messages={
        "anchor": _("Anchor (`&`): a value without a name of its own is expected"),
        "alias": _("Alias (`*`): the value itself is expected"),
        "merge": _("Merge key (`<<`): the keys themselves are expected"),
        "tag": _("Tag (`!`): a value without a tag is expected"),
        "directive": _("Directive (`%`): the keys of the document are expected"),
        "document": _("Second document (`---`): one document per file is expected"),
    },
    remedy=_("Write the value in full in each place that needs it."),
    remedies={
        "tag": _("Remove the tag; put the value between double quotes if it is a text."),
        "directive": _("Delete the line that begins with `%`."),
        "document": _("Move the second document to a file of its own."),
    },
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale: &siege
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
    passes="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)
