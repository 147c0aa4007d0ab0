"""CP001: the file is not valid YAML.

Reading stops at the fault, and nothing else in the file is checked. The fault is often on the line before the
one shown: a quotation mark left open, a colon too many, a key out of line.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("YAML syntax"),
    why=_(
        "A file that cannot be read is not checked at all: none of its values is compared, planned or entered on the portal."
    ),
    source=_("YAML 1.2.2"),
    messages={
        "": _("Syntax error: {problem}"),
        "complex": _("A key is itself a block or a list: a word followed by a colon is expected"),
        "comment": _("A comment begins without a space before it: other programs refuse the file"),
        "continued": _("Indentation: {found} before this line, which continues line {line} and needs {wanted} at least"),
        "dash": _("A dash between brackets is no value: other programs refuse the file"),
        "blanks": _("A line of spaces before a block of text is longer than the indentation of the text"),
        "odd": _("Invisible character {codepoint} ({name}) in the place of a space: {shown}"),
        "indent": _("Indentation: {found} before « {word} », but {wanted} before its neighbour « {other} » (line {line})"),
    },
    remedy=_("Correct the line shown; if it looks right, the cause is on the line before."),
    remedies={
        "comment": _("Put a space before « # », or the text that holds it between double quotes."),
        "continued": _("Put more spaces before the line, or write the whole value on one line."),
        "dash": _('Delete it, or write it between double quotes: "-".'),
        "blanks": _("Delete the spaces of this line."),
        "odd": _("Delete it and type a space: such characters come from a word processor or a web page."),
        "indent": _("Put as many spaces before this line as before those of the same block: two more begin an inner block."),
    },
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont
  adresse_electronique: "factures@valmont.example"
adresse_postale:
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
