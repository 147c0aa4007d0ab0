"""Where on the portal a rule's subject stands: the way to the screen, in 2016 and today; what the guide says of it."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import Translator, _

# By the beginning of a rule's id: the name of the block in the guide. Changes and files have no screen of their own.
_BLOCKS: Final = {
    "CP1": "Informations générales",
    "CP2": "Adresse postale du siège",
    "CP3": "Coordonnées bancaires",
    "CP4": "Services",
    "CP5": "Espaces",
    "CP6": "Utilisateurs rattachés à la structure",
    "CP7": "Paramètres",
}
_ACCOUNT: Final = "CP8"
# The guide's own words of the way; for today's, AIFE, « Gérer les structures », « Mon compte » (docs/chorus-pro.md).
_SHEET_2016: Final = _(
    "In 2016: in through the Portail de la DGFiP, « Activités du Gestionnaire », « Mes structures », the pencil of the "
    "structure, block « {block} »."
)
_SHEET_NOW: Final = _(
    "Since 21 February 2023: domain « Organisation », « Structures », « Gérer une structure », « Modifier »; a manager of a "
    "local body comes in through the PIGP. How today's screens name this block: not verified."
)
_SPACES_NOW: Final = _("Since 21 February 2023: nowhere; what users may do is set by profiles and habilitations.")
_ACCOUNT_2016: Final = _(
    "In 2016: in through the Portail de la DGFiP; the first time this screen opens by itself, later click on « Mon Compte »."
)
_ACCOUNT_NOW: Final = _(
    "Since 21 February 2023: click on your name, then « Mon compte »; a manager of a local body comes in through the PIGP."
)
_SERVICES: Final = _(
    "Services are, for instance, where there are any, the « Services Utilisateur » of the finance software. Most local bodies "
    "will not use them (guide 2016)."
)


def screens(rule: str, say: Translator, file: str = "") -> tuple[str, ...]:
    """Return the ways to the screen that a rule is about, a sentence each, the oldest first; () where it has none.

    Two rules on users stand among those on spaces: `file`, where the rule is, tells.
    """
    block = "CP6" if file.startswith("users/") else rule[:3]
    if block == _ACCOUNT:
        return say(_ACCOUNT_2016), say(_ACCOUNT_NOW)
    if block not in _BLOCKS:
        return ()
    ways = say(_SHEET_2016, block=_BLOCKS[block]), say(_SPACES_NOW if block == "CP5" else _SHEET_NOW)
    return (*ways, say(_SERVICES)) if block == "CP4" else ways
