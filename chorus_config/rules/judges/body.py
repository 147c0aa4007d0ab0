"""What the rules share to read a body of any shape: its blocks, its lists, its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from chorus_config.model.finding import Fault, Path

# The blanks of the schemas (CP104, CP201): a text made of these alone is blank.
_BLANKS: Final = " \t\n\r\u00a0\u202f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"


def block(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the block of keys under `key`, an empty one when there is none."""
    found = body.get(key)
    return found if isinstance(found, dict) else {}


def entries(body: dict[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield place and content of each block of keys in the list under `key`."""
    found = body.get(key)
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, dict):
            yield index, entry


def words(body: dict[str, Any], key: str) -> Iterator[tuple[int, str]]:
    """Yield place and content of each text in the list under `key`."""
    found = body.get(key)
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, str):
            yield index, entry


def text_in(part: dict[str, Any], key: str) -> str | None:
    """Return the text under `key`, None when there is none or it is blank."""
    found = part.get(key)
    return found if isinstance(found, str) and not is_blank(found) else None


def joined_texts(body: dict[str, Any]) -> str:
    """Return all texts of a body of any shape, one after another on lines: it costs half of what their paths do."""
    said: list[str] = []
    _gather(body, said)
    return "\n".join(said)


def _gather(node: Any, said: list[str]) -> None:
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, str):
            said.append(inner)
        elif isinstance(inner, (dict, list)):
            _gather(inner, said)


def texts_where(node: Any, wanted: Callable[[str], bool], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield path and content of every text of a body of any shape that is wanted; the others cost no path."""
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(inner, str):
            if wanted(inner):
                yield (*path, step), inner
        elif isinstance(inner, (dict, list)):
            yield from texts_where(inner, wanted, (*path, step))


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing."""
    return not text.strip(_BLANKS)


_KEY = "adresse_postale"


def addresses(body: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield path and content of each address: that of the structure or the person, then those of the services that have one."""
    yield (_KEY,), block(body, _KEY)
    for index, service in entries(body, "services"):
        if _KEY in service:
            yield ("services", index, _KEY), block(service, _KEY)


def numbers(body: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield path and text of each telephone and fax number that is not blank."""
    for path, address in addresses(body):
        for key in ("telephone", "fax"):
            number = text_in(address, key)
            if number is not None:
                yield (*path, key), number


def country_beside(body: dict[str, Any], path: Path) -> str:
    """Return the country that is written in the address of the value at `path`, "" where none is."""
    found: Any = body
    for step in path[:-1]:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return (text_in(found, "pays") or "") if isinstance(found, dict) else ""


def repeated(rule: str, body: dict[str, Any], group: str, key: str) -> Iterator[Fault]:
    """Yield a fault at each entry of the list `group` whose `key` an earlier entry has, related to the first."""
    entries = body.get(group)
    first: dict[str, Path] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        path: Path = (group, index, key)
        if first.setdefault(name, path) != path:
            yield Fault(rule, path, args={"value": name}, related=((first[name], "first"),))


_FACTURES_PUBLIQUES: Final = "FACTURES_PUBLIQUES"


def is_guarded(body: dict[str, Any], code: object) -> bool:
    """Tell whether CP401 judges this service alone: FACTURES_PUBLIQUES, on a sheet that is not private."""
    return code == _FACTURES_PUBLIQUES and block(body, "informations_generales").get("structure_privee") is not True


def day_in(service: dict[str, Any], key: str) -> date | None:
    """Return the day under `key`, None when what is written is no real day in the form 2016-09-01."""
    text = service.get(key)
    if not isinstance(text, str) or not text.isascii() or len(text) != 10 or not text[4] == text[7] == "-":
        return None
    # Python reads weeks as well: "2016-W01-1".
    if not text.replace("-", "").isdigit():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
