"""What there is to say beside the bodies that were read: what is not there, and what is not reported, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.afnor.bodies import Remarks, Unlisted
from chorus_config.sources.names import listed
from chorus_config.yamltext.characters import printable

_UNLISTED: Final[dict[Unlisted, str]] = {
    "incomplete": _(
        "note: services that are not compared, since the list of the directory lacks FACTURES_PUBLIQUES, which every public "
        "structure has: it is not complete: {names}"
    ),
    "unclear": _(
        "note: services that are not compared, since the directory has a code without a type, or the same code twice: {names}"
    ),
}


def notes_of(remarks: Remarks, source: str, api: str, say: Translator, *, nothing: bool) -> Iterator[str]:
    """Yield the notes on what was read, in the user's language; `nothing`: no structure at all was found."""
    places = {"source": printable(source)}
    if remarks.absent:
        message = _("note: not in the directory ({source}): {names}")
        yield say(message, **places, names=listed(remarks.absent, say))
    if nothing:
        message = _("note: « {source} » knows no structure that it was asked for: if that is strange, check its address {api}")
        yield say(message, **places, api=printable(api))
    if remarks.closed:
        message = _(
            "note: closed according to INSEE, which is not their statut on Chorus Pro (the directory does not tell it): {names}"
        )
        yield say(message, names=listed(remarks.closed, say))
    if remarks.not_public:
        message = _(
            "note: nothing in the directory says that they are public: their parameters and services are not compared: {names}"
        )
        yield say(message, names=listed(remarks.not_public, say))
    for reason, sirets in sorted(remarks.unlisted.items()):
        yield say(_UNLISTED[reason], names=listed(sirets, say))
    if remarks.without_address:
        message = _(
            "note: establishments left aside, since the directory has neither an invoicing address nor a service nor a "
            "parameter of theirs: {n}"
        )
        yield say(message, n=remarks.without_address)
    if remarks.strange:
        message = _("note: values of the directory that are not understood, and count as not reported: {names}")
        yield say(message, names=listed(remarks.strange, say))
