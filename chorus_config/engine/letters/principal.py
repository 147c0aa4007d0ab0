"""The role of principal manager passes to somebody else, and its present holder cannot hand it over.

Source: AIFE, « Évolution des rôles d'utilisateurs » (a transfer, the support when the holder is gone); guide 2016 (« Deux
rôles sont disponibles »: this one is not given on the portal).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from chorus_config.engine.letters.situation import Situation, entries, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import LetterCase, LetterTexts, Recipient, Row, Said

_SUBJECT: Final = _("Chorus Pro: change of the principal manager (gestionnaire principal)")
_GONE: Final = (
    _(
        "The principal manager of the structure below no longer holds this office, and cannot hand the role over on the portal "
        "any more."
    ),
    _(
        "The principal manager of the structures below no longer holds this office, and cannot hand the role over on the "
        "portal any more."
    ),
)
_CHANGES_2016: Final = (
    _("The principal manager of the structure below changes, and the portal does not let us give this role ourselves."),
    _("The principal manager of the structures below changes, and the portal does not let us give this role ourselves."),
)
_ASKED: Final = _("I would kindly ask you to give the role to the person named below.")
_HELIOS_2016: Final = _(
    "I would kindly ask you to correct in Hélios who holds the role, as named below, so that Chorus Pro takes it over."
)
_BEFORE: Final = (
    _(
        "As long as the present principal manager can log in, they hand the role over on the portal themselves: no letter is "
        "needed then."
    ),
    _("The new principal manager needs a Chorus Pro account, and is attached to the structure."),
)
_BEFORE_2016: Final = (_("The new principal manager needs a Chorus Pro account, and is attached to the structure."),)
_AFTER: Final = (
    _("Once it is done, the new principal manager checks the users of the structure, and who else may change its sheet."),
    _("Note it with `chorus-config confirm`."),
)
_ENCLOSED: Final = (_("the document that appoints the new principal manager"),)


def _texts(recipient: Recipient, *, renewed: bool) -> LetterTexts:
    if renewed:
        return LetterTexts(_SUBJECT, (_GONE, _ASKED), _BEFORE, _AFTER, _ENCLOSED)
    asked = _HELIOS_2016 if recipient == "accountant" else _ASKED
    return LetterTexts(_SUBJECT, (_CHANGES_2016, asked), _BEFORE_2016, _AFTER, _ENCLOSED)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose principal manager changes, and must be changed by somebody else."""
    for root in situation.structures():
        known, wanted = situation.known_principal(root), situation.principal(root)
        if situation.forced or _is_called_for(situation, root, known, wanted):
            recipient: Recipient = "support" if situation.renewed else situation.recipient(root)
            rows = (
                Row(Said(_("Until now")), situation.person_rows(known if known != wanted else "")),
                Row(Said(_("From now on")), situation.person_rows(wanted)),
            )
            operations = (*_handing_over(situation, root, known), *_handing_over(situation, root, wanted))
            yield LetterCase(root, recipient, _texts(recipient, renewed=situation.renewed), rows, operations, persons=(wanted,))


def _handing_over(situation: Situation, root: str, ref: str) -> tuple[int, ...]:
    """Return the operations that give somebody the role, or take it from them."""
    address = f"{root}/utilisateurs/{ref}"
    given = (situation.waiting(address, op, "/role") for op in ("create", "update"))
    return (*chain.from_iterable(given), *situation.waiting(address, "delete"))


def _is_called_for(situation: Situation, root: str, known: str, wanted: str) -> bool:
    """Tell whether the role changes hands, and neither of the two can see to it.

    Since 21 February 2023 that is only so where the sheet names the former one no more: else they hand the role over.
    """
    changes = bool(known and wanted) and known != wanted
    return changes and not (situation.renewed and _stays(situation, root, known))


def _stays(situation: Situation, root: str, ref: str) -> bool:
    """Tell whether the former principal manager is still to be a user of the structure."""
    return any(text(user, "ref") == ref for user in entries(situation.sheets.get(root, {}), "utilisateurs"))
