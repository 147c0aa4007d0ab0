"""A saved plan: from text, and whether it is still what would be planned now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from chorus_config.diff.sensitive import digest_of_document
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS, parse_address
from chorus_config.model.errors import Refused
from chorus_config.model.plan import Plan
from chorus_config.render.plan.json import plan_from, streamed_document
from chorus_config.schema.accept import accepts
from chorus_config.schema.strict_json import strict_json
from chorus_config.yamltext.characters import printable


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
