"""A structure is to become active or inactive: « Statut » is greyed, so that it is asked for.

Source: guide 2016 (the field is shown and not entered); AIFE, « Gérer les structures » (« Activer », « Désactiver ») and «
Demande de création ou de désactivation de structures publiques »; the steps of today are not verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import Situation, block, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import LetterCase, LetterTexts, Row, Said
from chorus_config.model.project import Body

_ON: Final = (_("Chorus Pro: activation of a structure"), _("Chorus Pro: activation of structures"))
_OFF: Final = (_("Chorus Pro: deactivation of a structure"), _("Chorus Pro: deactivation of structures"))
_ON_ASKED: Final = (
    _("The structure below is set up, and stands as « Inactif » in Chorus Pro. I would kindly ask you to have it activated."),
    _(
        "The structures below are set up, and stand as « Inactif » in Chorus Pro. I would kindly ask you to have them "
        "activated."
    ),
)
_ON_UNTIL: Final = _("As long as a structure is inactive, no supplier can deposit an invoice for it.")
_OFF_ASKED: Final = (
    _("The structure below is to receive no more invoices. I would kindly ask you to have it deactivated in Chorus Pro."),
    _("The structures below are to receive no more invoices. I would kindly ask you to have them deactivated in Chorus Pro."),
)
_GREYED: Final = _("« Statut » is greyed on the screen, and we cannot enter it ourselves.")
_BEFORE: Final = (
    _(
        "Try the portal first: domain « Organisation », « Structures », « Gérer une structure » has « Activer » and « "
        "Désactiver »; what they ask of a public structure is not verified."
    ),
)
# Nothing here knows either of them, so that no letter says them in somebody's name.
_CLOSING: Final = (
    _("Make sure that your suppliers know of it: an inactive structure receives no invoice any more (rule CP909)."),
    _("Wait until the last invoices are dealt with."),
)
_AFTER: Final = (_("Once « Statut » has changed on the portal, note it with `chorus-config confirm`."),)


def _texts(wanted: str, *, renewed: bool) -> LetterTexts:
    before = _BEFORE if renewed else ()
    if wanted == "INACTIF":
        return LetterTexts(_OFF, (_OFF_ASKED, _GREYED), (*before, *_CLOSING), _AFTER, set_up=False)
    return LetterTexts(_ON, (_ON_ASKED, _GREYED, _ON_UNTIL), before, _AFTER)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose statut is to change, and that a source does not show changed already."""
    for root in situation.structures():
        wanted, shown = _wanted(situation, root), _statut(situation.observed.get(root, {}))
        if situation.forced or (_waits(situation, root) and shown != wanted):
            rows = (Row(Said(_("Statut asked for")), ("Inactif" if wanted == "INACTIF" else "Actif",)),)
            texts = _texts(wanted, renewed=situation.renewed)
            yield LetterCase(root, situation.recipient(root), texts, rows, (root,))


def _wanted(situation: Situation, root: str) -> str:
    """Return the statut to ask for: the inactive only where the structure is known to be active, and not to stay so.

    Else a sheet that says INACTIF tells how the structure stands before it is activated (rule CP108).
    """
    closes = _statut(situation.sheets.get(root, {})) == "INACTIF" and _statut(situation.on_portal(root)) == "ACTIF"
    return "INACTIF" if closes else "ACTIF"


def _statut(body: Body) -> str:
    return text(block(body, "informations_generales"), "statut")


def _waits(situation: Situation, root: str) -> bool:
    operation = situation.open_at.get(root)
    return operation is not None and operation.op == "update" and "/statut" in operation.paths
