"""A saved plan: from text, and whether it is still what would be planned now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO, Final

from msgspec import Struct

from chorus_config.diff.sensitive import digest_of_document
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS, parse_address
from chorus_config.model.errors import Refused
from chorus_config.model.plan import Plan
from chorus_config.render.plan.json import json_pieces, plan_from, streamed_document
from chorus_config.schema.accept import accepts
from chorus_config.schema.strict_json import strict_json
from chorus_config.yamltext.characters import printable

# Between these stand the changes in a file as `plan` writes it: what is inside them is indented by more.
_BEGIN: Final = b'\n  "changes": ['
_END: Final = b"\n  ]"
_CHUNK: Final = 1024 * 1024


class SavedPlan(Struct, frozen=True):
    """A plan as its file holds it: the model, and the document that `apply` compares to the last key."""

    plan: Plan
    document: Mapping[str, Any]


def read_plan(text: str, name: str, say: Translator) -> SavedPlan:
    """Return the plan of a saved text. Raises Refused for what is truncated, no plan, or of a newer format."""
    document = _loaded(text, name, say)
    version = document.get("format_version") if isinstance(document, dict) else None
    if isinstance(version, str) and not version.startswith("1."):
        message = _("{name} has plan format {version}, this version knows 1.x: update chorus-config")
        raise Refused(say(message, name=name, version=printable(version)))
    # Output schemas have no dated parts: any day will do.
    if not _is_plan(document):
        raise Refused(
            say(_("{name} is not a plan saved by `chorus-config plan --out`, or it was altered: plan again"), name=name)
        )
    return SavedPlan(plan_from(document), document)


def head_of(stream: BinaryIO) -> Plan | None:
    """Return the plan of a file without its changes, None for a file that `plan` has not written so.

    What it says may be wrong of a file that was altered: it holds good once `is_text_of` agrees.
    """
    raw = _without_changes(stream)
    try:
        document = strict_json(raw.decode()) if raw else None
    except ValueError:
        return None
    return plan_from(document) if isinstance(document, dict) and _is_plan(document) else None


def is_text_of(stream: BinaryIO, plan: Plan) -> bool:
    """Tell whether a file holds, to the byte, what `plan` would write of this plan; a few changes are held at a time."""
    pieces = (piece.encode() for piece in json_pieces(plan))
    return all(stream.read(len(piece)) == piece for piece in pieces) and not stream.read(1)


def _without_changes(stream: BinaryIO) -> bytes:
    """Return what stands in a file beside its changes, b"" where they are not found."""
    head, _begin, left = stream.read(_CHUNK).partition(_BEGIN)
    if not left:
        return b""
    before = head + _BEGIN
    if left.startswith(b"]"):
        return before + left + stream.read()
    while (at := left.find(_END)) < 0:
        more = stream.read(_CHUNK)
        if not more:
            return b""
        # The end may stand across two pieces.
        left = left[-len(_END) :] + more
    return before + left[at:] + stream.read()


def _is_plan(document: Mapping[str, Any]) -> bool:
    return accepts("plan", date.min, document) and document["type"] == "plan" and all(map(_is_sound, document["changes"]))


def _is_sound(change: Mapping[str, Any]) -> bool:
    """Tell whether a change is about a kind of resource there is, in fields that have a name."""
    known = parse_address(change["address"]).group in KINDS
    return known and all(field["path"].startswith("/") for field in change["fields"])


def differences_since(saved: SavedPlan, now: Plan, say: Translator) -> tuple[str, ...]:
    """Return what moved between a saved plan and the same plan made now, () when they are one and the same, to the key."""
    planned = saved.plan
    comparisons = (
        (planned.before.lineage != now.before.lineage, _("the store is another one")),
        (planned.before.serial != now.before.serial, _("the store was written since (state no. {now}, planned on no. {then})")),
        (planned.before.digest != now.before.digest, _("what is approved changed")),
        (planned.desired.digest != now.desired.digest, _("the sheets or the project's decisions changed")),
        (planned.tool != now.tool, _("the program or its rules changed")),
        (planned.as_of != now.as_of, _("the day of the rules changed")),
    )
    values = {"now": now.before.serial, "then": planned.before.serial}
    differences = tuple(say(message, **values) for differs, message in comparisons if differs)
    # As bytes: to Python, true and 1 are equal.
    if differences or digest_of_document(saved.document) == digest_of_document(streamed_document(now)):
        return differences
    return (say(_("the plan file was altered")),)


def _loaded(text: str, name: str, say: Translator) -> Mapping[str, Any]:
    try:
        loaded: Mapping[str, Any] = strict_json(text)
    except ValueError:
        raise Refused(say(_("{name} is not a whole plan: it is truncated or damaged; plan again"), name=name)) from None
    return loaded
