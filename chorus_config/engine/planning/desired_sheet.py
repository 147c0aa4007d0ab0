"""One sheet of a plan: what it wants beside what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from chorus_config.diff.expand import Expanded
from chorus_config.model.address import Address
from chorus_config.model.finding import ALWAYS, Finding, Period
from chorus_config.model.plan import Change
from chorus_config.model.streamed.packed_record import PackedRecord
from chorus_config.yamltext.document import Document

# Errors by rule and pointer.
KnownErrors = frozenset[tuple[str, str]]


class JudgedSheet(Struct, frozen=True):
    """The judged changes of a sheet, what people call it, and the record that approving them would leave."""

    changes: tuple[Change, ...]
    name: str
    record: PackedRecord


class DesiredSheet(Struct, frozen=True):
    """One wanted sheet or account beside what is known of it; `claimed_twice` when another file claims the same name.

    `changes` lead from `before` to `after`, unjudged; without any, neither these two nor the body is kept. `digest` is the
    digest of what the sheet wants, `managed` the number of its fields, `replaces` the identifiants it says it replaces.
    `known_errors` are the errors (rule, pointer) that were there before: they are not the author's. `unsure`: through another
    error, part of what is written is not known, and was not compared. `judged` is what remains of one that was judged at once.
    On all days of `period` its findings are the same.
    """

    root: Address
    document: Document
    findings: tuple[Finding, ...]
    before: Expanded
    after: Expanded
    changes: tuple[Change, ...]
    digest: str
    managed: int
    replaces: tuple[str, ...] = ()
    claimed_twice: bool = False
    unsure: bool = False
    known_errors: KnownErrors = frozenset()
    judged: JudgedSheet | None = None
    period: Period = ALWAYS

    @property
    def in_error(self) -> bool:
        """Whether an error of the sheet, not there before, stands against its changes."""
        return any(new_errors(self.findings, self.known_errors))


# Judges a sheet at once, where nothing that comes later can matter.
Judge = Callable[["DesiredSheet"], JudgedSheet]


def new_errors(found: Iterable[Finding], known_errors: KnownErrors) -> Iterator[Finding]:
    """Yield the errors among findings that were not there before."""
    yield from (one for one in found if one.level == "error" and (one.rule, one.pointer) not in known_errors)
