"""Faults to findings: a level, a place in the file, and words in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chorus_config.pipelines.setting import Setting, is_waived, level_of
from chorus_config.resources.fields import pointer
from chorus_config.resources.mask import masked
from chorus_config.rules.catalogue import texts
from chorus_config.schema.nodes import is_sensitive, node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.document import Kind
from chorus_config.words.finding import Fault, Finding, Path, Related
from chorus_config.words.parsed import Places
from chorus_config.words.position import START, Span
from chorus_config.yamltext.characters import printable, shown

_EXPECTED: Final = {
    "string": _("a text between double quotes"),
    "boolean": _("true or false"),
    "integer": _("a whole number"),
    "array": _("a list"),
    "object": _("a block of keys"),
}
_THE_FILE: Final = _("the file")


@dataclass(frozen=True, slots=True)
class Subject:
    """The file that is spoken of: `owner` is the identifiant or ref that waivers name, "" when it has none."""

    path: str
    kind: Kind
    owner: str = ""
    places: Places = field(default_factory=Places)


def tell(faults: Iterable[Fault], subject: Subject, setting: Setting) -> tuple[Finding, ...]:
    """Return the findings of one file in the order of its lines; what is waived or switched off is left out."""
    places = subject.places
    told = []
    for fault in faults:
        level = level_of(fault.rule, setting)
        if level is None or is_waived(fault.rule, subject.owner, setting):
            continue
        words = texts(fault.rule)
        named = _named(fault, subject.kind, setting)
        span = fault.span or _span(fault, places)
        told.append(
            Finding(
                rule=fault.rule,
                level=level,
                message=setting.say(words.messages.get(fault.case) or words.messages[""], **named),
                path=subject.path,
                span=span,
                pointer=pointer(fault.path or (_path_at(span, places) if fault.span is not None else ())),
                help=setting.say(words.remedies.get(fault.case, words.remedy), **named),
                related=tuple(_related(where, setting.say(words.messages[case]), subject) for where, case in fault.related),
            )
        )
    return tuple(sorted(told, key=lambda finding: (finding.span, finding.rule, finding.message)))


def _span(fault: Fault, places: Places) -> Span:
    """Return the position of a fault: at its key or value, else at the nearest thing around it that is written."""
    path = fault.path
    if fault.at == "key" and path in places.keys:
        return places.keys[path]
    while path and path not in places.values:
        path = path[:-1]
    return places.values.get(path, START)


def _path_at(span: Span, places: Places) -> Path:
    """Return the path of the innermost key or value around a position which the loader gave, () for none."""
    point, best, found = (span.line, span.column), (0, 0), ()
    for index in (places.values, places.keys):
        for path, known in index.items():
            start, end = (known.line, known.column), (known.end_line, known.end_column)
            if start <= point < end and start >= best:
                best, found = start, path  # type: ignore[assignment]
    return found


def _related(where: Path | Span, message: str, subject: Subject) -> Related:
    span = where if isinstance(where, Span) else subject.places.values.get(where, START)
    return Related(subject.path, span.line, span.column, message)


def _named(fault: Fault, kind: Kind, setting: Setting) -> Mapping[str, object]:
    """Return every place that a message may name, as text that is safe to show."""
    args: dict[str, Any] = dict(fault.args)
    missing = "key" in args and args["key"] not in fault.path[-1:]
    path = (*fault.path, args["key"]) if missing else fault.path
    whole = schema(STRICT[kind])
    node, hidden = node_at(whole, path), is_sensitive(whole, path)
    # An entry of a list has no key of its own: `utilisateurs[1]`.
    key = _dotted(path[-2:] if path and isinstance(path[-1], int) else path[-1:])
    around = {"key": key, "label": node.get("title", key), "parent": _dotted(path[:-1]) or setting.say(_THE_FILE)}
    return {**{name: _worded(name, value, setting.say, hidden=hidden) for name, value in args.items()}, **around}


def _worded(name: str, value: Any, say: Texts, *, hidden: bool) -> str:
    """Return what a fault was told with as words: quoted, translated or spelt out, never what is sensitive."""
    if hidden and name in {"value", "text"}:
        return str(masked(value))
    if name == "value":
        return shown(value)
    if name in {"expected", "problem"}:
        return say(_EXPECTED.get(value, str(value)))
    if name == "allowed":
        return ", ".join(shown(word).strip('"') for word in value)
    return printable(str(value))


def _dotted(path: Path) -> str:
    return printable("".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)[1:])
