"""Modelines: the comment by which yaml-language-server finds the schema of a file, written and judged."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from typing import Any, Final

from chorus_config.engine.checking.one_file import kind_of
from chorus_config.i18n.translator import _
from chorus_config.model.modeline import ModelineFault
from chorus_config.model.project import TextFile
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.parse import parse

FOLDER: Final = "schemas"
_MODELINE: Final = re.compile(rb"^#[ \t]*yaml-language-server[ \t]*:.*?\$schema[ \t]*=[ \t]*(\S+)", re.MULTILINE)
_ADDRESS: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]+:")

# Returns the bytes of a file named from the project's folder, None where there is none.
ReadFile = Callable[[str], bytes | None]


def modeline(name: str, path: str) -> str:
    """Return the modeline of a file at a path of the project, for a schema in the project's own folder of schemas."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{FOLDER}/{name}.schema.json"


def modeline_fault(text: TextFile, read: ReadFile) -> ModelineFault | None:
    """Return what is wrong with the modeline of a file, None when it leads to the schema of this version."""
    name = STRICT[kind_of(parse(text.raw).data, text.kind)]
    found = _MODELINE.search(text.raw)
    if found is None:
        message = _("no modeline: an editor completes nothing here without its own settings; the first line could be {line}")
        return ModelineFault(text.path, 1, message, {"line": modeline(name, text.path)}, wrong=False)
    line, target = text.raw.count(b"\n", 0, found.start()) + 1, found[1].decode("utf-8", "replace")
    if _ADDRESS.match(target):
        message = _("the modeline leads to {target}, which this program does not read: whether it is current is not known")
        return ModelineFault(text.path, line, message, {"target": target}, wrong=False)
    told = _wrong(name, read(posixpath.normpath(posixpath.join(posixpath.dirname(text.path), target))))
    places = {"target": target, "line": modeline(name, text.path), "name": name}
    return ModelineFault(text.path, line, told, places) if told else None


def _wrong(name: str, raw: bytes | None) -> str:
    """Return the message id of what is wrong with the file that a modeline leads to, "" for nothing."""
    if raw is None:
        return _("the modeline leads to {target}, where there is no file: chorus-config schema --write, or the line {line}")
    found = _document(raw)
    if found == schema(name):
        return ""
    known = {schema(one)["$id"] for one in STRICT.values()}
    said = found.get("$id") if isinstance(found, dict) else None
    if said in known and said != schema(name)["$id"]:
        return _("the modeline leads to {target}, the schema of another kind of file: the line {line} is expected")
    return _("{target} is not the schema « {name} » of this version: chorus-config schema --write brings it up to date")


def _document(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
