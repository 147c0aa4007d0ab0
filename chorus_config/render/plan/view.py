"""A plan before any format: by structure, change and block, in the portal's labels. Every view of a plan is made of this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.fields import field_schema, steps
from chorus_config.diff.operations import each_operation
from chorus_config.diff.sensitive import hides
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS, OWN_BLOCK
from chorus_config.model.finding import Finding
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Acceptance, Change, FieldChange, Op, Plan
from chorus_config.render.shared.gestures import to_do
from chorus_config.render.shared.pieces import Piece, pieces
from chorus_config.render.shared.values import KIND_LABELS, folded
from chorus_config.schema.packaged import STRICT, schema

SIGNS: Final[Mapping[Op, str]] = {"create": "+", "update": "~", "delete": "-"}


class ShownField(Struct, frozen=True):
    """A field: the portal's label ("" when unknown), the key in the sheet, the value on both sides.

    `hidden` says that the sides differ behind their mask, `named` that the value is the name of the resource.
    """

    label: str
    key: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    hidden: bool
    named: bool


class ShownFinding(Struct, frozen=True):
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


class ShownChange(Struct, frozen=True):
    """A change, what its resource is called, its fields by block of the portal ("" where there is none), its findings.

    `operation` is what approving it opens, None where nobody has anything to enter; `to_do` says it in words.
    """

    change: Change
    name: str
    blocks: tuple[tuple[str, tuple[ShownField, ...]], ...]
    findings: tuple[ShownFinding, ...]
    operation: Operation | None
    to_do: str

    @property
    def key(self) -> str:
        """The name of the resource inside its structure, "" for the structure itself."""
        return self.change.address.key


class ShownStructure(Struct, frozen=True):
    """A structure or account with its changes; `others` are the structures that change in the very same way.

    `label` is what people call it, "" when nobody knows; `path` is its file, "" when it has none any more. `names` are the
    names of all that the plan speaks of.
    """

    root: str
    label: str
    path: str
    others: tuple[str, ...]
    items: tuple[ShownChange, ...]
    names: Mapping[str, str]

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Every structure that it speaks of, with its label."""
        return ((self.root, self.label), *((root, self.names.get(root, "")) for root in self.others))

    @property
    def roots(self) -> tuple[str, ...]:
        """Every structure that it speaks of."""
        return (self.root, *self.others)

    @property
    def dangerous(self) -> tuple[ShownChange, ...]:
        """The changes of high risk that nothing blocks."""
        return tuple(item for item in self.items if item.change.risk == "high" and not item.change.blocked)

    @property
    def blocked(self) -> int:
        """How many changes are blocked, in one of its structures."""
        return sum(item.change.blocked for item in self.items)


def shown_structures(plan: Plan, say: Translator, limit: int | None = 200) -> Iterator[ShownStructure]:
    """Yield the structures, then the accounts, of a plan; a text of a value is cut at `limit` characters (None: never)."""
    day = date.fromisoformat(plan.as_of)
    for changes, others in _folded(plan):
        opened = {one.address: one for one in each_operation(changes, day)}
        source = next((change.source for change in changes if change.source is not None), None)
        yield ShownStructure(
            changes[0].address.root,
            plan.names.get(changes[0].address.root) or _label(changes),
            source.path if source is not None else "",
            tuple(group[0].address.root for group in others),
            tuple(
                replace(
                    _item(plan, change, tuple(group[n] for group in others), say, limit),
                    operation=opened.get(str(change.address)),
                    to_do=to_do(opened.get(str(change.address)), say),
                )
                for n, change in enumerate(changes)
            ),
            plan.names,
        )  # fmt: skip


Group = tuple[Change, ...]


def _label(changes: Group) -> str:
    """Return the libellé of a structure where it changes, "" where it does not: plans without names were saved once."""
    own = (field for change in changes if change.address.group == "" for field in change.fields if field.path == "/libelle")
    return next((str(field.after or field.before) for field in own), "")


def _folded(plan: Plan) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """Return the changes of each structure, with those of the other structures that change in the very same way."""
    by_root = (tuple(group) for _root, group in groupby(sorted(plan.changes, key=_by_root), key=lambda c: c.address.root))
    return folded(by_root, lambda changes: _signature(plan, changes), lambda changes: any(map(_must_stand_alone, changes)))


