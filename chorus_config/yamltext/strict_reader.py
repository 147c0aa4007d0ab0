"""The strict reader: libyaml's node tree to plain data, whatever form a document is written in, without resolving anything."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

import yaml

from chorus_config.model.finding import Fault, Path
from chorus_config.yamltext.characters import (
    MAX_FAULTS,
    PLACEHOLDER,
    cleaned,
    escaped_fault,
    forbidden_in_file,
    forbidden_in_value,
    readable,
)
from chorus_config.yamltext.compose import StopParsing, check_limits, compose, guard, span_of
from chorus_config.yamltext.layout import odd_blank_in
from chorus_config.yamltext.parsed_text import AlteredScalar, ParsedText, stopped_by
from chorus_config.yamltext.repeated_keys import without_repetitions
from chorus_config.yamltext.strict import loose_syntax
from chorus_config.yamltext.syntax import syntax_fault
from chorus_config.yamltext.values import altered, boolean

_NO_KEYS: Final = frozenset({"<<", "-"})


def read_strictly(text: str) -> ParsedText:
    """Read a document with libyaml, whatever its form: what is no YAML 1.2 or holds what no sheet may hold is told."""
    hidden = forbidden_in_file(text, MAX_FAULTS)
    data = readable(text)
    builder = _DataBuilder(suspicious=bool(hidden) or "\\" in text or "\t" in text, replaced=bool(hidden))
    try:
        guard(data)
        tree = compose(data)
        root = builder.value(tree, (), None)
        meant, repeated = without_repetitions(tree) if builder.repeated else (tree, ())
        if repeated:
            builder = _DataBuilder(suspicious=builder.suspicious, replaced=builder.replaced)
            root = builder.value(meant, (), None)
    except StopParsing as stopped:
        return stopped_by(*hidden, stopped.fault)
    except yaml.YAMLError as error:
        return stopped_by(*hidden, syntax_fault(error, text))
    loose = loose_syntax(text, tree)
    if loose is not None:
        return stopped_by(*hidden, loose)
    return ParsedText(root, (*hidden, *repeated, *builder.faults), tuple(builder.altered))


def _looks_like_one_of(key: str, keys: Iterable[str]) -> bool:
    """Tell whether a key is there in other characters that look the same: « é » may be one character or two."""
    wanted = unicodedata.normalize("NFC", key)
    return any(unicodedata.normalize("NFC", other) == wanted for other in keys)


class _DataBuilder:
    """What gathers while a node tree becomes data; recursion is bounded by the depth limit."""

    __slots__ = ("altered", "faults", "node_count", "repeated", "replaced", "suspicious")

    def __init__(self, *, suspicious: bool, replaced: bool) -> None:
        self.suspicious = suspicious
        self.replaced = replaced
        self.repeated = False
        self.node_count = 1
        self.faults: list[Fault] = []
        self.altered: list[AlteredScalar] = []

    def value(self, node: Any, path: Path, container: Any) -> object:
        """Return the data of a node at `path` inside `container`; None for no node. Raises Stop."""
        if node.__class__ is yaml.ScalarNode:
            return self._scalar(node, path, container)
        if node is None:
            return None
        self.node_count += len(node.value) * (2 if node.__class__ is yaml.MappingNode else 1)
        check_limits(len(path) + 1, self.node_count, node)
        if node.__class__ is yaml.MappingNode:
            return self._mapping(node, path)
        items: list[object] = []
        for index, item in enumerate(node.value):
            items.append(self.value(item, (*path, index), items))
        return items

    def _mapping(self, node: Any, path: Path) -> dict[str, object]:
        made: dict[str, object] = {}
        scalar, calm, ascii_only = yaml.ScalarNode, not self.suspicious, True
        for name, item in node.value:
            key = self._key(name, item)
            if not key.isascii():
                ascii_only = False
                self._refuse_odd_blank(name, key=True)
            if key in made or (not ascii_only and _looks_like_one_of(key, made)):
                self.repeated = True
            # What stands between quotation marks is text, and needs no second look: nearly every value does.
            plain_text = calm and item.__class__ is scalar and item.style
            made[key] = item.value if plain_text else self.value(item, (*path, key), made)
        return made

    def _refuse_odd_blank(self, node: Any, *, key: bool) -> None:
        span = span_of(node)
        odd = odd_blank_in(node.value, span, key=key) if not node.style else None
        if odd is not None:
            raise StopParsing(odd)

    def _key(self, node: Any, item: Any) -> str:
        if node.__class__ is not yaml.ScalarNode:
            raise StopParsing(Fault("CP001", case="complex", span=span_of(node)))
        if node.value in _NO_KEYS and not node.style:
            self._refuse_key(node, item)
        return self._text(node)

    def _refuse_key(self, node: Any, item: Any) -> None:
        if node.value == "<<":
            raise StopParsing(Fault("CP003", case="merge", span=span_of(node)))
        # `{-}`; with a colon behind it, it is a key to every reader.
        if item.start_mark.index <= node.end_mark.index:
            raise StopParsing(Fault("CP001", case="dash", span=span_of(node)))

    def _scalar(self, node: Any, path: Path, container: Any) -> object:
        text = self._text(node)
        if node.style:
            return text
        if text == "-":
            raise StopParsing(Fault("CP001", case="dash", span=span_of(node)))
        if not text.isascii():
            self._refuse_odd_blank(node, key=False)
        flag = boolean(text)
        if flag is not None:
            return flag
        if altered(text):
            self.altered.append(AlteredScalar(path, container, text, span_of(node)))
        return text

    def _text(self, node: Any) -> str:
        text: str = node.value
        if not self.suspicious:
            return text
        character = forbidden_in_value(text, replaced=self.replaced)
        if character:
            self.faults.append(escaped_fault(character, span_of(node)))
        return cleaned(text) if character or PLACEHOLDER in text else text
