"""What suppliers are told, for a terminal or the body of a message."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.notice import Notice, StructureNotice
from chorus_config.render.notice.advice import CAUTIONS, advice, cautions
from chorus_config.render.notice.view import (
    ShownAddress,
    changes,
    contact,
    remark,
    sender_lines,
    shows_addresses,
    subtitle,
    title,
    unusable,
    usable,
)
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import headed
from chorus_config.yamltext.characters import printable


def render(notice: Notice, say: Translator, paint: Paint) -> str:
    """Return the notice in this format."""
    return "\n".join(_lines(notice, say, paint)) + "\n"


def _lines(notice: Notice, say: Translator, paint: Paint) -> Iterator[str]:
    yield paint(printable(title(notice, say)), "title")
    if notice.told:
        yield from _letter(notice, say, paint)
    if notice.structures or not notice.compared:
        yield ""
        yield paint(say(CAUTIONS), "title")
        yield from (f"- {printable(line)}" for line in cautions(notice, say))


def _letter(notice: Notice, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield what suppliers read."""
    yield from map(printable, (subtitle(notice, say), *sender_lines(notice, say)))
    for structure in notice.told:
        yield ""
        yield paint(headed(structure.siret, structure.name), "title")
        yield from _structure(structure, notice, say, paint)
    yield ""
    yield paint(say(_("To know")), "title")
    yield from (f"- {line}" for line in advice(notice, say))


def _structure(structure: StructureNotice, notice: Notice, say: Translator, paint: Paint) -> Iterator[str]:
    yield from (f"  {printable(line)}" for line in (contact(structure, notice, say), remark(structure, say)) if line)
    if notice.compared:
        yield from _changes(structure, notice, say, paint)
    if not shows_addresses(structure, notice):
        return
    if notice.compared:
        yield f"  {say(_('Addresses from then on'))}"
    for one in usable(structure, say):
        yield f"  {paint(printable(one.text), 'create')}  {_label(one)}"
        yield f"    {say(_('The invoice must bear: {bears}'), bears=one.bears)} – {printable(one.state)}"
    for one in () if notice.compared else unusable(structure, say):
        yield f"  {paint('× ' + (printable(one.text) or printable(structure.siret)), 'quiet')}  {_label(one)}"
        yield f"    {say(_('Not to be used: {why}'), why=printable(one.state))}"


def _label(one: ShownAddress) -> str:
    return printable(one.label)


def _changes(structure: StructureNotice, notice: Notice, say: Translator, paint: Paint) -> Iterator[str]:
    for one in changes(structure, notice, say):
        arrow = f" → {printable(one.instead)}" if one.instead else ""
        meaning = "warning" if one.outcome else "create"
        what, address = paint(printable(one.what), meaning), f"{printable(one.text)}{arrow}  {printable(one.label)}"
        yield f"  {say(_('{label}: {value}'), label=what, value=address)}"
        if one.bears:
            yield f"    {printable(one.bears)}"
        yield f"    {say(_('From when: {when}'), when=one.when)}"
        if one.outcome:
            yield f"    {say(_('An invoice sent as before: {outcome}'), outcome=one.outcome)}"
