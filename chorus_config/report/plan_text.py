"""A plan for the person who reviews it: by structure and block, in the portal's own labels, the verdict at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from chorus_config.report.findings_concise import findings_concise
from chorus_config.report.findings_text import LEVEL_WORDS, finding_lines
from chorus_config.report.paint import Paint
from chorus_config.resources.fields import field_schema, is_sensitive, steps
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.change import Change, FieldChange
from chorus_config.words.kinds import KINDS, OWN_BLOCK
from chorus_config.words.plan import Plan
from chorus_config.yamltext.characters import printable, shown

_SIGNS: Final = {"create": "+", "update": "~", "delete": "-"}
_NAMES: Final = {
    "structure": _("Structure"),
    "compte": _("Account"),
    "service": _("Service"),
    "espace": _("Espace"),
    "utilisateur": _("User"),
    "compte_bancaire": _("Bank account"),
}
_FOLD = 3


def plan_text(plan: Plan, say: Texts, paint: Paint) -> str:
    """Return the whole plan; nothing is left out, identical changes over several structures are told once."""
    parts = [_heading(plan, say, paint)]
    for changes, others in _folded(plan.changes):
        parts.append("\n".join(_root(changes, others, say, paint)))
    if plan.findings:
        parts.append("\n".join(finding_lines(finding, say, paint) for finding in plan.findings))
    return "\n\n".join([*parts, _verdict(plan, say, paint)]) + "\n"


def _heading(plan: Plan, say: Texts, paint: Paint) -> str:
    before = plan.before
    if before.lineage is None:
        state = say(_("nothing approved yet"))
    else:
        state = say(_("state no. {serial} of {when}"), serial=before.serial, when=printable(str(before.taken_at)))
    title = say(_("Plan: from what is approved to what the sheets want, rules of {day}"), day=printable(plan.as_of))
    return f"{paint(title, 'title')}\n{printable(before.source)} ({state})"


Group = tuple[Change, ...]


def _folded(changes: Iterable[Change]) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """Yield the changes of each structure, with those of the other structures that change in the very same way."""
    by_root = [tuple(group) for _root, group in groupby(sorted(changes, key=_by_root), key=lambda c: c.address.root)]
    alike: dict[object, list[Group]] = {}
    for group in by_root:
        alike.setdefault(_signature(group), []).append(group)
    for groups in alike.values():
        if len(groups) >= _FOLD and not any(map(_must_stand_alone, groups[0])):
            yield groups[0], tuple(groups[1:])
        else:
            yield from ((group, ()) for group in groups)


def _must_stand_alone(change: Change) -> bool:
    """A mask may hide two values, and accounts are no structures."""
    group = change.address.group
    return group == "comptes" or any(is_sensitive(group, field.path) for field in change.fields)


def _by_root(change: Change) -> tuple[bool, str]:
    return change.address.group == "comptes", change.address.root


def _signature(changes: Group) -> object:
    """What must be equal for two structures to be told as one: everything but the owner and the line."""
    return tuple(
        (c.address.group, c.address.key, c.op, repr(c.fields), tuple((f.rule, f.message) for f in c.findings), c.blocked)
        for c in changes
    )


def _root(changes: Group, others: tuple[Group, ...], say: Texts, paint: Paint) -> Iterator[str]:
    first = changes[0]
    source = next((c.source for c in changes if c.source is not None), None)
    place = f"   {printable(source.path)}" if source is not None else ""
    yield paint(printable(first.address.root), "title") + paint(place, "quiet")
    if others:
        names = ", ".join(printable(group[0].address.root) for group in others)
        yield "  " + say(_("same change on {n} structures: {others}"), n=len(others) + 1, others=names)
    for index, change in enumerate(changes):
        yield from _change(change, say, paint)
        for number, finding in enumerate(change.findings):
            yield finding_lines(finding, say, paint, indent="    ")
            # The same finding in the other structures has places of its own.
            yield from ("    " + findings_concise((group[index].findings[number],)).rstrip("\n") for group in others)


def _change(change: Change, say: Texts, paint: Paint) -> Iterator[str]:
    group = change.address.group
    name = say(_NAMES[KINDS[group].name])
    key = f" {printable(change.address.key)}" if change.address.key else ""
    blocked = "  " + paint(say(_("[blocked]")), "error") if change.blocked else ""
    yield f"  {paint(f'{_SIGNS[change.op]} {name}{key}', change.op)}{blocked}"
    blocks: dict[str, list[FieldChange]] = {}
    for field in change.fields:
        blocks.setdefault(_block(group, field.path, say), []).append(field)
    for block, fields in blocks.items():
        if block:
            yield f"    {printable(block)}"
        for field in fields:
            yield f"      {_field(change, field, say)}"


def _block(group: str, path: str, say: Texts) -> str:
    """Return the portal's block of a structure's or account's field; entries of lists are a block by themselves."""
    if group not in {"", "comptes"}:
        return ""
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    blocks: dict[str, Any] = schema(STRICT[kind])["properties"]
    top = steps(path)[0]
    block = blocks.get(top) or blocks[OWN_BLOCK[kind]]
    if block.get("x-portail") is False:
        return say(_("Declared by the project, not on the portal"))
    return str(block.get("x-bloc") or block.get("title", top))


def _field(change: Change, field: FieldChange, say: Texts) -> str:
    known = field_schema(change.address.group, field.path)
    key = ".".join(steps(field.path))
    label = f"{known['title']} ({printable(key)})" if "title" in known else printable(key)
    if change.op != "update":
        value = field.after if change.op == "create" else field.before
        return say(_("{label}: {value}"), label=label, value=_value(value, say))
    told = say(_("{label}: {before} → {after}"), label=label, before=_value(field.before, say), after=_value(field.after, say))
    hidden = is_sensitive(change.address.group, field.path) and field.before == field.after
    return told + say(_(" (the hidden part differs)")) if hidden else told


def _value(value: object, say: Texts) -> str:
    if value is None:
        return say(_("not reported"))
    if isinstance(value, bool):
        return say(_("yes")) if value else say(_("no"))
    if isinstance(value, list):
        return ", ".join(_item(item) for item in value) or say(_("none"))
    return shown(value, limit=200)


def _item(item: Any) -> str:
    return f"{shown(item.get('nom'))} {printable(str(item.get('mode')))}" if isinstance(item, dict) else shown(item)


def _verdict(plan: Plan, say: Texts, paint: Paint) -> str:
    managed = say.count(_("{n} field is managed"), _("{n} fields are managed"), plan.managed)
    if not plan.changes:
        lines = [
            paint(
                say(_("No change: what is approved is what the sheets want; {managed}."), managed=managed),
                "good",
            )
        ]
    else:
        ops = [change.op for change in plan.changes]
        counts = {"create": ops.count("create"), "update": ops.count("update"), "delete": ops.count("delete")}
        lines = [
            paint(say(_("Plan: {create} to create, {update} to change, {delete} to remove; {managed}."),
                      managed=managed, **counts), "title"),
        ]  # fmt: skip
    if plan.options.paths or plan.options.targets:
        chosen = ", ".join(map(printable, (*plan.options.paths, *plan.options.targets)))
        lines.append(say(_("Narrowed to {chosen}: nothing else was looked at."), chosen=chosen))
    if plan.reasons:
        error = paint(say(LEVEL_WORDS["error"]), "error")
        told = _("{error}: this plan cannot be applied: {why}.")
        lines += [say(told, error=error, why=printable(why)) for why in plan.reasons]
    return "\n".join(lines)
