"""A tab in a value: the loader takes it out and tells it (CP002); where a field has one line, its own rule says it better."""

from __future__ import annotations

from collections.abc import Iterable

from chorus_config.model.finding import Fault
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.document import Document


def with_tabs_by_field(found: Iterable[Fault], document: Document) -> tuple[Fault, ...]:
    """Return faults of one file, those of tabs in a one-line field as CP016, with the value as the file writes it."""
    return tuple(_by_field(fault, document) if _is_tab(fault) else fault for fault in found)


def _is_tab(fault: Fault) -> bool:
    return fault.rule == "CP002" and fault.case == "escaped" and fault.args.get("codepoint") == "U+0009"


def _by_field(fault: Fault, document: Document) -> Fault:
    if fault.span is None:
        return fault
    path = document.path_at(fault.span)
    node = node_at(schema(STRICT[document.kind]), path)
    rules = {part.get("x-rule") for part in (*node.get("allOf", ()), *node.get("anyOf", ()))}
    return Fault("CP016", path, args={"value": document.source(fault.span).strip("\"'")}) if "CP016" in rules else fault
