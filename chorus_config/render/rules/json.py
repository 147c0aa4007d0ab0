"""The catalogue as JSON, format 1.0 (schemas/rules.schema.json); the words are in the user's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.i18n.translator import Translator
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts
from chorus_config.render.rules.page import RuleEntry, exception, helpers
from chorus_config.render.rules.said import later_messages, later_reasons, messages, usual_remedies
from chorus_config.render.shared.screens import screens


def rules_document(entries: Iterable[RuleEntry], say: Translator) -> dict[str, Any]:
    """Return the document of the catalogue."""
    return _document([_rule(entry, say) for entry in entries])


def page_document(entry: RuleEntry, say: Translator) -> dict[str, Any]:
    """Return the document of one rule's page: a catalogue of one, with all that the page says."""
    how, written = exception(entry, say)
    page = {
        **_rule(entry, say),
        "later_why": _later_why(entry.texts, say),
        "messages": _messages(entry.texts, say),
        "about": entry.texts.about,
        **_example("fails", entry.texts.fails),
        **_example("passes", entry.texts.passes),
        "exception": {"text": how, "yaml": written},
        "screens": list(screens(entry.rule.file, say)),
        "helper": " ".join(helpers(entry, say)),
    }
    return _document([page])


def _later_why(said: RuleTexts, say: Translator) -> dict[str, str] | None:
    """Return what is said from a day on of why the rule matters."""
    told = " ".join(later_reasons(said, say))
    return {"from": said.later.day, "why": told} if said.later is not None and told else None


def _messages(said: RuleTexts, say: Translator) -> list[dict[str, Any]]:
    """Return each message with its remedy, and both as they are from the later day on where one of them is another then."""
    usual, later_usual = usual_remedies(said, say)
    later = later_messages(said, say)
    rows = []
    for case, (message, asked) in messages(said, say).items():
        day, then_said, then_asked = later.get(case, (said.later.day if said.later is not None else "", message, asked))
        then = {"from": day, "message": then_said, "remedy": then_asked or later_usual or usual}
        first = {"message": message, "remedy": asked or usual}
        rows.append({"case": case, "message": message, "later": then if then != {"from": day, **first} else None,
                     "remedy": first["remedy"]})  # fmt: skip
    return rows


def _example(key: str, example: str | ChangeExample) -> dict[str, str | None]:
    """Return an example: under its key what the rule judges, beside it what was known before where that is a change."""
    if isinstance(example, str):
        return {key: example, f"{key}_before": None}
    return {key: example.after, f"{key}_before": example.before}


def _document(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"format_version": "1.0", "type": "rules", "rules": rules}


def _rule(entry: RuleEntry, say: Translator) -> dict[str, Any]:
    rule, said = entry.rule, entry.texts
    return {
        "id": rule.id,
        "level": rule.level,
        "title": say(said.title),
        "source": say(said.source),
        "where": rule.where,
        "fixed": rule.fixed,
        "ready": rule.ready,
        "from": entry.since,
        "until": entry.until,
        "later": None if rule.later is None else {"from": rule.later[0], "level": rule.later[1]},
        "risk": rule.risk,
        "why": say(said.why),
        "remedy": usual_remedies(said, say)[0],
    }
