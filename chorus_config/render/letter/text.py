"""Letters as text: each between two rules, to be copied as it stands into an e-mail or a document; beside it, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.letter import Letters
from chorus_config.render.letter.view import Line, ShownLetter, heading, left_out_note, named_structures, shown_letter
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable

_WIDTH: Final = 78
_RULE: Final = "-" * _WIDTH
_COMMAND: Final = re.compile("`[^`]+`")
# Stands for a blank at which no line may end; no note of ours holds one.
_TIED: Final = "\ue000"


def letters_text(letters: Letters, say: Translator, paint: Paint) -> str:
    """Return all letters, one after the other."""
    count = len(letters.letters)
    lines = [paint(printable(heading(letters, say)), "title" if count else "good")]
    lines += [printable(letters.source)] if count else []
    left_out = left_out_note(letters, say)
    lines += _wrapped(left_out) if left_out else []
    blocks = ["\n".join(lines)]
    for number, letter in enumerate(letters.letters, 1):
        shown = shown_letter(letter, say)
        blocks.append("\n".join(_letter(shown, (number, count), say, paint)))
    return "\n\n".join(blocks) + "\n"


def _letter(shown: ShownLetter, place: tuple[int, int], say: Translator, paint: Paint) -> Iterator[str]:
    title = say(_("{title} (letter {n} of {count}, {to})"), n=place[0], count=place[1], to=shown.to, title=shown.title)
    yield paint(title, "title")
    yield from _wrapped(printable(named_structures(shown.letter)), "  ")
    yield from _notes(say(_("Before you send it:")), shown.before)
    yield paint(_RULE, "quiet")
    yield from letter_lines(shown, say)
    yield paint(_RULE, "quiet")
    yield from _notes(say(_("Once it is answered:")), shown.after)


def letter_lines(shown: ShownLetter, say: Translator) -> Iterator[str]:
    """Yield the lines of the letter itself."""
    yield from _plain(shown.sender)
    yield ""
    yield from _plain(shown.recipient)
    yield ""
    yield shown.dated
    yield ""
    yield from _wrapped(shown.subject)
    yield from _paragraphs(shown.opening)
    for rows in (*shown.rows, shown.common):
        yield ""
        for label, values in rows:
            yield from _wrapped(say(_("{label}: {value}"), label=label, value=_joined(values)), "  ", "    ")
    yield from _paragraphs(shown.closing)
    yield ""
    yield from _plain(shown.signature)
    if shown.enclosed:
        yield ""
        yield from _wrapped(shown.enclosed)


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ""
        yield from _wrapped(paragraph)


def _notes(title: str, notes: Iterable[str]) -> Iterator[str]:
    yield f"  {title}"
    for note in notes:
        # A command is copied whole.
        kept = _COMMAND.sub(lambda match: match[0].replace(" ", _TIED), printable(note))
        yield from (line.replace(_TIED, " ") for line in _wrapped(kept, "  - ", "    "))


def _plain(lines: Iterable[Line]) -> Iterator[str]:
    yield from (printable(line.text) for line in lines)


def _joined(values: Iterable[Line]) -> str:
    return " – ".join(printable(value.text) for value in values)


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest,
        break_long_words=False, break_on_hyphens=False,
    ) or [first.rstrip()]  # fmt: skip
