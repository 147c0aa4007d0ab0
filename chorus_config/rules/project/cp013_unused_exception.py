"""CP013: a waiver that nothing needs any more, or that is past its last day; an acceptance past its last day.

Exceptions outlive the reason they were made for; the list is kept short so that each is still read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, ProjectIndex
from chorus_config.rules.catalogue import RULES, needs_lists

TEXTS = RuleTexts(
    title=_("Waiver unused or expired, acceptance expired"),
    why=_("An exception that is no longer needed hides the next real fault of its kind."),
    source=_("project advice"),
    messages={
        "unused": _("Nothing in {sheet} needs the waiver of {rule}"),
        "waiver": _("The waiver of {rule} for {sheet} ended on {day}"),
        "acceptance_unused": _("No change here needs the acceptance of {rule} for {sheet}"),
        "option_unused": _("No change here needs `--accept {rule}:{sheet}=…`"),
        "acceptance": _("The acceptance of {rule} for {sheet} ended on {day}"),
    },
    remedy=_("Delete the entry; if its reason still holds, write a new end and say why."),
    remedies={"option_unused": _("Check the rule and the address against the plan, which names both beside each change.")},
    fails="""\
derogations:
  - {regle: CP102, fiche: "13001100000000", motif: "listed so in the directory", jusqu_au: "2020-12-31"}
""",
    passes="""\
derogations: []
""",
    about="projet",
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at each exception that ended, and, when the whole project was checked, at each that nothing needed."""
    if index.project_file is None:
        return
    for group, case, key in (("derogations", "waiver", "fiche"), ("acceptations", "acceptance", "adresse")):
        rows: Any = index.project.decisions.get(group, ())
        for number, row in enumerate(rows):
            found = _case_of(row, case, key, index)
            if found:
                args = {"rule": row["regle"], "sheet": row[key], "day": _day(row.get("jusqu_au", ""))}
                at: Path = (group, number, "jusqu_au" if found == case else "regle")
                yield CrossFileFault(index.project_file, "projet", "", Fault("CP013", at, found, args=args))


def _case_of(row: dict[str, Any], case: str, key: str, index: ProjectIndex) -> str:
    """Return the case in which an exception is to be told of, "" for none; CP015 has told what is not allowed at all."""
    rule = RULES.get(row["regle"])
    if rule is None or rule.fixed:
        return ""
    if row.get("jusqu_au", "9999") < index.day.isoformat():
        return case
    unused = case == "waiver" and rule.where != "change" and _is_judged(row, index)
    return "unused" if unused and (row["regle"], row[key]) not in index.used_waivers else ""


def _day(text: str) -> date | str:
    """Return the day that a text names; a text that names none as it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _is_judged(row: dict[str, Any], index: ProjectIndex) -> bool:
    """Without its reason or end a waiver is not obeyed (CP015), and a file whose name is not known may need it.

    So may what was not compared with the public lists that the project names.
    """
    unread = index.lists is None or bool(index.lists.problem)
    if needs_lists(row["regle"]) and index.project.directory and unread:
        return False
    return index.whole and not index.nameless and bool(row.get("motif", "").strip()) and "jusqu_au" in row
