"""The registry: every rule that this version enforces, with its level and where it is enforced.

A rule's words live in the module of its name (`cp401.py`), imported only when it has something to say.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from chorus_config.words.rule import Rule, RuleTexts

_RULES: Final = (
    Rule("CP001", "error", "loader", fixed=True),
    Rule("CP002", "error", "loader", fixed=True),
    Rule("CP003", "error", "loader", fixed=True),
    Rule("CP004", "error", "loader", fixed=True),
    Rule("CP005", "error", "loader", fixed=True),
    Rule("CP006", "error", "loader"),
    Rule("CP007", "error", "strict"),
    Rule("CP008", "error", "strict"),
    Rule("CP009", "error", "strict"),
    Rule("CP010", "warning", "python", ready=True),
    Rule("CP011", "error", "python"),
    Rule("CP012", "info", "python"),
    Rule("CP013", "warning", "python"),
    Rule("CP014", "error", "loader", fixed=True),
    Rule("CP015", "error", "python", fixed=True),
    Rule("CP051", "warning", "python", ready=True),
    Rule("CP052", "warning", "python"),
    Rule("CP053", "warning", "python"),
    Rule("CP101", "error", "strict"),
    Rule("CP102", "error", "python"),
    Rule("CP103", "error", "strict"),
    Rule("CP104", "error", "strict"),
    Rule("CP105", "warning", "python"),
    Rule("CP106", "error", "python"),
    Rule("CP107", "info", "python"),
    Rule("CP108", "warning", "advice", ready=True),
    Rule("CP109", "warning", "advice"),
    Rule("CP110", "warning", "advice"),
    Rule("CP112", "warning", "python"),
    Rule("CP201", "error", "strict"),
    Rule("CP202", "error", "strict"),
    Rule("CP203", "error", "python"),
    Rule("CP204", "warning", "python"),
    Rule("CP205", "warning", "advice"),
    Rule("CP301", "warning", "advice"),
    Rule("CP302", "error", "python"),
    Rule("CP303", "error", "python"),
    Rule("CP304", "info", "advice"),
    Rule("CP305", "error", "python"),
    Rule("CP401", "error", "strict", fixed=True),
    Rule("CP402", "error", "strict"),
    Rule("CP403", "error", "python"),
    Rule("CP404", "error", "strict"),
    Rule("CP405", "error", "python"),
    Rule("CP406", "info", "advice"),
    Rule("CP407", "warning", "python"),
    Rule("CP408", "warning", "python"),
    Rule("CP501", "warning", "advice"),
    Rule("CP502", "error", "python"),
    Rule("CP504", "warning", "python"),
    Rule("CP505", "error", "python"),
    Rule("CP601", "error", "strict"),
    Rule("CP602", "error", "strict"),
    Rule("CP603", "info", "advice"),
    Rule("CP604", "warning", "advice"),
    Rule("CP605", "error", "python"),
    Rule("CP606", "info", "python"),
    Rule("CP608", "warning", "advice"),
    Rule("CP701", "warning", "advice"),
    Rule("CP702", "error", "strict"),
    Rule("CP703", "warning", "advice"),
    Rule("CP704", "warning", "advice"),
    Rule("CP705", "error", "strict"),
    Rule("CP706", "error", "python"),
    Rule("CP707", "error", "python"),
    Rule("CP708", "warning", "advice"),
    Rule("CP709", "warning", "advice"),
    Rule("CP710", "warning", "advice"),
    Rule("CP801", "error", "strict"),
    Rule("CP802", "error", "strict"),
    Rule("CP803", "error", "python"),
    Rule("CP804", "error", "strict"),
    Rule("CP901", "error", "change", fixed=True, risk=True),
    Rule("CP902", "error", "change", fixed=True, risk=True),
    Rule("CP903", "info", "change"),
    # Until the portal of 21 February 2023, « seul le Rôle peut être modifié ».
    Rule("CP904", "error", "change", risk=True, later=("2023-02-21", "warning")),
    Rule("CP905", "error", "change", risk=True),
    Rule("CP906", "warning", "change", risk=True),
    Rule("CP907", "error", "change", risk=True),
    Rule("CP908", "warning", "change", risk=True),
    Rule("CP909", "warning", "change", risk=True),
    Rule("CP910", "error", "change", risk=True),
    Rule("CP911", "warning", "change", risk=True),
    Rule("CP912", "warning", "change", risk=True),
    Rule("CP914", "warning", "change", risk=True),
    Rule("CP915", "info", "change"),
    Rule("CP916", "warning", "change"),
    Rule("CP920", "error", "guard"),
)

RULES: Final = {rule.id: rule for rule in _RULES}


def known_rule(word: str) -> bool:
    """Tell whether a word is a rule's id or the beginning of one (`CP4` is a block)."""
    return len(word) >= 3 and any(rule.startswith(word) for rule in RULES)


def texts(rule: str) -> RuleTexts:
    """Return what a rule says; its module is imported at the first call. Raises KeyError for an unknown id."""
    module = import_module(f"chorus_config.rules.{RULES[rule].id.lower()}")
    found: RuleTexts = module.TEXTS
    return found
