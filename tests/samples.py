"""The smallest valid files, the examples of the rules built on them, and what a check says of a text."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.i18n.translator import translator_for
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import TrackedDay
from chorus_config.model.project import FileKind, ProjectConfig, TextFile
from chorus_config.rules.catalogue import texts
from tests.rules.sheet_changes import SheetChange, sheet_changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chorus_config.model.finding import Finding

Which = Literal["fails", "passes"]
Told = tuple[str, str, int, int]

SIRET: Final = "21169999600016"
TODAY: Final = date(2026, 11, 23)
# Days on which the examples of dated rules are to be judged; all others are judged today.
DAYS: Final = {
    **dict.fromkeys(("CP501", "CP608", "CP706", "CP707", "CP802"), date(2016, 10, 1)),
    **dict.fromkeys(("CP502", "CP504"), date(2020, 1, 1)),
    "CP710": date(2017, 6, 1),
    # Until the portal of 2023 a sheet gave the roles that these examples speak of, and CP904 was an error.
    **dict.fromkeys(("CP904", "CP905"), date(2016, 10, 1)),
}

SHEET: Final = """\
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
"""
ACCOUNT: Final = """\
type: compte-utilisateur
version: 1
ref: "dgs"
informations_personnelles:
  adresse_electronique_contact: "dgs@valmont.example"
  nom: "MARTIN"
  prenom: "Alix"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
parametres:
  langue: "Français"
  recevoir_notifications: true
"""
PROJECT: Final = """\
type: projet
version: 1
"""
SMALLEST: Final[dict[FileKind, str]] = {"fiche-structure": SHEET, "compte-utilisateur": ACCOUNT, "projet": PROJECT}


def composed(base: str, blocks: str) -> str:
    """Return `base` with whole top-level blocks replaced by those of `blocks`; new ones come after the others."""
    return "".join((_blocks(base) | _blocks(blocks)).values())


def changed(base: str, old: str, new: str) -> str:
    """Return `base` with one piece of text, which must occur exactly once, replaced."""
    assert base.count(old) == 1, (old, base)
    return base.replace(old, new)


def example_text(rule: str, which: Which) -> str:
    """Return the whole file of a rule's example; that of a rule of change is two of them (`example_sheets`)."""
    blocks = texts(rule).fails if which == "fails" else texts(rule).passes
    assert isinstance(blocks, str)
    return blocks if blocks.startswith("type:") else composed(SMALLEST[example_kind(rule)], blocks)


def example_of_change(rule: str, which: Which) -> ChangeExample:
    """Return the example of a rule of change, as written."""
    example = texts(rule).fails if which == "fails" else texts(rule).passes
    assert isinstance(example, ChangeExample)
    return example


def example_yaml(example: str | ChangeExample) -> tuple[str, ...]:
    """Return the YAML of an example as written: one text, or the two of a change."""
    return (example,) if isinstance(example, str) else (example.before, example.after)


def example_sheets(rule: str, which: Which) -> tuple[str, str]:
    """Return the two whole sheets of an example of a rule of change; the second is "" where it is gone."""
    example = example_of_change(rule, which)
    before, after = (composed(SHEET, text) if text else "" for text in (example.before, example.after))
    return before, after


def example_states(rule: str, which: Which) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the data of both sheets; the second is {} where it is gone."""
    before, after = example_sheets(rule, which)
    return body(before) if before else {}, body(after) if after else {}


def example_changes(rule: str, which: Which) -> list[SheetChange]:
    """Return the changes that the two snippets of an example make, judged on a day on which the rule is in force."""
    before, after = example_states(rule, which)
    new_file = example_of_change(rule, which).new_file
    return sheet_changes(before, after, day_of(rule), new_file=new_file, on_portal=before != {})


def change_example(rule: str, which: Which) -> dict[str, Any]:
    """Return the document of the change that a rule finds fault with, or of the one at its address that it lets pass."""
    (failing,) = [
        each for each in example_changes(rule, "fails")
        if rule in {fault.rule for fault in each.faults} and each.address.endswith(example_of_change(rule, "fails").entry)
    ]  # fmt: skip
    if which == "fails":
        return failing.document
    passing = example_changes(rule, "passes")
    return next((each for each in passing if each.address == failing.address), passing[0]).document


def example_kind(rule: str) -> FileKind:
    """Return the kind of file that a rule's examples are."""
    about = texts(rule).about
    assert about != "changement"
    return about


def day_of(rule: str) -> date:
    """Return a day on which a rule is in force."""
    return DAYS.get(rule, TODAY)


def setting(day: date = TODAY, project: ProjectConfig | None = None) -> CheckSettings:
    """Return a setting in English."""
    return CheckSettings(TrackedDay(day), translator_for("en"), project or ProjectConfig())


def checked(
    text: str | bytes, kind: FileKind = "fiche-structure", day: date = TODAY, project: ProjectConfig | None = None
) -> CheckedFile:
    """Check one text as the program does."""
    raw = text.encode() if isinstance(text, str) else text
    return check_file(TextFile(file_name(raw), raw, kind), setting(day, project))


def file_name(raw: bytes) -> str:
    """Return the name that a file's own identifiant or ref asks for, so that CP012 has nothing to say."""
    found = re.search(rb"^ *(?:identifiant|ref): *(\"[^\"\n]*\"|[^\n#]*)", raw, re.MULTILINE)
    name = found[1].decode("utf-8", "replace").strip() if found else "fichier"
    return f"{name.strip(chr(34))}.yaml"


def verdict(
    text: str | bytes, kind: FileKind = "fiche-structure", day: date = TODAY, project: ProjectConfig | None = None
) -> tuple[Finding, ...]:
    """Return what a check finds in one text, in the order of its lines."""
    return checked(text, kind, day, project).findings


def told(findings: Iterable[Finding]) -> list[Told]:
    """Return rule, pointer, line and column of each finding, in order."""
    return [(finding.rule, finding.pointer, finding.span.line, finding.span.column) for finding in findings]


def body(text: str, kind: FileKind = "fiche-structure") -> dict[str, Any]:
    """Return the data of a text as the schemas judge them."""
    document = checked(text, kind).document
    assert document is not None
    return dict(document.body)


def _blocks(text: str) -> dict[str, str]:
    """Split a text into its top-level blocks, by key."""
    found: dict[str, str] = {}
    for block in re.split(r"(?m)^(?=[^\s#])", text):
        if block:
            found[block.partition(":")[0]] = block
    return found
