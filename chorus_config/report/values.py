"""How a field and its value are said to people, in the portal's own labels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from chorus_config.resources.fields import field_schema, steps
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.yamltext.characters import printable, shown

# The kinds of resources, by the names of words/kinds.py.
KINDS_SAID: Final = {
    "structure": _("Structure"),
    "compte": _("Account"),
    "service": _("Service"),
    "espace": _("Espace"),
    "utilisateur": _("User"),
    "compte_bancaire": _("Bank account"),
}


def label_of(group: str, path: str, *, key: bool = True) -> str:
    """Return the portal's label of a field, with its key in the sheet unless told not to; the key alone without a label."""
    name = printable(".".join(steps(path)))
    title = str(field_schema(group, path).get("title", ""))
    return (f"{title} ({name})" if key else title) if title else name


def value_said(value: object, say: Texts, absent: str = _("not reported")) -> str:
    """Return a value as it is said on one line; `absent` is said of None."""
    if value is None:
        return say(absent)
    if isinstance(value, bool):
        return say(_("yes")) if value else say(_("no"))
    if isinstance(value, str):
        return shown(value, limit=len(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(value_said(item, say) for item in value) or say(_("none"))
    if isinstance(value, Mapping) and value.keys() <= {"nom", "mode"}:
        return " ".join(printable(str(item)) for item in value.values())
    return printable(json.dumps(value, ensure_ascii=False, default=str))
