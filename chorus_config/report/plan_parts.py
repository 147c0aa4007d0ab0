"""A plan before any format: by structure, change and block, in the portal's labels. Every view of a plan is made of this."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from chorus_config.resources.fields import field_schema, is_sensitive, steps
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.change import Change, FieldChange, Op
from chorus_config.words.finding import Finding
from chorus_config.words.kinds import KINDS, OWN_BLOCK
from chorus_config.words.plan import Acceptance, Plan

SIGNS: Final[Mapping[Op, str]] = {"create": "+", "update": "~", "delete": "-"}
_NAMES: Final = {
    "structure": _("Structure"),
    "compte": _("Account"),
    "service": _("Service"),
    "espace": _("Espace"),
    "utilisateur": _("User"),
    "compte_bancaire": _("Bank account"),
}
_FOLD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a value: words of ours, or (`literal`) a text as somebody wrote it; `more` is said after it."""

    text: str
    literal: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field: the portal's label ("" when unknown), the key in the sheet, the value on both sides.

    `hidden` says that the sides differ behind their mask, `named` that the value is the name of the resource.
    """

    label: str
    key: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    hidden: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A finding about a change, under which acceptance it does not block, and the same finding in structures told with it."""

    finding: Finding
    acceptance: Acceptance | None
    elsewhere: tuple[Finding, ...]

    @property
    def against(self) -> bool:
        """Whether it stands against the plan: an error that nobody accepted."""
        return self.finding.level == "error" and self.acceptance is None

    @property
    def everywhere(self) -> tuple[Finding, ...]:
        """The finding in each structure that it was made in."""
        return (self.finding, *self.elsewhere)


@dataclass(frozen=True, slots=True)
class Item:
    """A change, what its resource is called, its fields by block of the portal ("" where there is none), its findings."""

    change: Change
    name: str
    blocks: tuple[tuple[str, tuple[Row, ...]], ...]
    told: tuple[Told, ...]

    @property
    def key(self) -> str:
        """The name of the resource inside its structure, "" for the structure itself."""
        return self.change.address.key


@dataclass(frozen=True, slots=True)
class Part:
    """A structure or account with its changes; `others` are the structures that change in the very same way.

    `label` is its libellé where the plan changes it, else ""; `path` is its file, "" when it has none any more.
    """

    root: str
    label: str
    path: str
    others: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def roots(self) -> tuple[str, ...]:
        """Every structure that it speaks of."""
        return (self.root, *self.others)

    @property
    def blocked(self) -> int:
        """How many changes are blocked, in one of its structures."""
        return sum(item.change.blocked for item in self.items)


def parts(plan: Plan, say: Texts, limit: int | None = 200) -> Iterator[Part]:
    """Yield the structures, then the accounts, of a plan; a text of a value is cut at `limit` characters (None: never)."""
    for changes, others in _folded(plan):
        top = next((change for change in changes if change.address.group == ""), None)
        label = next((f.after or f.before for f in top.fields if f.path == "/libelle"), "") if top else ""
        source = next((change.source for change in changes if change.source is not None), None)
        yield Part(
            changes[0].address.root,
            str(label),
            source.path if source is not None else "",
            tuple(group[0].address.root for group in others),
            tuple(
                _item(plan, change, tuple(group[n] for group in others), say, limit) for n, change in enumerate(changes)
            ),
        )  # fmt: skip


Group = tuple[Change, ...]


def _folded(plan: Plan) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """Yield the changes of each structure, with those of the other structures that change in the very same way."""
    by_root = [tuple(group) for _root, group in groupby(sorted(plan.changes, key=_by_root), key=lambda c: c.address.root)]
    alike: dict[object, list[Group]] = {}
    for group in by_root:
        alike.setdefault(_signature(plan, group), []).append(group)
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


def _signature(plan: Plan, changes: Group) -> object:
    """What must be equal for two structures to be told as one: everything but the owner and the places."""
    return tuple(
        (
            c.address.group, c.address.key, c.op, repr(c.fields), c.risk, c.blocked,
            tuple((f.rule, f.level, f.message, f.help, *(r.message for r in f.related), _why(_accepted(plan, c, f)))
                  for f in c.findings),
        )
        for c in changes
    )  # fmt: skip


def _why(acceptance: Acceptance | None) -> tuple[object, ...]:
    return (acceptance.reason, acceptance.until, acceptance.origin) if acceptance else ()


def _accepted(plan: Plan, change: Change, finding: Finding) -> Acceptance | None:
    return plan.acceptance(change, finding) if finding.level == "error" else None


def _item(plan: Plan, change: Change, others: Group, say: Texts, limit: int | None) -> Item:
    blocks: dict[str, list[Row]] = {}
    for field in change.fields:
        blocks.setdefault(_block(change.address.group, field.path, say), []).append(_row(change, field, say, limit))
    told = (
        Told(finding, _accepted(plan, change, finding), tuple(other.findings[n] for other in others))
        for n, finding in enumerate(change.findings)
    )
    name = say(_NAMES[KINDS[change.address.group].name])
    return Item(change, name, tuple((title, tuple(rows)) for title, rows in blocks.items()), tuple(told))


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


def _row(change: Change, field: FieldChange, say: Texts, limit: int | None) -> Row:
    group, key = change.address.group, change.address.key
    before, after = field.before, field.after
    if isinstance(before, str) and isinstance(after, str) and limit is not None:
        before, after = _apart(before, after, limit)
    return Row(
        str(field_schema(group, field.path).get("title", "")),
        ".".join(steps(field.path)),
        pieces(before, say, limit),
        pieces(after, say, limit),
        is_sensitive(group, field.path) and field.before == field.after,
        change.op != "update" and key != "" and key in (field.before, field.after),
    )


def _apart(before: str, after: str, limit: int) -> tuple[str, str]:
    """Leave out a long beginning that both texts share, where a cut at `limit` would show two equal texts."""
    alike = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    start = alike - limit // 4
    if before == after or alike < limit - 2:
        return before, after
    return "…" + before[start:], "…" + after[start:]


def pieces(value: object, say: Texts, limit: int | None = None, absent: str = _("not reported")) -> tuple[Piece, ...]:
    """Return a value in pieces, one for each entry of a list or key of a block; `absent` is said of None."""
    if value is None:
        return (Piece(say(absent)),)
    if isinstance(value, bool):
        return (Piece(say(_("yes")) if value else say(_("no"))),)
    if isinstance(value, Mapping):
        return tuple(_cut(f"{key}: {_entry(item)}", limit) for key, item in value.items()) or (Piece(say(_("none"))),)
    if isinstance(value, (list, tuple)):
        return tuple(_listed(value, limit)) or (Piece(say(_("none"))),)
    return (_cut(value, limit) if isinstance(value, str) else Piece(str(value)),)


def _listed(items: Iterable[Any], limit: int | None) -> Iterator[Piece]:
    for item in items:
        if isinstance(item, dict) and item.keys() <= {"nom", "mode"}:
            name = _cut(str(item.get("nom")), limit)
            yield Piece(name.text, name.literal, _cut(str(item.get("mode")), limit).text)
        else:
            piece = _cut(_entry(item), limit)
            yield piece if isinstance(item, str) else Piece(piece.text)


def _entry(item: object) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, default=str)


def _cut(text: str, limit: int | None) -> Piece:
    return Piece(text if limit is None or len(text) <= limit else text[: limit - 1] + "…", literal=True)
