"""What suppliers are told, as one page: a letter that is sent as it is, printed on A4 or read on a telephone."""

from __future__ import annotations

from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.notice import Notice, StructureNotice
from chorus_config.render.notice.advice import CAUTIONS, SOURCES, advice, cautions
from chorus_config.render.notice.view import (
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
from chorus_config.render.shared.html import page, tied
from chorus_config.render.shared.paint import Paint

_LABELS: Final = {
    "address": _("Electronic invoicing address"),
    "bears": _("The invoice must bear"),
    "before": _("An invoice sent as before"),
    "cautions": CAUTIONS,
    "instead": _("to be used instead"),
    "know": _("To know"),
    "name": _("Structure or service"),
    "state": _("State"),
    "then": _("Addresses from then on"),
    "unusable": _("Addresses that are not to be used"),
    "what": _("What changes"),
    "when": _("From when"),
    "why": _("Why"),
}


def render(notice: Notice, say: Translator, _paint: Paint) -> str:
    """Return the notice in this format."""
    empty = not notice.told
    silent = bool(notice.compared) and not notice.structures
    return page(
        "notice.html.j2",
        lang=say.language,
        kind=say(_("Notice to suppliers")),
        headline=tied(title(notice, say)),
        tone="letter",
        reasons=(),
        facts=() if empty else (subtitle(notice, say), *sender_lines(notice, say)),
        structures=[_structure(one, notice, say) for one in notice.told],
        advice=() if empty else tuple(advice(notice, say)),
        cautions=() if silent else tuple(cautions(notice, say)),
        labels={key: say(label) for key, label in _LABELS.items()},
        compared=bool(notice.compared),
        foot=() if empty else (say(SOURCES),),
    )


def _structure(structure: StructureNotice, notice: Notice, say: Translator) -> dict[str, Any]:
    """Return what the page shows of one structure; a notice of changes shows these alone."""
    addresses = usable(structure, say) if shows_addresses(structure, notice) else ()
    return {
        "name": called(structure),
        "number": number_label(structure, say),
        "siret": structure.siret,
        "contact": contact(structure, notice, say),
        "remark": remark(structure, say),
        "usable": addresses,
        "unusable": () if notice.compared else unusable(structure, say),
        "changes": tuple(changes(structure, notice, say)),
    }
