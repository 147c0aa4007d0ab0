"""A drafted sheet as the text of its file: blocks in the order of the portal, texts between double quotes, remarks beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from chorus_config.engine.importing.sheet import DraftSheet
from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Path
from chorus_config.model.importing import Remark
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import Schema, schema
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.values import altered, flow, key_text

# A remark that does not fit on the line stands above it.
_WIDTH: Final = 120


def sheet_text(sheet: DraftSheet, head: Sequence[str], say: Translator) -> str:
    """Return the text of a file. `head` are the lines of comment above it, without their sign."""
    return "".join(f"{line}\n" for line in (*(f"# {line}" for line in head), *_Writer(sheet, say).lines()))


class _Writer:
    """Writes one sheet; what there is to say of a place is looked up as it is written."""

    def __init__(self, sheet: DraftSheet, say: Translator) -> None:
        self.sheet, self.say, self.whole = sheet, say, schema(sheet.kind)
        self.remarks: dict[Path, Remark] = {}
        for one in sheet.remarks:
            self.remarks.setdefault(one.path, one)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole sheet."""
        yield from self._block(self.sheet.body, self.whole, ())

    def _block(self, value: Mapping[str, Any], node: Schema, path: Path) -> Iterator[str]:
        """Yield the lines of a block, without indentation."""
        known: Mapping[str, Any] = resolved(self.whole, node).get("properties", {})
        for key in (*known, *(key for key in value if key not in known)):
            at = (*path, key)
            if key in value:
                yield from self._entry(key, value[key], known.get(key, {}), at)
            elif at in self.remarks and self.remarks[at].absent:
                yield f"# {key}: {self._said(self.remarks[at])}"

    def _entry(self, key: str, value: Any, node: Schema, path: Path) -> Iterator[str]:
        name = key_text(key)
        if isinstance(value, Mapping) and value:
            yield from self._remarked(f"{name}:", path)
            yield from (f"  {line}" for line in self._block(value, node, path))
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            yield from self._remarked(f"{name}:", path)
            inner = resolved(self.whole, node).get("items", {})
            for index, item in enumerate(value):
                yield from (f"  {line}" for line in self._item(item, inner, (*path, index)))
        else:
            yield from self._remarked(f"{name}: {self._value(value, node)}", path)

    def _item(self, value: Mapping[str, Any], node: Schema, path: Path) -> Iterator[str]:
        first, *rest = self._block(value, node, path)
        if first.startswith("#"):
            # The dash stands before a key, never before a remark.
            keyed = next(index for index, line in enumerate(rest) if not line.startswith("#"))
            yield from (f"  {line}" for line in (first, *rest[:keyed]))
            first, rest = rest[keyed], rest[keyed + 1 :]
        yield from self._remarked(f"- {first}", path)
        yield from (f"  {line}" for line in rest)

    def _value(self, value: Any, node: Schema) -> str:
        found = resolved(self.whole, node)
        word = isinstance(value, str) and value in (found.get("const"), *found.get("enum", ()))
        return str(value) if word and not altered(value) else flow(value)

    def _remarked(self, line: str, path: Path) -> Iterator[str]:
        """Yield a line with its remark behind it, above it when it is long."""
        remark = self.remarks.get(path)
        if remark is None or remark.absent:
            yield line
            return
        said = self._said(remark)
        if len(line) + len(said) + 2 * len(path) > _WIDTH:
            yield f"# {said}"
            yield line
        else:
            yield f"{line} # {said}"

    def _said(self, remark: Remark) -> str:
        return self.say(remark.message, **{name: printable(text) for name, text in remark.places.items()})
