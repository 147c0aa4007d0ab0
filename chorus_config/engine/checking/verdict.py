"""What the check of one file leaves behind, without its text; and the same as plain data, for another process or a cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.checking.project import facts_of
from chorus_config.model.finding import ALWAYS, Finding, Period, Related, Span, TrackedDay
from chorus_config.model.project import FileKind, SheetFacts
from chorus_config.schema.packaged import STRICT, first_day_alike

if TYPE_CHECKING:
    from chorus_config.model.managed import ManagedFields

# A verdict as lists, texts, numbers and None alone: what JSON gives back as it was.
Row = Sequence[Any]
# So many lists of people are looked up; what more there are is held as often as it is written.
_LISTS: Final = 4_096
_NO_WAIVER: Final[frozenset[str]] = frozenset()


class Verdict(Struct, frozen=True):
    """One file after its check: its findings, what other files may need to know of it, the waivers that silenced a rule in it.

    `facts` is None for a file that does not name itself. `managed` says how much of its structure a sheet manages, where the
    checks of going live were asked for. On all days of `period` the verdict is the same.
    """

    path: str
    kind: FileKind
    findings: tuple[Finding, ...] = ()
    facts: SheetFacts | None = None
    used_waivers: frozenset[str] = frozenset()
    managed: ManagedFields | None = None
    period: Period = ALWAYS


def verdict_of(one: CheckedFile, settings: CheckSettings, *, legal_names: bool = False) -> Verdict:
    """Return what a check leaves behind; legal names (`SheetFacts.legal_name`) only for whoever shows them."""
    facts = facts_of(one, legal_names=legal_names)
    if not settings.ready:
        return Verdict(one.path, one.kind, one.findings, facts, one.used_waivers, None, one.period)
    asked = settings.asked.anew()
    managed = _managed(one, asked)
    return Verdict(one.path, one.kind, one.findings, facts, one.used_waivers, managed, one.period.overlap(asked.period))


def _managed(one: CheckedFile, asked: TrackedDay) -> ManagedFields | None:
    """Return how much of its structure a sheet manages: one that says little is soon ready."""
    if one.document is None or one.kind != "fiche-structure" or root_of(one.document.body) is None:
        return None
    from chorus_config.engine.checking.managed_blocks import managed_fields  # noqa: PLC0415 - only checks of going live ask

    return managed_fields(one.document.body, first_day_alike((STRICT[one.kind],), asked))


def to_row(verdict: Verdict) -> Row:
    """Return a verdict as plain data, without its path; `from_row` reads it back."""
    facts = verdict.facts
    return (
        verdict.kind,
        [finding_row(one) for one in verdict.findings],
        None if facts is None else _facts_row(facts),
        sorted(verdict.used_waivers),
        None if verdict.managed is None else _managed_row(verdict.managed),
        verdict.period.since.isoformat(),
        verdict.period.until.isoformat(),
    )


def holds_on(row: Row, day: str) -> bool:
    """Tell whether that of which this is the plain data, which ends with its period, is so on a day (YYYY-MM-DD)."""
    return bool(row[-2] <= day <= row[-1])


def from_row(path: str, row: Row) -> Verdict:
    """Return the verdict on a file from its plain data."""
    kind, findings, facts, used, managed, since, until = row
    return Verdict(
        path,
        kind,
        tuple([finding_of(path, one) for one in findings]) if findings else (),
        None if facts is None else _facts(path, kind, facts),
        frozenset(used) if used else _NO_WAIVER,
        None if managed is None else _managed_of(managed),
        period_of(since, until),
    )


@cache
def period_of(since: str, until: str) -> Period:
    """Return the days from one to another (YYYY-MM-DD)."""
    return Period(date.fromisoformat(since), date.fromisoformat(until))


def finding_row(one: Finding) -> Row:
    """Return a finding as plain data, without the path of its file."""
    span = one.span
    related = [(other.path, other.line, other.column, other.message) for other in one.related]
    place = (span.line, span.column, span.end_line, span.end_column)
    return (one.rule, one.level, one.message, place, one.pointer, one.help, related)


def finding_of(path: str, row: Row) -> Finding:
    """Return a finding in a file from its plain data."""
    rule, level, message, place, at, remedy, related = row
    return Finding(rule, level, message, path, Span(*place), at, remedy, tuple(Related(*other) for other in related))


def _facts_row(facts: SheetFacts) -> Row:
    return (
        facts.owner, facts.label, facts.active, facts.refs, facts.users, facts.notified, facts.ready, facts.named,
    )  # fmt: skip


def _facts(path: str, kind: FileKind, row: Row) -> SheetFacts:
    owner, label, active, refs, users, notified, ready, named = row
    # Thousands of sheets are of one kind, and name the same people: each such text, and list of them, is held once.
    return SheetFacts(
        path, intern(kind), owner, label, active, _refs(tuple(refs)), users, notified, ready, named  # type: ignore[arg-type]
    )  # fmt: skip


@lru_cache(_LISTS)
def _refs(refs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(intern, refs))


def _managed_of(row: Row) -> ManagedFields:
    from chorus_config.model.managed import ManagedBlock, ManagedFields  # noqa: PLC0415 - only checks of going live ask

    return ManagedFields(row[0], tuple(ManagedBlock(*one) for one in row[1]))


def _managed_row(managed: ManagedFields) -> Row:
    return (managed.count, [(one.key, one.label, one.written, one.total) for one in managed.blocks])
