"""The rules that a schema cannot say, in the order of their ids, as the catalogue lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from chorus_config.model.finding import Fault
from chorus_config.model.project import CrossFileCheck
from chorus_config.model.rule import RuleContext
from chorus_config.model.text_file import FileKind
from chorus_config.rules.catalogue import RULES, module_of

# Takes the body of a document and its context, and yields faults.
Check = Callable[[dict[str, Any], RuleContext], Iterable[Fault]]


@cache
def checks_of(kind: FileKind) -> tuple[Check, ...]:
    """Return the checks of one file of a kind."""
    return tuple(module_of(rule).check for rule, row in RULES.items() if kind in row.checks)


@cache
def cross_file_checks() -> tuple[CrossFileCheck, ...]:
    """Return the checks that look at all files of a project at once.

    CP013 is not among them: it judges waivers, after all others have said which they needed.
    """
    return tuple(module_of(rule).check for rule, row in RULES.items() if "between" in row.checks and rule != "CP013")
