"""What a rule is and says, and what a check finds: a fault inside the code, a finding for people and machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, Self

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.change_example import ChangeExample

Level = Literal["error", "warning", "info"]
# Which Chorus Pro is meant: the real one, or the one for trials.
Environment = Literal["production", "qualification"]
Where = Literal["loader", "strict", "advice", "python", "change", "guard"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")
_ONE_DAY: Final = timedelta(days=1)


class Rule(Struct, frozen=True):
    """One row of the catalogue.

    `file` is its module below `rules/`. `fixed`: no level change, waiver, acceptance or silence reaches it; where only some
    cases are so, `fixed_cases` names them. `ready`: an
    error under `--ready`. `risk`: a change that it judges is of high risk. `later`: a day (YYYY-MM-DD) from which it has
    another level. `also`: the level of those of its faults that bring their own (`Fault.level`). `checks` says what its
    `check` is handed, where it is written in Python: one file of these kinds, or what is known of all files of a project
    (`between`), with what public lists say (`lists`).

    Within a file, one cause is told once (`engine/checking/causes.py`). `reads`: what a rule looks at beside the place where
    it finds fault (`services/*/code`): where that is not known, it has nothing to judge. `unknown`: a value that it finds
    fault with is not known any more. `repeated`: it finds an entry that another has already. `follows`: rules whose remedy
    mends what it finds too; a rule of change does so at its place alone. `vague`: at one place, the rule with the least
    speaks. `once`: one cause shows in many places of a file, or in many structures of a plan.
    `helped_as`: the block (`CP6`) whose people can help, where it is not the rule's own.
    """

    id: str
    level: Level
    where: Where
    file: str
    fixed: bool = False
    fixed_cases: frozenset[str] = frozenset()
    ready: bool = False
    risk: bool = False
    later: tuple[str, Level] | None = None
    also: Level | None = None
    checks: frozenset[str] = frozenset()
    reads: tuple[str, ...] = ()
    unknown: bool = False
    repeated: bool = False
    follows: tuple[str, ...] = ()
    vague: int = 0
    once: bool = False
    helped_as: str = ""

    def is_fixed(self, case: str = "") -> bool:
        """Tell whether nothing silences what the rule says in a case."""
        return self.fixed or case in self.fixed_cases


class Later(Struct, frozen=True):
    """What a rule says in other words from a day on (YYYY-MM-DD): by case, messages and remedies ("": the usual one).

    `why`: sentences that its page says of that time, beside those that hold on every day.
    """

    day: str
    messages: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)
    why: tuple[str, ...] = ()


class RuleTexts(Struct, frozen=True):
    """What a rule says to people: English message ids, translated when shown.

    `messages` maps a case (the `x-case` of a subschema; "" is the usual one) to a sentence with `{named}` places.
    `fails` and `passes` are YAML: whole blocks that replace those of the smallest valid sheet (or account,
    or project file: `about`), or a whole file when they start with `type:`. About a change, they are two snippets of a sheet.
    `later`: from a day on some cases are told, or mended, in other words. `note`: a sentence that follows the remedy of a
    fault that is `noted`, and the usual remedy on the page of the rule.
    """

    title: str
    why: str
    source: str
    messages: Mapping[str, str]
    remedy: str
    fails: str | ChangeExample
    passes: str | ChangeExample
    about: Literal["fiche-structure", "compte-utilisateur", "projet", "changement"] = "fiche-structure"
    remedies: Mapping[str, str] = field(default_factory=dict)
    later: Later | None = None
    note: str = ""

    def message(self, case: str, day: date | TrackedDay) -> str:
        """Return the message id of a case, the usual one for a case without its own, in the words of a day."""
        told = case if case in self.messages else ""
        later = self._later_on(day)
        return later.messages.get(told, self.messages[told]) if later is not None else self.messages[told]

    def own_remedy(self, case: str, day: date | TrackedDay) -> str | None:
        """Return the message id of the remedy that only a case has, in the words of a day; None where it is the usual one."""
        later = self._later_on(day)
        found = self.remedies.get(case)
        return later.remedies.get(case, found) if later is not None and case else found

    def usual_remedy(self, day: date | TrackedDay) -> str:
        """Return the message id of the usual remedy, in the words of a day."""
        later = self._later_on(day)
        return later.remedies.get("", self.remedy) if later is not None else self.remedy

    def remedy_of(self, case: str, day: date | TrackedDay) -> str:
        """Return the message id of the remedy of a case, its own or the usual one, in the words of a day."""
        own = self.own_remedy(case, day)
        return self.usual_remedy(day) if own is None else own

    def _later_on(self, day: date | TrackedDay) -> Later | None:
        """Return what is said in other words on a day."""
        return self.later if self.later is not None and day >= date.fromisoformat(self.later.day) else None


class Period(Struct, frozen=True):
    """The days from `since` to `until`, both of them included."""

    since: date = date.min
    until: date = date.max

    def overlap(self, other: Period) -> Period:
        """Return the days that are in both."""
        return Period(max(self.since, other.since), min(self.until, other.until))


ALWAYS: Final = Period()


class TrackedDay:
    """A day that can only be compared with others, and tracks on which days each comparison would have come out the same.

    What was found by asking it holds on all these days (`period`). Whoever needs the day itself takes `exact`: what follows
    from that holds on this day alone.
    """

    __slots__ = ("_day", "_since", "_until")
    # Not a key of anything that is kept: what is kept under it would not have asked.
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, day: date) -> None:
        self._day = day
        self._since, self._until = date.min, date.max

    def anew(self) -> Self:
        """Return the same day, of which nothing was asked yet."""
        return type(self)(self._day)

    @property
    def exact(self) -> date:
        """The day itself."""
        self._since = self._until = self._day
        return self._day

    @property
    def period(self) -> Period:
        """The days on which all that was asked so far would have been answered the same."""
        return Period(self._since, self._until)

    def latest_of(self, days: Iterable[date]) -> date:
        """Return the last of some days, in their order, that has come by this day; date.min where none has."""
        last = date.min
        for day in days:
            if self._is_before(day):
                break
            last = day
        return last

    def __lt__(self, other: date) -> bool:
        return self._is_before(other)

    def __ge__(self, other: date) -> bool:
        return not self._is_before(other)

    def __le__(self, other: date) -> bool:
        return not self > other

    def __gt__(self, other: date) -> bool:
        if self._day > other:
            if other >= self._since:
                self._since = other + _ONE_DAY
            return True
        self._until = min(self._until, other)
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, date) and self <= other and self >= other

    def _is_before(self, other: date) -> bool:
        if self._day < other:
            if other <= self._until:
                self._until = other - _ONE_DAY
            return True
        self._since = max(self._since, other)
        return False


class RuleContext(Struct, frozen=True):
    """The day whose rules apply, and where the document lies (relative to the project, with forward slashes).

    What a rule finds is remembered for as long as it holds: `day` tracks what it is asked. `texts` are all texts of the
    document, one after another on lines, gathered once for the rules that look for signs in them; None where nobody gathered
    them. `environment` is the Chorus Pro that the project speaks of.
    """

    day: TrackedDay
    path: str = ""
    texts: str | None = None
    environment: Environment = "production"


class Span(Struct, frozen=True, order=True):
    """A stretch of a file: lines and columns count from 1, columns count code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)

