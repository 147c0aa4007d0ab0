"""`rules`: the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from chorus_config.app.project import open_project
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Exit, ProjectFault
from chorus_config.render.findings.json import as_json
from chorus_config.render.rules.json import rules_document
from chorus_config.render.rules.markdown import rules_markdown
from chorus_config.render.rules.page import RuleEntry
from chorus_config.render.rules.text import rules_text
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.rules.settings.cp706_edi_too_early import LAST_DAY_WITHOUT_EDI_RECEPTION
from chorus_config.rules.settings.cp707_moa_too_early import LAST_DAY_WITHOUT_MOA
from chorus_config.rules.spaces.cp504_works_space_missing import LAST_DAY_OF_SPACES
from chorus_config.schema.packaged import NAMES, schema

# The last days of the rules that are written in Python; the schemas say their own.
_LAST_DAYS: Final = {
    "CP504": LAST_DAY_OF_SPACES,
    "CP706": LAST_DAY_WITHOUT_EDI_RECEPTION,
    "CP707": LAST_DAY_WITHOUT_MOA,
}


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
        say(_("List the rules, by block.\n\n--format markdown adds the page of each.")),
        (
            "chorus-config rules",
            "chorus-config rules --format json",
            "chorus-config rules --format markdown:rules.md",
        ),
        [],
    )
    return make_command("rules", run, face, say)


def run(request: Request) -> int:
    """Deliver the catalogue."""
    wanted = formats(request, ("text", "json", "markdown"))
    say, listed = speech(request), catalogue()
    deliver(
        request,
        wanted,
        {
            "text": lambda paint: rules_text(listed, say, paint),
            "json": lambda _paint: as_json(rules_document(listed, say)),
            "markdown": lambda _paint: rules_markdown(listed, say),
        },
    )
    return Exit.OK


def catalogue() -> tuple[RuleEntry, ...]:
    """Return every rule with its words and its days."""
    found = days()
    return tuple(RuleEntry(row, texts(rule), *found.get(rule, (None, None))) for rule, row in RULES.items())


def days() -> dict[str, tuple[str | None, str | None]]:
    """Return, by rule, the first and last day on which any part of it is in force; None where nothing limits it."""
    found = {rule: [("", last.isoformat())] for rule, last in _LAST_DAYS.items()}
    for name in NAMES:
        for rule, first, last in _dated(schema(name)):
            found.setdefault(rule, []).append((first, last))
    # "" comes before every day, "9999" after.
    spans = {rule: (min(first for first, _last in all_), max(last for _first, last in all_)) for rule, all_ in found.items()}
    return {rule: (first or None, None if last == "9999" else last) for rule, (first, last) in spans.items()}


def speech(request: Request) -> Translator:
    """Return the language of the project; an invalid project file is no reason not to explain what makes it so."""
    try:
        return open_project(request).setting.say
    except ProjectFault:
        return request.say


def _dated(node: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _dated(item)
    elif isinstance(node, dict):
        if isinstance(node.get("x-rule"), str):
            yield node["x-rule"], node.get("x-from", ""), node.get("x-until", "9999")
        for value in node.values():
            yield from _dated(value)
