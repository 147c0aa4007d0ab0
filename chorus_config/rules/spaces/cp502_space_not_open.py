"""CP502: a user has a space that the structure has not opened.

In force until 20 February 2023, for the portal that had spaces; from then CP506 says that they are gone.
« Mon Compte », « Factures émises » and « Factures reçues » need no opening; for managers, neither does « Activités du
Gestionnaire ». Capitals do not matter. Without `espaces` on the sheet, nothing is known of what is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries, text_in, words
from chorus_config.rules.spaces.cp504_works_space_missing import LAST_DAY

_FOR_ALL: Final = frozenset({"mon compte", "factures émises", "factures reçues"})
_FOR_MANAGERS: Final = "activités du gestionnaire"
_SIMPLE_USER: Final = frozenset({"UTILISATEUR", "UTILISATEUR_SIMPLE"})
_MODIFIES: Final = "Organisation modification"

TEXTS = RuleTexts(
    title=_("Space of a user that the structure has not opened"),
    why=_("Only a space that is open on the structure can be given to its users: this one could not be entered on the portal."),
    source=_("guide 2016, « Espaces » block; AIFE, « Comment ouvrir un espace »"),
    messages={
        "": _("The user has the space {value}, which the structure has not opened: a space of `espaces` is expected"),
        "manager": _(
            "The user has the space {value}, which managers alone have by default: none is expected for a simple user"
        ),
        "opened": _("the spaces that the structure has opened"),
    },
    remedy=_("Add the space to `espaces`, or remove it from the user."),
    remedies={"manager": _("Remove the space from the user, or make a manager of them.")},
    fails="""\
espaces: []
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: GESTIONNAIRE_SECONDAIRE
    espaces: [{nom: "Factures de travaux", mode: MODIFICATION}]
""",
    passes="""\
espaces: ["Factures de travaux"]
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: GESTIONNAIRE_SECONDAIRE
    espaces: [{nom: "Factures de travaux", mode: MODIFICATION}]
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each space of a sheet's users that the sheet does not open, and that is not theirs by default."""
    if not isinstance(body.get("espaces"), list) or context.day > LAST_DAY:
        return
    opened = _FOR_ALL.union(name.casefold() for _index, name in words(body, "espaces"))
    for index, user in entries(body, "utilisateurs"):
        for place, space in entries(user, "espaces"):
            name = text_in(space, "nom")
            if name is not None and not _is_theirs(name.casefold(), opened, user):
                path = ("utilisateurs", index, "espaces", place, "nom")
                case = "manager" if name.casefold() == _FOR_MANAGERS else ""
                yield Fault("CP502", path, case, args={"value": name}, related=((("espaces",), "opened"),))


def _is_theirs(name: str, opened: Set[str], user: dict[str, Any]) -> bool:
    return name in opened or (name == _FOR_MANAGERS and _manages(user))


def _manages(user: dict[str, Any]) -> bool:
    """Whoever has another role than simple user is a manager (or CP601's); so is, since 2023, who may modify the structure."""
    return user.get("role") not in _SIMPLE_USER or any(word == _MODIFIES for _index, word in words(user, "habilitations"))
