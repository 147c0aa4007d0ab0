"""A budget of the portfolio, or of the DGFiP's list (CP054), that has neither a sheet nor a structure.

Source: guide 2016 (« l'ensemble des budgets »: each has its sheet); AIFE, as for a structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import CERTIFICATE, Situation
from chorus_config.i18n.translator import _
from chorus_config.model.letter import LetterCase, LetterTexts, Row, Said

_LACKING: Final = (
    _("The budget below is one of ours, and has no structure in Chorus Pro yet."),
    _("The budgets below are ours, and have no structure in Chorus Pro yet."),
)
_EACH: Final = _("In Chorus Pro each budget receives its invoices under its own SIRET.")
_HELIOS: Final = (
    _("I would kindly ask you to check that it is registered in Hélios under this SIRET, and to have its structure created."),
    _(
        "I would kindly ask you to check that they are registered in Hélios under these SIRETs, and to have their "
        "structures created."
    ),
)
_ELSEWHERE: Final = (
    _("I would kindly ask you to create its structure with the reference data below."),
    _("I would kindly ask you to create their structures with the reference data below."),
)
_SUBJECT: Final = (
    _("Chorus Pro: a budget without a structure"),
    _("Chorus Pro: budgets without a structure"),
)
_BEFORE: Final = (
    _("Look for the SIRET on the portal first: if the structure is there, it only lacks a sheet (`chorus-config import`)."),
    _("Check the SIRET: `chorus-config validate` says which one looks mistyped (CP051)."),
)
_AFTER: Final = (
    _("Once the structure is there, write its sheet (`chorus-config import`, or a copy of another) and have it checked."),
)
_ENCLOSED: Final = (CERTIFICATE, _("the decision that created the budget"))


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the budgets that nothing shows on the portal and no sheet describes."""
    for root, name in _asked_for(situation).items():
        recipient = situation.recipient(situation.sender_root(root))
        asked = _HELIOS if recipient == "accountant" else _ELSEWHERE
        texts = LetterTexts(_SUBJECT, (_LACKING, _EACH, asked), _BEFORE, _AFTER, _ENCLOSED)
        to_check = not (situation.forced or situation.is_lacking(root))
        rows = (*((Row(Said(_("Budget")), (name,)),) if name else ()), *situation.creation_rows(root))
        yield LetterCase(root, recipient, texts, rows, to_check=to_check)


def _asked_for(situation: Situation) -> dict[str, str]:
    """Return the budgets that letters are about, by SIRET, with their names; those of the portfolio first."""
    lacking = {root for root in situation.missing - situation.sheets.keys() if not situation.is_known(root)}
    own = {root: name for root, name in situation.budgets.items() if root in lacking or situation.forced}
    return {root: name for root, name in {**own, **_left_out(situation)}.items() if situation.is_meant(root)}


def _left_out(situation: Situation) -> dict[str, str]:
    """Return the budgets of the DGFiP's list, by SIRET, that the portfolio leaves out and no list of structures has."""
    lists = situation.lists
    if lists is None or lists.problem:
        return {}
    sirens = {root[:9] for root in situation.budgets}
    named = {*situation.budgets, *situation.sheets}
    return {
        siret: one.budget
        for siret, one in sorted(lists.structures.items())
        if one.budget and not (one.listed or one.closed) and siret[:9] in sirens and siret not in named
        and not situation.is_known(siret)
    }  # fmt: skip
