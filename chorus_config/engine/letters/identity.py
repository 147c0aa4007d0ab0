"""The portal shows another raison sociale than the body bears, or a SIRET that INSEE has closed: neither is entered.

Source: AIFE, « Administrer les structures publiques » (the sheets of bodies at Hélios come from the DGFiP's register) and «
Gérer les structures » (« Mettre à jour depuis la base INSEE »); rules CP902 and CP903.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import CERTIFICATE, Situation, block, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import Blank, LetterCase, LetterTexts, Recipient, Row, Said
from chorus_config.model.lost_letters import is_damaged

_SUBJECT: Final = (
    _("Chorus Pro: identity of a structure to be corrected"),
    _("Chorus Pro: identity of structures to be corrected"),
)
_SHOWN: Final = (
    _("Chorus Pro shows the structure below under a raison sociale that is not its own; on the screen it is greyed."),
    _("Chorus Pro shows the structures below under a raison sociale that is not their own; on the screen it is greyed."),
)
_HELIOS: Final = _(
    "Since Chorus Pro takes it from the register of the DGFiP, I would kindly ask you to have it corrected there, or to "
    "tell us who does it."
)
_ELSEWHERE: Final = _("I would kindly ask you to have it corrected, or to tell us who does it.")
_BEFORE: Final = (
    _(
        "Compare the SIRET and the raison sociale with the INSEE certificate (avis de situation): where INSEE is wrong, "
        "it is asked to correct them first."
    ),
)
_REFRESH: Final = _(
    "Once INSEE is right, try « Mettre à jour depuis la base INSEE » (« Gérer une structure ») before you write."
)
_AFTER: Final = (_("Once the portal shows the right name, `chorus-config observe` against the same source shows it, too."),)
_ENCLOSED: Final = (CERTIFICATE,)


# A SIRET is never edited: another structure takes its place.
_CLOSED: Final = LetterTexts(
    (_("Chorus Pro: a SIRET that has changed"), _("Chorus Pro: SIRETs that have changed")),
    (
        (
            _("INSEE has closed the establishment under whose SIRET the structure below stands in Chorus Pro."),
            _("INSEE has closed the establishments under whose SIRETs the structures below stand in Chorus Pro."),
        ),
        _(
            "I would kindly ask you to have a structure created under the new SIRET, and the old one deactivated once its last "
            "invoices are dealt with."
        ),
    ),
    _BEFORE,
    (_("Once the new structure is there, write its sheet, which names the old SIRET (`remplace`), and have it checked."),),
    _ENCLOSED,
    set_up=False,
)


def _texts(recipient: Recipient, *, renewed: bool) -> LetterTexts:
    asked = _HELIOS if recipient == "accountant" else _ELSEWHERE
    before = (*_BEFORE, _REFRESH) if renewed else _BEFORE
    return LetterTexts(_SUBJECT, (_SHOWN, asked), before, _AFTER, _ENCLOSED, set_up=False)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose raison sociale is another for a source, or a public list, than in the sheet.

    Those whose SIRET a list of INSEE has closed need another structure, whatever their name.
    """
    for root in situation.structures():
        if _is_closed(situation, root):
            yield _closed(situation, root)
            continue
        right, shown = text(situation.own(root), "raison_sociale"), _shown(situation, root)
        differs = bool(right and shown) and not is_damaged(shown) and right.casefold() != shown.casefold()
        if situation.forced or differs:
            recipient = situation.recipient(root)
            rows = (
                Row(Said(_("Shown by Chorus Pro")), (shown if differs else Blank(Said(_("what the portal shows"))),)),
                Row(Said(_("To be shown")), (right or Blank(Said(_("the raison sociale of the INSEE certificate"))),)),
                *situation.seen_rows(root),
            )
            yield LetterCase(root, recipient, _texts(recipient, renewed=situation.renewed), rows)


def _is_closed(situation: Situation, root: str) -> bool:
    listed = situation.lists.of(root) if situation.lists is not None else None
    return listed is not None and listed.closed


def _closed(situation: Situation, root: str) -> LetterCase:
    """Return what is asked for a closed SIRET; the new one is known where a sheet takes the place of this one."""
    new = next((one for one in situation.in_order if situation.former(one) == root), "")
    rows = (Row(Said(_("New SIRET")), (new or Blank(Said(_("the SIRET of the INSEE certificate"))),)),)
    return LetterCase(root, situation.recipient(root), _CLOSED, rows)


def _shown(situation: Situation, root: str) -> str:
    """Return the raison sociale that a source reports, else a public list, "" for none."""
    observed = text(block(situation.observed.get(root, {}), "informations_generales"), "raison_sociale")
    listed = situation.lists.of(root) if situation.lists is not None else None
    return observed or (listed.name if listed is not None else "")
