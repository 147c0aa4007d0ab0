"""Letters for machines (schemas/letter.schema.json): what each holds, in the words of the language asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.i18n.translator import Translator
from chorus_config.model.letter import Letter, Letters
from chorus_config.render.letter.view import Line, ShownLetter, said, shown_letter


def letters_document(letters: Letters, say: Translator) -> dict[str, Any]:
    """Return the document of all letters; nothing sensitive is in a letter."""
    return {
        "format_version": "1.0",
        "type": "letter",
        "source": letters.source,
        "kind": letters.kind,
        "targets": [*letters.targets],
        "left_out": [*letters.left_out],
        "language": say.language,
        "letters": [_letter(letter, shown_letter(letter, say), say) for letter in letters.letters],
    }


def _letter(letter: Letter, shown: ShownLetter, say: Translator) -> dict[str, Any]:
    return {
        "kind": letter.kind,
        "recipient": letter.recipient,
        "structures": [{"root": one.root, "name": one.name} for one in letter.references],
        "operations": [*letter.operations],
        "to_check": letter.to_check,
        "day": letter.day.isoformat(),
        "last": letter.last.isoformat() if letter.last is not None else None,
        "sender": _lines(shown.sender),
        "to": _lines(shown.recipient),
        "subject": said(letter.subject, say),
        "references": [_rows(rows) for rows in shown.rows],
        "common": _rows(shown.common),
        "opening": [*shown.opening],
        "closing": [*shown.closing],
        "signature": _lines(shown.signature),
        "enclosures": [said(one, say) for one in letter.enclosures],
        "before": [*shown.before],
        "after": [*shown.after],
    }


def _rows(rows: Iterable[tuple[str, tuple[Line, ...]]]) -> list[dict[str, Any]]:
    return [{"label": label, "values": _lines(values)} for label, values in rows]


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"text": line.text, "blank": line.blank} for line in lines]
