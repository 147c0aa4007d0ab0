"""What a rule says, before any format: each of its messages, what it then asks for, and what it says from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import Formatter

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import RuleTexts
from chorus_config.render.shared.dates import day_text


def open_places(said: str) -> str:
    """Return a message with « … » where a finding puts what it found."""
    return "".join(text + ("…" if name is not None else "") for text, name, _spec, _conversion in Formatter().parse(said))


def messages(texts: RuleTexts, say: Translator, day: date = date.min) -> dict[str, tuple[str, str]]:
    """Return, by case, what the rule says on a day and what it then asks for; "" where that is the usual remedy."""
    return {
        case: (open_places(say(texts.message(case, day))), open_places(say(asked)) if asked is not None else "")
        for case, asked in ((case, texts.own_remedy(case, day)) for case in texts.messages)
    }


def later_messages(texts: RuleTexts, say: Translator) -> dict[str, tuple[str, str, str]]:
    """Return, by case, the day from which the rule says or asks for something else of its own, what it says and asks for."""
    if texts.later is None:
        return {}
    first, then = messages(texts, say), messages(texts, say, date.fromisoformat(texts.later.day))
    return {case: (texts.later.day, *then[case]) for case in first if then[case] != first[case]}


def usual_remedies(texts: RuleTexts, say: Translator) -> tuple[str, str]:
    """Return the usual remedy, and the one that takes its place from the later day on; that is "" where none does.

    A note follows each of them.
    """
    later = texts.later.remedies.get("", "") if texts.later is not None else ""
    note = f" {open_places(say(texts.note))}" if texts.note else ""
    return open_places(say(texts.remedy)) + note, open_places(say(later)) + note if later else ""


def later_reasons(texts: RuleTexts, say: Translator) -> tuple[str, ...]:
    """Return what the rule says from a day on of why it matters, a sentence or two each."""
    return tuple(map(say, texts.later.why)) if texts.later is not None else ()


def message_lines(texts: RuleTexts, say: Translator) -> Iterator[str]:
    """Yield each message with its own remedy where it has one, and what is said instead from a day on."""
    later = later_messages(texts, say)
    for case, told in messages(texts, say).items():
        yield _line(*told)
        if case in later:
            first, *then = later[case]
            yield say(_("from {first}: {message}"), first=day_text(first, say), message=_line(*then))


def _line(message: str, asked: str) -> str:
    return f"{message} → {asked}" if asked else message
