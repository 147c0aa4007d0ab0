"""The catalogue, and one rule's page, for people at a terminal."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS
from chorus_config.render.rules.page import (
    WHERE_WORDS,
    RuleEntry,
    Section,
    block_title,
    by_block,
    conditions,
    facts,
    level_word,
    sections,
)
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.values import LEVEL_LABELS
from chorus_config.yamltext.characters import printable

_WIDTH: Final = 100
# Stands for the blanks of a piece of code while its line is broken: what is to be copied stays whole.
_KEPT: Final = "\x1f"
_COUNTS: Final = {
    "error": (_("{n} error"), _("{n} errors")),
    "warning": (_("{n} warning"), _("{n} warnings")),
    "info": (_("{n} note"), _("{n} notes")),
}


def rules_text(entries: Sequence[RuleEntry], say: Translator, paint: Paint) -> str:
    """Return the catalogue by block, one line each, and the count."""
    parts = []
    for block, rows in by_block(entries).items():
        lines = [paint(block_title(block, say), "title"), *(_row(entry, say, paint) for entry in rows)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join([*parts, _count(entries, say, paint)]) + "\n"


def page_text(entry: RuleEntry, say: Translator, paint: Paint) -> str:
    """Return one rule's page."""
    level, *others = facts(entry, say)
    head = paint(f"{entry.rule.id}  {say(entry.texts.title)}", "title")
    parts = [f"{head}\n{' · '.join([paint(level, entry.rule.level), *others])}"]
    parts += ["\n".join(_section(section, paint)) for section in sections(entry, say)]
    return "\n\n".join(parts) + "\n"


def _row(entry: RuleEntry, say: Translator, paint: Paint) -> str:
    levels = max(len(say(word)) for word in LEVEL_LABELS.values())
    places = max(len(say(word)) for word in WHERE_WORDS.values())
    level = paint(f"{level_word(entry, say):{levels}}", entry.rule.level)
    more = "".join(paint(f" · {condition}", "quiet") for condition in conditions(entry, say))
    return f"  {entry.rule.id}  {level}  {say(WHERE_WORDS[entry.rule.where]):{places}}  {say(entry.texts.title)}{more}"


def _count(entries: Sequence[RuleEntry], say: Translator, paint: Paint) -> str:
    counted = Counter(entry.rule.level for entry in entries)
    counts = ", ".join(say.count(*_COUNTS[level], counted[level]) for level in LEVELS if counted[level])
    total = say.count(_("{n} rule"), _("{n} rules"), len(entries))
    told = say(_("{rules}: {counts}. `chorus-config explain RULE` shows the page of one."), rules=total, counts=counts)
    return paint(told, "title")


def _section(section: Section, paint: Paint) -> Iterator[str]:
    yield paint(section.title, "title")
    if section.text:
        yield _wrapped(section.text, "  ", "  ")
    for item in section.items:
        yield _wrapped(item, "  - ", "    ")
    for excerpt in section.code:
        if excerpt.caption:
            yield _wrapped(excerpt.caption, "  ", "  ")
        for line in excerpt.yaml.splitlines():
            yield f"      {printable(line)}".rstrip()


def _wrapped(text: str, first: str, others: str) -> str:
    """Break a paragraph into lines, never inside a piece of code (`…`) nor between a quotation mark and what it quotes."""
    whole = re.sub("`[^`]*`", lambda code: code[0].replace(" ", _KEPT), text)
    whole = whole.replace("« ", f"«{_KEPT}").replace(" »", f"{_KEPT}»")
    broken = textwrap.fill(
        whole, _WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    return broken.replace(_KEPT, " ")
