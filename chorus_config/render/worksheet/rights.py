"""Who may enter an operation on the portal.

Source: guide, block « Utilisateurs »; since 2023 the habilitation « Organisation modification » takes the place of a role.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import Address
from chorus_config.model.change import Op

PRINCIPAL: Final = "GESTIONNAIRE_PRINCIPAL"
SECONDARY: Final = "GESTIONNAIRE_SECONDAIRE"
MODIFIES: Final = "ORGANISATION_MODIFICATION"
HOLDER: Final = "TITULAIRE"
# On that day the role of secondary manager went from the portal (rules CP604 and CP608).
_RENEWED: Final = date(2023, 2, 21)
_NAMES: Final = {
    PRINCIPAL: _("gestionnaire principal"),
    SECONDARY: _("gestionnaire secondaire"),
    MODIFIES: _("user with « Organisation modification »"),
    HOLDER: _("the holder of the account (« Mon compte »)"),
}


def who_may(address: Address, op: Op, day: date) -> tuple[str, ...]:
    """Return who may enter a change on the portal of a day.

    The principal manager sets up every sheet, and alone asks for a new one; an account is set up by the one whose it is.
    """
    if address.group == "comptes":
        return (HOLDER,)
    if address.group == "" and op == "create":
        return (PRINCIPAL,)
    return (PRINCIPAL, MODIFIES if day >= _RENEWED else SECONDARY)


def names_of(who: tuple[str, ...], say: Translator) -> str:
    """Return the same in words."""
    return say(_(" or ")).join(say(_NAMES[one]) for one in who)
