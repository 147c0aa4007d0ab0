"""Why the body of a snapshot is not in the shape of a sheet, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from chorus_config.diff.expand import root_of
from chorus_config.diff.fields import is_sensitive, pointer
from chorus_config.i18n.translator import _
from chorus_config.model.address import LISTS, Address, parse_address
from chorus_config.model.finding import Path
from chorus_config.model.secrets import HIDDEN
from chorus_config.rules.judges.checksums import bic_holds, has_form_of_iban
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import STRICT, Schema, schema

_MASKED_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2} \*{4} [0-9A-Z]{4}")
_TYPES: Final = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
EXPECTED_TYPES: Final = {
    "string": _("a text is due here, between double quotes"),
    "boolean": _("true or false is due here, without quotes"),
    "integer": _("a whole number is due here, without quotes"),
    "array": _("a list is due here, between square brackets"),
    "object": _("a block is due here, between curly brackets"),
}


def fault_of(body: Mapping[str, Any], root: str) -> tuple[Path, str] | None:
    """Return where a body is not in the shape of a sheet, and why (a message id); None when all is well."""
    address = parse_address(root)
    # Written otherwise than it is read, or a folder of accounts without the account: no name of anything.
    if address.group not in {"", "comptes"} or str(address) != root or "/" in address.owner or address.owner in {"", "comptes"}:
        return (), _("root is neither an identifiant nor comptes/REF")
    kind = kind_of(address)
    named = root_of({"type": kind, **body})
    if body.get("type", kind) != kind or (named is not None and named != address):
        return (), _("root and body do not name the same structure or account")
    whole = schema(STRICT[kind])
    return next(_misshapen(body, whole, whole, ()), None) or next(_invalid(body), None)


def kind_of(address: Address) -> str:
    """Return which file describes what a root names."""
    return "compte-utilisateur" if address.group else "fiche-structure"


def is_masked(group: str, key: str, value: object) -> bool:
    """Tell whether a value is sensitive and stands as results show it."""
    if not isinstance(value, str) or HIDDEN not in value:
        return False
    return is_sensitive(group, pointer((key,))) or _MASKED_IBAN.search(value) is not None


def _misshapen(value: Any, node: Schema, whole: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield each place where a value is not of the type that its schema wants; a body need not be complete."""
    expected = node.get("type", "string")
    wanted = _TYPES[expected]
    # To Python, true is a number.
    if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
        yield path, EXPECTED_TYPES[expected]
    elif isinstance(value, dict):
        yield from _misshapen_block(value, node, whole, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _misshapen(item, resolved(whole, node["items"]), whole, (*path, index))
        yield from _misnamed(value, path)


def _misshapen_block(block: dict[str, Any], node: Schema, whole: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    for key, item in block.items():
        inner = resolved(whole, node["properties"].get(key))
        # The blocks of the screen that no file manages are known words without a type.
        if not inner or inner.get("not") == {}:
            yield (*path, key), _("no sheet has this key")
        else:
            yield from _misshapen(item, inner, whole, (*path, key))


def _misnamed(entries: list[Any], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the entries of a list of the sheet without a name, or with the name of an earlier one."""
    kind = next((kind for kind in LISTS if path == (kind.group,)), None)
    names: set[str] = set()
    for index, entry in enumerate(entries if kind is not None else ()):
        name = entry.get(kind.key) if kind is not None and kind.key and isinstance(entry, dict) else entry
        if not isinstance(name, str) or not name or name in names:
            yield (*path, index), _("an entry needs a name of its own")
        else:
            names.add(name)


def _invalid(body: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield what a body of the right shape must not say: it could be taken over as approved."""
    if body.get("version", 1) != 1:
        yield ("version",), _("this version of chorus-config knows version 1 only")
    group = "coordonnees_bancaires"
    for index, entry in enumerate(body.get(group, ())):
        for key, has_form in (("iban", _is_whole_iban), ("bic", bic_holds)):
            value = entry.get(key, "")
            # What is read from a screen has blanks, and may have small letters.
            if value and not is_masked(group, key, value) and not has_form("".join(value.split()).upper()):
                message = _("this is neither a whole value nor one masked by `****`: write it whole, or leave it out")
                yield (group, index, key), message


def _is_whole_iban(text: str) -> bool:
    """Tell whether a text has the form of a whole IBAN; whether its check digits hold is a matter of the sheet (CP302)."""
    if not has_form_of_iban(text) or len(text) < 15 or "XXX" in text:
        return False
    return not text.startswith("FR") or (len(text) == 27 and text[2:14].isdigit() and text[-2:].isdigit())
