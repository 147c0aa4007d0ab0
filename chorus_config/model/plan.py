"""A plan: its changes, what it was made from, and what stands against approving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.finding import Finding
    from chorus_config.model.notice import StructureNotice
    from chorus_config.model.operation import Gesture


Op = Literal["create", "update", "delete"]
Risk = Literal["none", "low", "high"]


class FieldChange(Struct, frozen=True):
    """One field of a resource: `path` is a JSON Pointer inside it; None stands for "not written"."""

    path: str
    before: object
    after: object


class SourceLine(Struct, frozen=True):
    """The line of a sheet that wants a change."""

    path: str
    line: int
    column: int


class Change(Struct, frozen=True):
    """One resource to create, update or delete, and what was found about it.

    `gesture` is what it asks of a person where the change alone does not tell: an entry of a list that nobody managed before,
    and that no source reports, is perhaps on the portal already.
    """

    address: Address
    op: Op
    fields: tuple[FieldChange, ...]
    risk: Risk = "none"
    findings: tuple[Finding, ...] = ()
    source: SourceLine | None = None
    blocked: bool = False
    gesture: Gesture | None = None


class Desired(Struct, frozen=True):
    """What the sheets want: keyed digest of their canonical content, the commit they are at, whether they differ from it."""

    digest: str
    commit: str | None = None
    dirty: bool = False


class Before(Struct, frozen=True):
    """What the sheets were compared with."""

    source: str
    taken_at: str | None
    lineage: str | None
    serial: int
    digest: str


class Acceptance(Struct, frozen=True):
    """An error-level finding of one rule on one address that somebody accepted, with the reason.

    `until` is the last day (YYYY-MM-DD) of an acceptance written in the project file; one given with `--accept` has none.
    """

    rule: str
    address: str
    reason: str
    until: str | None = None
    origin: Literal["project", "option"] = "project"


class Options(Struct, frozen=True):
    """What narrows, words or eases a plan; `apply` makes the plan again with the same.

    `expect_structures` and `expect_removals` name how many structures change and how many resources go: the plan holds
    for exactly that many. `to` is the serial of the approval that the plan leads back to.
    """

    paths: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    language: str = "fr"
    accept: tuple[Acceptance, ...] = ()
    expect_structures: int | None = None
    expect_removals: int | None = None
    to: int | None = None


class Move(Struct, frozen=True):
    """A sheet or account that is in another file than before; `address` is its root, the paths are relative to the project."""

    address: str
    before: str
    after: str


class Decision(Struct, frozen=True):
    """A decision of the project file that a branch changes: a level, a waiver, an acceptance, a threshold.

    `what` names it (`regles/CP701`, `derogations/CP102/20008531400013`, `seuils/structures`); None stands for "not written".
    """

    what: str
    before: object
    after: object


class Plan(Struct, frozen=True):
    """The whole plan (design/product.md, "Formats"). `managed` counts fields; sensitive values are masked.

    A comparison of two git revisions is a plan too, of kind `diff`: `before.source` is then `git:COMMIT`, and only it has
    moves and changed decisions. `names` is what people call what it speaks of, by root (diff/names.py). `made_on` is the day
    it was made (YYYY-MM-DD), "" where the project sets no age. `suppliers` are the structures of which a comparison changes
    something for suppliers; the digest leaves them aside, since they follow from the changes.
    """

    desired: Desired
    before: Before
    as_of: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    managed: int = 0
    reasons: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    tool: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    kind: Literal["plan", "diff"] = "plan"
    moves: tuple[Move, ...] = ()
    decisions: tuple[Decision, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    made_on: str = ""
    suppliers: tuple[StructureNotice, ...] = ()

    def acceptance(self, change: Change, finding: Finding) -> Acceptance | None:
        """Return the acceptance under which an error on a change does not block it, None for a finding that nobody accepted."""
        address = str(change.address)
        return next((one for one in self.accepted if (one.rule, one.address) == (finding.rule, address)), None)

    @property
    def observed(self) -> bool:
        """Whether the plan starts from what an observed source says, which is no state that an approval could follow."""
        return self.kind == "plan" and self.before.lineage is None and self.before.taken_at is not None

    @property
    def blocked(self) -> int:
        """How many changes are blocked."""
        return sum(change.blocked for change in self.changes)

    @property
    def applyable(self) -> bool:
        """Whether nothing stands against approving the plan."""
        return not self.reasons
