"""libyaml's node tree, with no tag resolved: the text of a scalar stays the text of the scalar.

What composing cannot see or survive is looked for on libyaml's events, which are not recursive: composing 100,000 nested
brackets kills the process, and a composed tree no longer shows anchors, tags and directives.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from chorus_config.model.finding import Fault, Span

if not yaml.__with_libyaml__:  # pragma: no cover - a broken installation, not an input
    raise ImportError("PyYAML was installed without libyaml: reinstall it from a wheel")

from yaml._yaml import CParser

MAX_DEPTH: Final = 32
MAX_NODES: Final = 50_000
# Composing is safe to a depth of 10,000 (design/engine.md). Under 256 KiB, indentation alone nests less than 1,500 deep;
# beyond that a level costs one of these characters.
_NESTING: Final = (b"[", b"{", b"-", b"?")
_SAFE_DEPTH: Final = 5_000
_REFUSED_MARKS: Final = (b"&", b"*", b"!", b"%", b"\n---", b"\n...")


class _Reader(CParser):
    """The C composer, with its resolver switched off."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        """Give every node the same tag: none is ever looked at."""
        return ""

    def descend_resolver(self, _parent: Any, _index: Any) -> None:
        """Do nothing: there is no resolver to follow."""

    def ascend_resolver(self) -> None:
        """Do nothing: there is no resolver to follow."""


def compose(data: bytes) -> Any:
    """Return the root node of the one document in UTF-8 `data`, or None when there is none. Raises yaml.YAMLError."""
    reader = _Reader(data)
    try:
        return reader.get_single_node()
    finally:
        reader.dispose()


class StopParsing(Exception):
    """Carries the fault that stops a file."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.rule)
        self.fault = fault


def guard(data: bytes) -> None:
    """Refuse anchors, aliases, tags, directives, a second document and abysmal depth. Raises Stop, yaml.YAMLError.

    Most files hold no character that could begin any of these, and are not looked at twice.
    """
    if not any(sign in data for sign in _REFUSED_MARKS) and sum(map(data.count, _NESTING)) < _SAFE_DEPTH:
        return
    depth = nodes = documents = 0
    for event in yaml.parse(data, Loader=yaml.CLoader):
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            _refuse_node(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            _refuse_document_start(event, documents)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        check_limits(depth, nodes, event)


def check_limits(depth: int, nodes: int, at: Any) -> None:
    """Refuse what is too deep or too large; `at` is the event or node that goes too far. Raises Stop."""
    if depth > MAX_DEPTH:
        raise StopParsing(Fault("CP005", case="depth", args={"limit": MAX_DEPTH}, span=span_of(at)))
    if nodes > MAX_NODES:
        raise StopParsing(Fault("CP005", case="nodes", args={"limit": MAX_NODES}, span=span_of(at)))


def span_of(item: Any) -> Span:
    """Return where an event or node stands; libyaml counts lines and code points from 0."""
    start, end = item.start_mark, item.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _refuse_node(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise StopParsing(Fault("CP003", case="alias", span=span_of(event)))
    if event.anchor is not None:
        raise StopParsing(Fault("CP003", case="anchor", span=span_of(event)))
    if event.tag is not None:
        raise StopParsing(Fault("CP003", case="tag", span=span_of(event)))


def _refuse_document_start(event: Any, documents: int) -> None:
    if event.version is not None or event.tags:
        raise StopParsing(Fault("CP003", case="directive", span=span_of(event)))
    if documents > 1:
        raise StopParsing(Fault("CP003", case="document", span=span_of(event)))
