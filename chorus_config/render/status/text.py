"""Where a portfolio stands, on a screen: an aligned table where it is wide enough, else a few lines a structure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.portfolio.status import CheckResult, PortfolioStatus, StatusGroup, StatusRow
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.paint import Paint
from chorus_config.render.status.members import DISPENSABLE, HEADS, NUMBERS, heads, member_cells, more_about, worst_first
from chorus_config.render.status.view import (
    STATE_LABELS,
    TONES,
    active_text,
    agent_text,
    check_text,
    days_text,
    deadline_text,
    headline,
    known_text,
    managed_text,
    member_name,
    ready_text,
    remarks,
    services_text,
    spread,
    title_of,
    to_do,
    waiting_text,
)
from chorus_config.yamltext.characters import cut, printable

_HEADS: Final = (
    _("Identifiant"), _("Name"), _("Raison sociale"), _("Created on"), _("Services"), _("Status"), _("Errors"), _("Warn."),
    _("Ready"), _("To enter"), _("Seen on"), _("Left"), _("Stage"),
)  # fmt: skip
_NAMED: Final = 2
_NUMBERS: Final = frozenset({6, 7, 9, 11})
# Columns that a narrow screen may cut, the first that gives way first, and how narrow each may become; an identifiant is whole.
_SHORTENED: Final = ((4, 8), (2, 12), (1, 12))
_GAP: Final = "  "
# More of the codes of services than this is their number.
_MOST_CODES: Final = 40


class _Screen(Struct, frozen=True):
    """How rows are shown: `widths` of the columns, none where the screen (`width`, None for any) is too narrow for a table."""

    status: PortfolioStatus
    say: Translator
    paint: Paint
    width: int | None
    widths: tuple[int, ...] | None


def status_text(
    status: PortfolioStatus, say: Translator, paint: Paint, check: CheckResult | None = None, width: int | None = None
) -> str:
    """Return the whole portfolio; `width` is that of the screen, None for none: then nothing is cut."""
    heads = tuple(map(say, _HEADS))
    cells = [_cells(row, status, say) for row in status.rows]
    screen = _Screen(status, say, paint, width, _widths([heads, *cells], width))
    title = say(_("{title}: {headline}"), title=title_of(status, say), headline=headline(status.tally, say))
    told = [
        spread(status.tally, say),
        managed_text(status.tally.coverage, say),
        deadline_text(status.deadline, say),
    ]
    blocks = ["\n".join((paint(printable(title), "title"), *(printable(line) for line in told if line)))]
    if status.is_large:
        blocks.append("\n".join(_members(screen, check.within if check is not None else None)))
    else:
        blocks += ["\n".join(_group(group, screen)) for group in status.groups if group.rows or group.member is not None]
    blocks += ["\n".join(map(printable, lines))] if (lines := [*remarks(status, say)]) else []
    blocks += [paint(check_text(check, say), "good" if check.passes else "error")] if check is not None else []
    return "\n\n".join(blocks) + "\n"


def _group(group: StatusGroup, screen: _Screen) -> Iterator[str]:
    say = screen.say
    if screen.status.has_members:
        siren = f"  {group.member.siren}" if group.member is not None else ""
        yield screen.paint(printable(f"{member_name(group.member, say)}{siren}"), "title")
        told = (
            headline(group.tally, say),
            managed_text(group.tally.coverage, say),
            deadline_text(group.deadline, say),
            agent_text(group.member, say),
        )
        yield printable(", ".join(filter(None, told)))
    if screen.widths is not None and group.rows:
        yield screen.paint(_line(tuple(map(say, _HEADS)), screen.widths), "quiet")
    for row in group.rows:
        cells = _cells(row, screen.status, say)
        yield from _line_of(row, cells, screen) if screen.widths is not None else _lines_of(row, cells, screen)
        next_step = to_do(row, screen.status, say)
        # A file in doubt has no share: of nothing that is sure, nothing is managed.
        sheet = ", ".join(filter(None, (row.path, managed_text(row.coverage, say))))
        yield printable(f"    {sheet} → {next_step}" if sheet else f"    → {next_step}")


def _members(screen: _Screen, within: int | None) -> Iterator[str]:
    """Yield a line a member; a narrow screen does without some columns, and cuts long names last."""
    say, groups = screen.say, worst_first(screen.status, within)
    lines = [tuple(map(printable, member_cells(group, say))) for group in groups]
    kept, table = [*HEADS], [heads(screen.status, say), *lines]
    for head in DISPENSABLE:
        if screen.width is None or sum(_sizes(table)) + len(_GAP) * (len(kept) - 1) <= screen.width:
            break
        place = kept.index(head)
        kept.pop(place)
        table = [(*line[:place], *line[place + 1 :]) for line in table]
    numbers = frozenset(map(kept.index, NUMBERS.intersection(kept)))
    sizes = _sizes(table)
    if screen.width is not None:
        sizes[0] = max(10, min(sizes[0], screen.width - sum(sizes[1:]) - len(_GAP) * (len(kept) - 1)))
    yield screen.paint(_line(table[0], sizes, numbers), "quiet")
    for group, cells in zip(groups, table[1:], strict=True):
        line, stage = _line(cells, sizes, numbers), cells[-1]
        yield line.removesuffix(stage) + screen.paint(stage, TONES[group.state])
    yield more_about(screen.status, say)


def _line_of(row: StatusRow, cells: Sequence[str], screen: _Screen) -> Iterator[str]:
    """Yield a row on one line; its stage, the last column, is painted."""
    line = _line(cells, screen.widths or ())
    stage = cells[-1]
    yield line.removesuffix(stage) + screen.paint(stage, TONES[row.state])


def _lines_of(row: StatusRow, cells: Sequence[str], screen: _Screen) -> Iterator[str]:
    """Yield a row on a few lines: its name, then all else, each with its column in words."""
    stage = screen.paint(cells[-1], TONES[row.state])
    yield f"{screen.paint(_GAP.join(filter(None, cells[:_NAMED])), 'title')}{_GAP}{stage}"
    pairs = zip(_HEADS[_NAMED:-1], cells[_NAMED:-1], strict=True)
    # A label and its value stay together, where they are not longer than the screen.
    told = [
        screen.say(_("{label}: {value}"), label=screen.say(head), value=value).replace(" ", "\0")
        for head, value in pairs
        if value
    ]
    for line in wrap("\0· ".join(told), max(40, screen.width or 80) - 4, break_long_words=False):
        yield f"    {line}".replace("\0", " ")


def _cells(row: StatusRow, status: PortfolioStatus, say: Translator) -> tuple[str, ...]:
    levels = row.levels
    found = (str(levels.get(level, 0)) if row.path else "" for level in ("error", "warning"))
    # A file of which nobody knows whom it describes is named by its path.
    name = row.label or ("" if row.root else row.path)
    cells = (
        row.root, name, row.legal_name, day_text(row.created, say), _services(row, say), active_text(row, say), *found,
        ready_text(row, say), waiting_text(row), known_text(row, status, say), days_text(row.deadline, say),
        say(STATE_LABELS[row.state]),
    )  # fmt: skip
    return tuple(map(printable, cells))


def _services(row: StatusRow, say: Translator) -> str:
    """Return the codes of the services of a sheet, their number where they would take too much room."""
    codes = services_text(row, say)
    return codes if len(codes) <= _MOST_CODES else say.count(_("{n} service"), _("{n} services"), len(row.services or ()))


def _widths(lines: Sequence[Sequence[str]], width: int | None) -> tuple[int, ...] | None:
    """Return the widths of the columns, some of them cut where the screen asks for it; None where that is not enough."""
    found = _sizes(lines)
    over = 0 if width is None else sum(found) + len(_GAP) * (len(found) - 1) - width
    for column, least in _SHORTENED:
        given = max(0, min(over, found[column] - least))
        found[column] -= given
        over -= given
    return None if over > 0 else (*found,)


def _sizes(lines: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*lines, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Collection[int] = _NUMBERS) -> str:
    placed = (
        cut(cell, size).rjust(size) if column in numbers else cut(cell, size).ljust(size)
        for column, (cell, size) in enumerate(zip(cells, widths, strict=True))
    )
    return _GAP.join(placed).rstrip()
