"""A sheet that asks for nothing but what is approved: what a plan says of it, without its text; and the same as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from chorus_config.engine.checking.verdict import finding_of, finding_row, period_of
from chorus_config.model.finding import ALWAYS, Finding, Period
from chorus_config.model.project import FileKind

Checked = TypeVar("Checked")


class SettledSheet(Struct, frozen=True):
    """What follows from the bytes of a sheet or account and the record it was compared with, where no change did.

    `digest` is that of what the sheet wants, `record_digest` that of the record; `managed` is the number of its fields,
    `replaces` are the identifiants it says it replaces. `unsure`: an error hides a part of it, which was not compared.
    All this is so on the days of `period`.
    """

    root: str
    path: str
    kind: FileKind
    findings: tuple[Finding, ...]
    digest: str
    record_digest: str
    managed: int
    replaces: tuple[str, ...] = ()
    unsure: bool = False
    period: Period = ALWAYS


def to_row(sheet: SettledSheet) -> Sequence[Any]:
    """Return a settled sheet as plain data, without its path; `from_row` reads it back. Its period ends it (`holds_on`)."""
    findings = [finding_row(one) for one in sheet.findings]
    return (
        sheet.root, sheet.kind, findings, sheet.digest, sheet.record_digest, sheet.managed, sheet.replaces, sheet.unsure,
        sheet.period.since.isoformat(), sheet.period.until.isoformat(),
    )  # fmt: skip


def from_row(path: str, row: Sequence[Any]) -> SettledSheet:
    """Return a settled sheet from its plain data."""
    root, kind, findings, digest, record_digest, managed, replaces, unsure, since, until = row
    told = tuple(finding_of(path, one) for one in findings)
    return SettledSheet(
        root, path, kind, told, digest, record_digest, managed, tuple(replaces), unsure, period_of(since, until)
    )


def put_aside(checked: Iterable[Checked | SettledSheet], settled: dict[str, SettledSheet]) -> Iterator[Checked]:
    """Yield the files that were checked; settled sheets are put aside, by root."""
    for one in checked:
        if isinstance(one, SettledSheet):
            settled[one.root] = one
        else:
            yield one
