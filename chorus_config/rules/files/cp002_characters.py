"""CP002: the file is not UTF-8, or holds a hidden, bidirectional or control character.

Such a character is copied unseen from a web page, a PDF or a spreadsheet. It is looked for in the file, and
again in the values once their escapes are read; a value may hold line feeds, nothing else of that kind.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Encoding, or hidden character"),
    why=_(
        "Two values that look the same may differ by a character that nobody sees: the SIRET is not found, "
        "the service code is unknown, and the reviewer approves something else than what is on the screen."
    ),
    source=_("project advice, after Unicode 15.1"),
    messages={
        "encoding": _("The file is not UTF-8 text (probably {guess})"),
        "zeros": _("The file holds zero bytes only: its content is lost"),
        "hidden": _("Hidden character {codepoint} ({name}): only visible text is expected"),
        "control": _("Control character {codepoint}: only text and line ends are expected"),
        "escaped": _("The value contains the character {codepoint}: only visible text is expected in a value"),
    },
    remedy=_("Delete the character, or type the value again instead of pasting it."),
    remedies={
        "encoding": _(
            "Open the file in the program that made it and save it as UTF-8, or name its encoding: "
            "`chorus-config fix --encoding cp1252`."
        ),
        "zeros": _("Restore the file from git with `git restore`."),
    },
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont\\u200B"
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
