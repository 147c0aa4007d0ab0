"""What a rule says, before any format: each of its messages, what it then asks for, and what it says from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import RuleTexts


def open_places(said: str) -> str:
    """Return a message with « … » where a finding puts what it found."""
    return "".join(text + ("…" if name is not None else "") for text, name, _spec, _conversion in Formatter().parse(said))


def messages(texts: RuleTexts, say: Translator) -> dict[str, tuple[str, str]]:
    """Return, by case, what the rule says and what it then asks for; "" where that is the usual remedy."""
    own = texts.remedies
    return {
        case: (open_places(say(message)), open_places(say(own[case])) if case in own else "")
        for case, message in texts.messages.items()
    }


def later_messages(texts: RuleTexts, say: Translator) -> dict[str, tuple[str, str]]:
    """Return, by case, the day from which the rule says something else, and what."""
    day, told = texts.later or ("", {})
    return {case: (day, open_places(say(message))) for case, message in told.items()}


def message_lines(texts: RuleTexts, say: Translator) -> Iterator[str]:
    """Yield each message with its own remedy where it has one, and what is said instead from a day on."""
    later = later_messages(texts, say)
    for case, (message, asked) in messages(texts, say).items():
        yield f"{message} → {asked}" if asked else message
        if case in later:
            yield say(_("from {first}: {message}"), first=later[case][0], message=later[case][1])
