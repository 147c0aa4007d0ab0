"""Values and kinds of resources as people read them, before any format; identical groups folded into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Finding
from chorus_config.model.iban import masked_text
from chorus_config.yamltext.characters import printable

LEVEL_LABELS: Final = {"error": _("error"), "warning": _("warning"), "info": _("note")}
# The kinds of resources, by the names of model/address.py.
KIND_LABELS: Final = {
    "structure": _("Structure"),
    "compte": _("Account"),
    "service": _("Service"),
    "espace": _("Espace"),
    "utilisateur": _("User"),
    "compte_bancaire": _("Bank account"),
}

# A file name that is no UTF-8 is read with these in it; no encoding can write them.
_HALF: Final = "[\ud800-\udfff]"
T = TypeVar("T")
# Fewer are shown one by one.
_LEAST: Final = 3


def folded(
    groups: Iterable[T], signature: Callable[[T], object], stands_alone: Callable[[T], bool]
) -> Iterator[tuple[T, tuple[T, ...]]]:
    """Yield each group with the others that have its signature (a hashable), in the order of the first of each.

    Groups that stand alone, and those that fewer than three share, come without others.
    """
    alike: dict[object, list[T]] = {}
    for group in groups:
        alike.setdefault(signature(group), []).append(group)
    for same in alike.values():
        if len(same) >= _LEAST and not stands_alone(same[0]):
            yield same[0], tuple(same[1:])
        else:
            yield from ((group, ()) for group in same)


def visible(text: str) -> str:
    """Return a text as one line in which each control, hidden or unwritable character is spelt `\\u{1b}`."""
    return _writable(printable(text))


def relative(path: str) -> str:
    """Return a path as code hosts compare it: no leading `./`; what no encoding can write is spelt out."""
    return _writable(masked_text(path.removeprefix("./")))


def _writable(text: str) -> str:
    return re.sub(_HALF, lambda match: f"\\u{{{ord(match.group()):x}}}", text)


def location(finding: Finding) -> str:
    """Return `path:line:col`; a file name cannot act on the terminal."""
    return f"{printable(finding.path)}:{finding.span.line}:{finding.span.column}"
