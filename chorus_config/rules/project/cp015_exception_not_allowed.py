"""CP015: the project file makes an exception that the rule does not allow, or without reason or end.

Some rules protect every invoice, or the reading of the file itself, or see to it that what is approved is one thing: an
unknown key, a missing one, a wrong value, a name that two entries share. No level change, waiver or acceptance reaches
them. For the others, an exception says why, and until when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleContext, RuleTexts
from chorus_config.rules.catalogue import RULES

TEXTS = RuleTexts(
    title=_("Level change, waiver or acceptance not allowed"),
    why=_("An exception without a reason or an end outlives the people who decided it, and nobody dares to lift it."),
    source=_("project advice"),
    messages={
        "level": _("{rule} allows no change of level"),
        "waiver": _("{rule} allows no waiver"),
        "acceptance": _("{rule} allows no acceptance"),
        "level_undefined": _(
            "{rule} allows no change of level: without it, what is approved could mean two things, or lose an entry"
        ),
        "waiver_undefined": _("{rule} allows no waiver: without it, what is approved could mean two things, or lose an entry"),
        "unknown": _("No rule is called {rule}"),
        "reason": _("The exception to {rule} gives no reason: `motif` is expected"),
        "end": _("The exception to {rule} has no end: `jusqu_au` is expected"),
    },
    remedy=_("Delete the line and correct what the rule points at."),
    remedies={
        "unknown": _("Correct the id: `chorus-config rules` lists the rules."),
        "reason": _("Add a `motif` that somebody else will understand in a year."),
        "end": _("Add `jusqu_au`, the date on which the exception is to be looked at again."),
    },
    fails="""\
regles:
  CP401: warning
""",
    passes="""\
regles:
  CP701: info
""",
    about="projet",
)

# Without these, a key that nobody knows, a value of another kind or a name that two entries share would be approved.
_DEFINING: Final = frozenset(
    {"CP007", "CP008", "CP009", "CP011", "CP101", "CP305", "CP402", "CP403", "CP601", "CP605"},
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each exception of a project file that its rule does not allow, or that lacks its reason or end."""
    for rule in _block(body, "regles", dict):
        if _is_unknown(rule):
            yield Fault("CP015", ("regles", rule), "unknown", "key", {"rule": rule})
        elif _is_fixed(rule):
            yield Fault("CP015", ("regles", rule), _reason(rule, "level"), "key", {"rule": rule})
    for group, case in (("derogations", "waiver"), ("acceptations", "acceptance")):
        for index, row in enumerate(_block(body, group, list)):
            yield from _exception(row, (group, index), case)


def _exception(row: Any, path: Path, case: str) -> Iterator[Fault]:
    rule = row.get("regle") if isinstance(row, dict) else None
    if not isinstance(rule, str):
        return
    if _is_unknown(rule) or not _is_allowed(rule, case):
        yield Fault("CP015", (*path, "regle"), "unknown" if _is_unknown(rule) else _reason(rule, case), args={"rule": rule})
        return
    for key, missing in (("motif", "reason"), ("jusqu_au", "end")):
        if not str(row.get(key, "")).strip():
            yield Fault("CP015", (*path, "regle"), missing, args={"rule": rule})


def _reason(rule: str, case: str) -> str:
    """Return the case that says why a rule is fixed, where it keeps what is approved from being undefined."""
    return f"{case}_undefined" if rule in _DEFINING and case != "acceptance" else case


def _is_unknown(rule: str) -> bool:
    # A key that is no id at all is CP007's.
    return re.fullmatch("CP[0-9]{3}", rule) is not None and rule not in RULES


def _is_allowed(rule: str, case: str) -> bool:
    """Tell whether a rule allows an exception; only errors of change are accepted."""
    return not _is_fixed(rule) and (case == "waiver" or rule not in RULES or RULES[rule].where == "change")


def _is_fixed(rule: str) -> bool:
    return rule in RULES and RULES[rule].fixed


def _block(body: dict[str, Any], key: str, wanted: type) -> Any:
    found = body.get(key)
    return found if isinstance(found, wanted) else wanted()
