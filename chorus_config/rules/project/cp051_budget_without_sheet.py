"""CP051: a budget of the portfolio has no sheet.

The guide asks the principal manager to set up « l'ensemble des budgets ». A sheet whose identifiant is at fault, or that cannot
be read, is there all the same: what is wrong with it is told in the sheet, and nothing is concluded from it here. Where one
sheet is in no budget and was meant for this one, both places are told as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, OtherPlace, ProjectIndex, SheetFacts
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.rules.judges.checksums import is_fourteen_digits, siret_holds
from chorus_config.rules.judges.names import NamedFile, are_near, meant_files

TEXTS = RuleTexts(
    title=_("Every budget of the portfolio has its sheet"),
    why=_("A budget that nobody set up stays inactive on the portal: its suppliers cannot send their invoices."),
    source=_("guide 2016: the principal manager sets up each sheet, « l'ensemble des budgets »"),
    messages={
        "": _("The budget {value} has no sheet"),
        "digits": _("The budget {value} has no sheet, and its check digits do not agree: it is probably mistyped"),
        "near": _("The budget {value} has no sheet: {sheet} is probably meant, whose sheet is in no budget"),
        "file": _("The budget {value} has no sheet: the file named after it describes {sheet}, which is in no budget"),
        "sheet": _("the sheet that is in no budget"),
    },
    remedy=_(
        "Write its sheet (`chorus-config import` does, from what exists), or take the budget out of the portfolio. A budget "
        "that has no structure on the portal yet: ask the comptable public for it (outside Hélios, the support of Chorus Pro); "
        "`chorus-config letter budget` writes the request."
    ),
    remedies={
        "digits": _("Copy the SIRET from INSEE's record of the structure (« avis de situation ») into `portefeuille.budgets`."),
        "near": _("Write {sheet} in `portefeuille.budgets`."),
        "file": _("Correct whichever is wrong: the identifiant in the sheet, or the one in `portefeuille.budgets`."),
    },
    fails="""\
portefeuille:
  budgets:
    - {identifiant: "21169999600016"}
""",
    passes="""\
portefeuille:
  budgets: []
""",
    about="projet",
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at each budget of the project file that no sheet describes."""
    missing = budgets_without_sheet(index)
    if not missing or index.project_file is None:
        return
    stray = sheets_meant_for(missing, index)
    waived = {waiver.sheet for waiver in index.project.waivers if waiver.rule == "CP102"}
    trial = index.project.environment == "qualification"
    for number, owner in enumerate(index.project.budgets):
        if owner in missing:
            at: Path = ("portefeuille", "budgets", number, "identifiant")
            fault, others = _fault(owner, at, stray.get(owner), may_differ=trial or owner in waived)
            yield CrossFileFault(index.project_file, "projet", owner, fault, others)


def budgets_without_sheet(index: ProjectIndex) -> frozenset[str]:
    """Return the budgets that no sheet describes, and for which no file is meant whose name is at fault."""
    known = Counter(fact.owner for fact in index.sheets())
    missing = [owner for owner in dict.fromkeys(index.project.budgets) if owner not in known]
    if not missing:
        return frozenset()
    nameless = [NamedFile(one.path, one.written) for one in index.nameless if one.kind == "fiche-structure"]
    meant = meant_files(missing, nameless)
    left = [owner for owner in missing if owner not in meant]
    # What a file holds that says nothing of itself may be any of them.
    if len(left) <= len(nameless) - len(meant):
        return frozenset()
    # Of two files of one name (CP011), one was meant for the budget that it is called after.
    twins = {NamedFile(fact.path).stem for fact in index.sheets() if known[fact.owner] > 1}
    return frozenset(left) - twins


def sheets_meant_for(missing: frozenset[str], index: ProjectIndex) -> Mapping[str, SheetFacts]:
    """Return the sheets that are in no budget and were probably meant for one that has none, by its identifiant."""
    budgets = frozenset(index.project.budgets)
    outside = {fact.path: fact for fact in index.sheets() if fact.owner not in budgets} if missing else {}
    found = meant_files(sorted(missing), [NamedFile(fact.path, (fact.owner,)) for fact in outside.values()])
    return {owner: outside[file.path] for owner, file in found.items()}


def _fault(owner: str, at: Path, sheet: SheetFacts | None, *, may_differ: bool) -> tuple[Fault, tuple[OtherPlace, ...]]:
    if sheet is not None:
        case = "near" if are_near(owner, sheet.owner) else "file"
        fault = Fault("CP051", at, case, args={"value": owner, "sheet": sheet.owner})
        return fault, (OtherPlace(sheet.path, sheet.kind, NAMES[sheet.kind], "sheet"),)
    wrong = is_fourteen_digits(owner) and not siret_holds(owner) and not may_differ
    return Fault("CP051", at, "digits" if wrong else "", args={"value": owner}), ()
