"""What may be shown of sensitive values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chorus_config.diff.expand import Expanded, collapse, expand
from chorus_config.diff.fields import is_sensitive, pointer
from chorus_config.model.text_file import Body
from chorus_config.schema.packaged import STRICT, schema


def masked(value: object) -> object:
    """Return a sensitive value as people may see it: `FR76 **** 0189`; what is short shows its beginning only."""
    if value is None or value == "":
        return value
    if not isinstance(value, str):
        return "****"
    compact = value.replace(" ", "")
    if len(compact) < 6:
        return "****"
    return f"{compact[:4]} **** {compact[-4:]}" if len(compact) >= 15 else f"{compact[:2]} ****"


def masked_body(body: Body) -> Body:
    """Return a sheet or account as people may see it: its sensitive values masked, its blocks in the order of the portal."""
    known = expand(body)
    shown = {address: _hidden(address.group, resource, "") for address, resource in known.resources.items()}
    made = collapse(Expanded(shown, known.lists))
    kind = STRICT["compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"]
    return {key: made[key] for key in schema(kind)["properties"] if key in made}


def _hidden(group: str, node: Mapping[str, Any], at: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in node.items():
        path = at + pointer((key,))
        if isinstance(value, Mapping):
            made[key] = _hidden(group, value, path)
        else:
            made[key] = masked(value) if is_sensitive(group, path) else value
    return made
