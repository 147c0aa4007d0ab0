"""What reading a document gives: its data, and what other readers would take for something else."""

from __future__ import annotations

from msgspec import Struct

from chorus_config.model.finding import Fault, Path, Span


class AlteredScalar(Struct, frozen=True):
    """A plain scalar that other readers would alter: where it stands, and the container that holds it as text."""

    path: Path
    container: dict[str, object] | list[object]
    text: str
    span: Span


class ParsedText(Struct, frozen=True):
    """The data of one document, or None when a fault stopped it; `faults` are the loader's, each with its span.

    `plain` says that the text is in the form of `plain_lines`: where something stands in it is then quickly found.
    """

    data: object
    faults: tuple[Fault, ...] = ()
    altered: tuple[AlteredScalar, ...] = ()
    stopped: bool = False
    plain: bool = False


def stopped_by(*faults: Fault) -> ParsedText:
    """Return what reading gives that faults stopped."""
    return ParsedText(None, faults, stopped=True)