def _must_stand_alone(change: Change) -> bool:
    """A mask may hide two values, and accounts are no structures."""
    group = change.address.group
    return group == "comptes" or any(hides(side) for field in change.fields for side in (field.before, field.after))


def _by_root(change: Change) -> tuple[bool, str]:
    return change.address.group == "comptes", change.address.root


def _signature(plan: Plan, changes: Group) -> bytes:
    """What must be equal for two structures to be told as one, as a digest: everything but the owner and the places."""
    whole = tuple(
        (
            c.address.group, c.address.key, c.op, repr(c.fields), c.risk, c.blocked, c.gesture,
            tuple((f.rule, f.level, f.message, f.help, *(r.message for r in f.related), _why(_accepted(plan, c, f)))
                  for f in c.findings),
        )
        for c in changes
    )  # fmt: skip
    return blake2b(repr(whole).encode(errors="surrogatepass"), digest_size=32).digest()


def _why(acceptance: Acceptance | None) -> tuple[object, ...]:
    return (acceptance.reason, acceptance.until, acceptance.origin) if acceptance else ()


def _accepted(plan: Plan, change: Change, finding: Finding) -> Acceptance | None:
    return plan.acceptance(change, finding) if finding.level == "error" else None


def _item(plan: Plan, change: Change, others: Group, say: Translator, limit: int | None) -> ShownChange:
    blocks: dict[str, list[ShownField]] = {}
    for field in change.fields:
        blocks.setdefault(_block(change.address.group, field.path, say), []).append(_row(change, field, say, limit))
    findings = (
        ShownFinding(finding, _accepted(plan, change, finding), tuple(other.findings[n] for other in others))
        for n, finding in enumerate(change.findings)
    )
    name = say(KIND_LABELS[KINDS[change.address.group].name])
    return ShownChange(change, name, tuple((title, tuple(rows)) for title, rows in blocks.items()), tuple(findings), None, "")


def _block(group: str, path: str, say: Translator) -> str:
    """Return the portal's block of a structure's or account's field; entries of lists are a block by themselves."""
    title = _block_title(group, path)
    return say(_("Declared by the project, not on the portal")) if title is None else title


@cache
def _block_title(group: str, path: str) -> str | None:
    """Return what the portal calls the block of a field, "" for an entry of a list, None where the portal has none."""
    if group not in {"", "comptes"}:
        return ""
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    blocks: dict[str, Any] = schema(STRICT[kind])["properties"]
    top = steps(path)[0]
    block = blocks.get(top) or blocks[OWN_BLOCK[kind]]
    return None if block.get("x-portail") is False else str(block.get("x-bloc") or block.get("title", top))


def _row(change: Change, field: FieldChange, say: Translator, limit: int | None) -> ShownField:
    group, key = change.address.group, change.address.key
    before, after = field.before, field.after
    if isinstance(before, str) and isinstance(after, str) and limit is not None:
        before, after = _apart(before, after, limit)
    words = _labels(group, field.path)
    return ShownField(
        *_titles(group, field.path),
        _labelled(words, pieces(before, say, limit)),
        _labelled(words, pieces(after, say, limit)),
        field.before == field.after and hides(field.before),
        change.op != "update" and key != "" and key in (field.before, field.after),
    )


def _labelled(words: Mapping[str, Any], value: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a value, or the entries of a list, with what the portal calls each (`x-label`), where that is another word."""
    if not words:
        return value
    labels = (words.get(one.text, {}).get("x-label") if one.literal and not one.more else None for one in value)
    return tuple(replace(one, more=f"(« {label} »)") if label else one for one, label in zip(value, labels, strict=True))


@cache
def _titles(group: str, path: str) -> tuple[str, str]:
    """Return the portal's label of a field, "" when unknown, and its key in the sheet."""
    return str(field_schema(group, path).get("title", "")), ".".join(steps(path))


@cache
def _labels(group: str, path: str) -> Mapping[str, Any]:
    """Return what the schema says of the words of a field, {} where any text may stand."""
    field = field_schema(group, path)
    words: Mapping[str, Any] = field.get("x-values") or field.get("items", {}).get("x-values", {})
    return words


def _apart(before: str, after: str, limit: int) -> tuple[str, str]:
    """Leave out a long beginning that both texts share, where a cut at `limit` would show two equal texts."""
    alike = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    start = alike - limit // 4
    if before == after or alike < limit - 2:
        return before, after
    return "…" + before[start:], "…" + after[start:]
