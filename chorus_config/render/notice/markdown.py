"""What suppliers are told, as Markdown: a letter that can be pasted into a page or a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.notice import Notice, StructureNotice
from chorus_config.render.notice.advice import CAUTIONS, SOURCES, advice, cautions
from chorus_config.render.notice.view import (
    ShownAddress,
    ShownAddressChange,
    called,
    changes,
    contact,
    number_label,
    remark,
    sender_lines,
    shows_addresses,
    subtitle,
    title,
    unusable,
    usable,
)
from chorus_config.render.shared.markdown import code, prose, table
from chorus_config.render.shared.paint import Paint


def render(notice: Notice, say: Translator, _paint: Paint) -> str:
    """Return the notice in this format."""
    return "\n\n".join(_blocks(notice, say)) + "\n"


def _blocks(notice: Notice, say: Translator) -> Iterator[str]:
    yield f"# {prose(title(notice, say))}"
    if notice.told:
        yield from _letter(notice, say)
    if notice.structures or not notice.compared:
        yield f"## {prose(say(CAUTIONS))}"
        yield _items(cautions(notice, say))


def _letter(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what suppliers read."""
    yield f"**{prose(subtitle(notice, say))}**"
    yield from map(prose, sender_lines(notice, say))
    for structure in notice.told:
        yield f"## {prose(called(structure))}"
        yield f"{prose(number_label(structure, say))} {code(structure.siret)}"
        if mailbox := contact(structure, notice, say):
            yield prose(mailbox)
        yield from structure_blocks(structure, notice, say)
    yield f"## {prose(say(_('To know')))}"
    yield _items(advice(notice, say))
    yield prose(say(SOURCES))


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {prose(line)}" for line in lines)


def structure_blocks(structure: StructureNotice, notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what is told of one structure, below its name."""
    if note := remark(structure, say):
        yield prose(note)
    if notice.compared:
        yield from changes_table(structure, notice, say)
    if not shows_addresses(structure, notice):
        return
    if notice.compared:
        yield f"**{prose(say(_('Addresses from then on')))}**"
    open_heads = (_("Electronic invoicing address"), _("Structure or service"), _("The invoice must bear"), _("State"))
    yield from _table(open_heads, [_usable(one) for one in usable(structure, say)], say)
    closed = [[_address(one.text), _text(one.label), prose(one.state)] for one in unusable(structure, say)]
    if closed and not notice.compared:
        yield f"**{prose(say(_('Addresses that are not to be used')))}**"
        yield from _table((_("Electronic invoicing address"), _("Structure or service"), _("Why")), closed, say)


def changes_table(structure: StructureNotice, notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what changes of a structure as a table, nothing when nothing does."""
    heads = (_("What changes"), _("Electronic invoicing address"), _("From when"), _("An invoice sent as before"))
    yield from _table(heads, [_change(one) for one in changes(structure, notice, say)], say)


def _table(heads: Iterable[str], rows: Sequence[Sequence[str]], say: Translator) -> Iterator[str]:
    if rows:
        yield table([prose(say(head)) for head in heads], rows)


def _usable(one: ShownAddress) -> list[str]:
    return [_address(one.text), _text(one.label), prose(one.bears), prose(one.state)]


def _change(one: ShownAddressChange) -> list[str]:
    arrow = f" → {code(one.instead)}" if one.instead else ""
    label = f" – {prose(one.label)}" if one.label else ""
    what = f"{prose(one.what)}. {prose(one.bears)}" if one.bears else prose(one.what)
    return [what, f"{_address(one.text)}{arrow}{label}", prose(one.when), _text(one.outcome)]


def _address(text: str) -> str:
    return code(text) if text else "–"


def _text(text: str) -> str:
    return prose(text) if text else ""
