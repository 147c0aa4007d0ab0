"""The catalogue, and one rule's page, as Markdown (GitHub's and GitLab's); docs/rules.md is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from chorus_config.i18n.translator import Translator, _
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

_CODE: Final = re.compile("(`[^`]+`)")
# What means something to Markdown inside a line; an underscore between letters does not.
_ACTIVE: Final = re.compile(r"[\\`*\[\]<>|~&@]|(?<![^\W_])_|_(?![^\W_])")


def rules_markdown(entries: Sequence[RuleEntry], say: Translator) -> str:
    """Return the whole catalogue: a table that leads to the pages, and every page below it, by block."""
    heads = [say(word) for word in (_("Rule"), _("Level"), _("Title"), _("Where"), _("Conditions"))]
    table = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *(_row(entry, say) for entry in entries)]
    made = say(
        _("This page is what `chorus-config rules --format markdown` writes; `chorus-config explain RULE` shows one rule.")
    )
    title = say(_("The rules of chorus-config"))
    parts = [f"# {title}", _prose(made), "\n".join(table)]
    for block, rows in by_block(entries).items():
        parts.append(f"## {_prose(block_title(block, say))}")
        for entry in rows:
            parts += [f'<a id="{entry.rule.id.lower()}"></a>', *_page(entry, say, 3)]
    return "\n\n".join(parts) + "\n"


def page_markdown(entry: RuleEntry, say: Translator) -> str:
    """Return one rule's page as a document of its own."""
    return "\n\n".join(_page(entry, say, 1)) + "\n"


def _row(entry: RuleEntry, say: Translator) -> str:
    cells = (
        level_word(entry, say),
        say(entry.texts.title),
        say(WHERE_WORDS[entry.rule.where]),
        ", ".join(conditions(entry, say)),
    )
    shown = " | ".join(_cell(cell) for cell in cells)
    return f"| [{entry.rule.id}](#{entry.rule.id.lower()}) | {shown} |"


def _page(entry: RuleEntry, say: Translator, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {entry.rule.id} – {_prose(say(entry.texts.title))}"
    yield " · ".join(_prose(fact) for fact in facts(entry, say))
    for section in sections(entry, say):
        yield from _section(section, depth + 1)


def _section(section: Section, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {_prose(section.title)}"
    if section.text:
        yield _prose(section.text)
    if section.items:
        yield "\n".join(f"- {_prose(item)}" for item in section.items)
    for excerpt in section.code:
        if excerpt.caption:
            yield _prose(excerpt.caption)
        if excerpt.yaml:
            yield _fenced(excerpt.yaml)


def _prose(text: str) -> str:
    """Return words with their pieces of code (`…`) as they are, and everything else without meaning to Markdown."""
    pieces = _CODE.split(re.sub("[ \t\r\n]+", " ", text))
    shown = "".join(piece if index % 2 else _ACTIVE.sub(r"\\\g<0>", piece) for index, piece in enumerate(pieces))
    return re.sub(r"^([#+-]|\d+(?=[.)]))", lambda start: _unstarted(start[1]), shown)


def _unstarted(mark: str) -> str:
    """Return what begins a line so that it begins no heading and no list."""
    return f"&#{ord(mark[0])};{mark[1:]}"


def _cell(text: str) -> str:
    """Return words for a table, whose cells a bar ends even inside code."""
    return re.sub(r"(?<!\\)\|", r"\\|", _prose(text))


def _fenced(code: str) -> str:
    fence = "`" * (1 + max([2, *(len(run) for run in re.findall("`+", code))]))
    return f"{fence}yaml\n{code.rstrip()}\n{fence}"
