"""CP017: the file is plainly something else than a sheet.

An open conflict of git, a git-lfs pointer, a table, a web page, a plan that was saved under the name of a sheet: told by
name and once, instead of what YAML makes of it. So are line ends that only some programs know.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

_TABLE = _("Write one sheet for each structure, starting from the one that the README explains, and keep the table elsewhere.")
_TEXT = _("Write the sheet as plain text, starting from the one that the README explains, and keep this file elsewhere.")
_PAGE = _("Download the file itself: a login page or an error page often comes in its place.")

TEXTS = RuleTexts(
    title=_("Another kind of file, or an open conflict"),
    why=_("Nothing in it can be checked, compared or planned: the sheet that should stand in its place is missing."),
    source=_("project advice: how these files begin"),
    messages={
        "": _("Git left a conflict open from line {first} to line {last}: both versions stand there, one is expected"),
        "mark": _("This line is a mark that git leaves in a conflict (`{mark}`): it is no part of the sheet"),
        "lfs": _("The file is a git-lfs pointer: the sheet itself was not downloaded"),
        "annex": _("The file is a git-annex pointer: the sheet itself was not downloaded"),
        "csv": _("The file is a table (CSV, columns parted by {separator}): a sheet in YAML is expected"),
        "spreadsheet": _("The file is a spreadsheet (Excel or LibreOffice): a sheet in YAML is expected"),
        "office": _("The file is a document of Word, Excel or LibreOffice: a sheet in YAML is expected"),
        "pdf": _("The file is a PDF document: a sheet in YAML is expected"),
        "html": _("The file is a web page (HTML): a sheet in YAML is expected"),
        "page": _("The file is a web page (HTML), « {title} »: a sheet in YAML is expected"),
        "xml": _("The file is XML: a sheet in YAML is expected"),
        "image": _("The file is an image: a sheet in YAML is expected"),
        "archive": _("The file is a compressed archive (ZIP, 7z or RAR): a sheet in YAML is expected"),
        "encrypted": _("The file is encrypted: the sheet in clear is expected"),
        "sqlite": _("The file is an SQLite database, such as the store of a project: a sheet in YAML is expected"),
        "patch": _("The file is a patch (the output of `git diff` or `git format-patch`): the whole sheet is expected"),
        "plan": _("The file is a plan saved by chorus-config, not a sheet"),
        "snapshot": _("The file is a snapshot saved by chorus-config, not a sheet"),
        "result": _("The file is what `chorus-config {command} --format json` writes, not a sheet"),
        "line ends": _("The lines end with {ends}, which most programs read as no line end: LF or CRLF is expected"),
    },
    remedy=_("Keep one version of them, delete the lines of seven signs that git added, then `git add`."),
    remedies={
        "mark": _("Delete the line, and check that the lines around it hold one version only."),
        "lfs": _("Download it with `git lfs pull`; a sheet is small text, and does better without git-lfs (`.gitattributes`)."),
        "annex": _("Download it with `git annex get`."),
        "csv": _TABLE,
        "spreadsheet": _TABLE,
        "office": _TEXT,
        "pdf": _TEXT,
        "html": _PAGE,
        "page": _PAGE,
        "xml": _TEXT,
        "image": _TEXT,
        "archive": _("Unpack it, and keep the archive elsewhere."),
        "encrypted": _("Decrypt it where the sheets are checked (`git-crypt unlock`, `ansible-vault decrypt`)."),
        "sqlite": _("Move it out of the folder of the sheets; `registre` in chorus-config.yaml says where the store is."),
        "patch": _("Apply it to the sheet with `git apply`, and delete it here."),
        "plan": _("Show it with `chorus-config show FILE`, approve it with `chorus-config apply FILE`; `plan` takes sheets."),
        "snapshot": _("Read it with `chorus-config observe FILE`, or compare with it: `chorus-config drift --against FILE`."),
        "result": _("Name the sheets instead, and keep this file out of their folder."),
        "line ends": _("Save the file in your editor with the line ends of Unix (LF) or of Windows (CRLF)."),
    },
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
<<<<<<< HEAD
  libelle: "Commune de Valmont"
=======
  libelle: "Ville de Valmont"
>>>>>>> accueil
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
  libelle: "Ville de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)
