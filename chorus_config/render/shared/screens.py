"""Where on the portal a rule's subject stands: the way to the screen, in 2016 and today; what the guide says of it."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import Translator, _

# By the folder of a rule: the name of the block in the guide. Changes, files and projects have no screen of their own.
_BLOCKS: Final = {
    "identity": "Informations générales",
    "address": "Adresse postale du siège",
    "bank": "Coordonnées bancaires",
    "services": "Services",
    "spaces": "Espaces",
    "users": "Utilisateurs rattachés à la structure",
    "settings": "Paramètres",
}
_ACCOUNTS: Final = "accounts"
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


def screens(file: str, say: Translator) -> tuple[str, ...]:
    """Return the ways to the screen that a rule is about, a sentence each, the oldest first; () where it has none.

    `file` is where the rule is (`Rule.file`): its folder says what it looks at.
    """
    folder = file.partition("/")[0]
    if folder == _ACCOUNTS:
        return say(_ACCOUNT_2016), say(_ACCOUNT_NOW)
    if folder not in _BLOCKS:
        return ()
    ways = say(_SHEET_2016, block=_BLOCKS[folder]), say(_SPACES_NOW if folder == "spaces" else _SHEET_NOW)
    return (*ways, say(_SERVICES)) if folder == "services" else ways