Path = tuple[str | int, ...]
Place = Literal["key", "value"]


class Fault(Struct, frozen=True):
    """A breach of a rule, before language and position: what is wrong, and at which path of which document.

    `path` leads to the node at fault; for a missing key it leads to the parent and `args["key"]` names the key.
    `span` is set by whoever already knows the position (the loader); otherwise `path` and `at` lead to it.
    `level` is set where this case of the rule has another level than the rule. `noted`: the note of the rule applies.
    """

    rule: str
    path: Path = ()
    case: str = ""
    at: Place = "value"
    args: Mapping[str, object] = field(default_factory=dict)
    span: Span | None = None
    related: tuple[tuple[Path | Span, str], ...] = ()
    level: Level | None = None
    noted: bool = False


class Related(Struct, frozen=True):
    """A second place that a finding speaks of."""

    path: str
    line: int
    column: int
    message: str


class Edit(Struct, frozen=True):
    """A stretch of a file, and the text that is to stand in its place."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """What mends a finding: edits of its own file, none of which overlaps another; `description` says it in one language.

    `safe`: what is meant stays as it is, only how it is written changes.
    """

    edits: tuple[Edit, ...]
    description: str
    safe: bool = True


class Finding(Struct, frozen=True):
    """A fault as it is told: rendered in one language, at one level, with its place in a file.

    `path` is a file, relative to the project, with forward slashes; `pointer` is RFC 6901 into that file. `fix` is there when
    somebody asked for it, and a program can mend it.
    """

    rule: str
    level: Level
    message: str
    path: str
    span: Span
    pointer: str
    help: str
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
