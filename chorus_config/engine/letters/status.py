"""A structure is to become active or inactive: « Statut » is greyed, so that it is asked for; since 2023 on the portal first.

Source: guide 2016 (the field is shown and not entered); AIFE, « Gérer les structures » (« Activer », « Désactiver ») and «
Demande de création ou de désactivation de structures publiques »; the steps of today are not verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import Situation, block, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import Blank, LetterCase, LetterTexts, Row, Said
from chorus_config.model.project import Body

_SHOWN: Final = {"ACTIF": "Actif", "INACTIF": "Inactif"}
_ON: Final = (_("Chorus Pro: activation of a structure"), _("Chorus Pro: activation of structures"))
_OFF: Final = (_("Chorus Pro: deactivation of a structure"), _("Chorus Pro: deactivation of structures"))
_ON_ASKED: Final = (
    _("I would kindly ask you to have the structure below activated in Chorus Pro."),
    _("I would kindly ask you to have the structures below activated in Chorus Pro."),
)
_ON_UNTIL: Final = _("As long as a structure is inactive, no supplier can deposit an invoice for it.")
_OFF_ASKED: Final = (
    _("The structure below is to receive no more invoices. I would kindly ask you to have it deactivated in Chorus Pro."),
    _("The structures below are to receive no more invoices. I would kindly ask you to have them deactivated in Chorus Pro."),
)
_GREYED: Final = _("« Statut » is greyed on the screen, and we cannot enter it ourselves.")
# Since 21 February 2023 the portal has gestures for it, which come first (what the worksheet says).
_TRIED_ON: Final = _("Our request on the portal (« Gérer une structure », « Activer ») has not succeeded.")
_TRIED_OFF: Final = _("Our request on the portal (« Gérer une structure », « Désactiver ») has not succeeded.")
_BEFORE: Final = (
    _(
        "Ask for it on the portal first: domain « Organisation », « Structures », « Gérer une structure », « Activer » or « "
        "Désactiver »; what they ask of a public structure is not verified. Send the letter only if that does not succeed."
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
        why = _TRIED_OFF if renewed else _GREYED
        return LetterTexts(_OFF, (_OFF_ASKED, why), (*before, *_CLOSING), _AFTER, set_up=False)
    return LetterTexts(_ON, (_ON_ASKED, _TRIED_ON if renewed else _GREYED, _ON_UNTIL), before, _AFTER)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose statut is to change, and that a source does not show changed already.

    Since the portal has gestures for it, only where this kind of letter is asked for: nobody else knows that they fail.
    """
    if situation.renewed and not situation.kind_asked:
        return
    for root in situation.structures():
        wanted, shown = _wanted(situation, root), _statut(situation.observed.get(root, {}))
        operations = _waiting(situation, root, wanted)
        if situation.forced or (operations and shown != wanted):
            texts = _texts(wanted, renewed=situation.renewed)
            yield LetterCase(
                root,
                situation.recipient(root),
                texts,
                _rows(situation, root, wanted),
                operations,
                to_check=situation.to_check(operations),
            )


def _rows(situation: Situation, root: str, wanted: str) -> tuple[Row, ...]:
    """Return the statut that is known, and the one asked for. Where the first is not another, the portal is to be looked at."""
    known = _statut(situation.observed.get(root, {})) or _statut(situation.confirmed.get(root, {}))
    shown = _SHOWN.get(known) if known != wanted else None
    return (
        Row(Said(_("Statut in Chorus Pro")), (shown or Blank(Said(_("what the portal shows"))),)),
        Row(Said(_("Statut asked for")), (_SHOWN[wanted],)),
    )


def _wanted(situation: Situation, root: str) -> str:
    """Return the statut to ask for: the inactive only where the structure is known to be active, and not to stay so.

    Else a sheet that says INACTIF tells how the structure stands before it is activated (rule CP108).
    """
    closes = _statut(situation.sheets.get(root, {})) == "INACTIF" and _statut(situation.on_portal(root)) == "ACTIF"
    return "INACTIF" if closes else "ACTIF"


def _statut(body: Body) -> str:
    return text(block(body, "informations_generales"), "statut")


def _waiting(situation: Situation, root: str, wanted: str) -> tuple[int, ...]:
    """Return the operation that gives a structure the statut wanted, () for none."""
    operation = situation.open_at.get(root)
    leads = operation is not None and any(row["path"] == "/statut" and row["after"] == wanted for row in operation.fields)
    return situation.waiting(root, "update", "/statut") if leads else ()
