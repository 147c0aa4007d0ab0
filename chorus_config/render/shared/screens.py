"""Where on the portal a rule's subject stands: the way to the screen, in 2016 and today; what the guide says of it."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.render.shared.portal import SCREENS, Screen, Step

# By the folder of a rule: the screen in the table of the portal. Changes, files and projects have no screen of their own.
_SUBJECTS: Final = {
    "identity": "identity",
    "address": "address",
    "bank": "bank",
    "services": "services",
    "spaces": "spaces",
    "users": "users",
    "settings": "settings",
    "accounts": "account-person",
}
_FORMER: Final = "2016-"
_IN_2016: Final = _("In 2016, in through the Portail de la DGFiP: {way}, block « {block} ».")
_ACCOUNT_2016: Final = _(
    "In 2016, in through the Portail de la DGFiP: this screen opens by itself the first time, later by a click on {way}."
)
_NOW: Final = _(
    "Since 21 February 2023: {way}; a manager of a local body comes in through the PIGP. How today's screens name this block: "
    "not verified."
)
_ACCOUNT_NOW: Final = _("Since 21 February 2023: {way}; a manager of a local body comes in through the PIGP.")
_SPACES_NOW: Final = _("Since 21 February 2023: nowhere; what users may do is set by profiles and habilitations.")
_SERVICES: Final = _(
    "Services are, for instance, where there are any, the « Services Utilisateur » of the finance software. Most local bodies "
    "will not use them (guide 2016)."
)
_BY_NAME: Final = {one.name: one for one in SCREENS}
# What stands for the structure in a way that is told of all of them.
_ANY: Final = "SIRET"


def screens(file: str, say: Translator) -> tuple[str, ...]:
    """Return the ways to the screen that a rule is about, a sentence each, the oldest first; () where it has none.

    `file` is where the rule is (`Rule.file`): its folder says what it looks at.
    """
    folder = file.partition("/")[0]
    if folder not in _SUBJECTS:
        return ()
    name = _SUBJECTS[folder]
    before, now = _BY_NAME[_FORMER + name], _BY_NAME.get(name)
    former, current = (_ACCOUNT_2016, _ACCOUNT_NOW) if folder == "accounts" else (_IN_2016, _NOW)
    ways = (
        say(former, way=_way(before, say), block=before.block),
        say(current, way=_way(now, say)) if now else say(_SPACES_NOW),
    )
    return (*ways, say(_SERVICES)) if folder == "services" else ways


def way_to(screen: Screen, root: str, say: Translator) -> tuple[str, ...]:
    """Return the steps to a screen of a structure (or account), in words."""
    return tuple(_step(step, root, say) for step in screen.way)


def _step(step: Step, root: str, say: Translator) -> str:
    if step.is_label:
        return say(_("« {label} »"), label=step.text)
    return root if step.text == "{root}" else say(step.text, root=root)


def _way(screen: Screen, say: Translator) -> str:
    return " › ".join(way_to(screen, _ANY, say))
