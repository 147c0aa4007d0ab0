"""An account that a manager of a local body comes in by: the PIGP's, which the comptable public asks for.

Everybody else creates their own account on Chorus Pro, and nothing is asked for by letter. Before 21 February 2023 Hélios
supplied the accounts. Source: guide 2016 (« Mon compte »); AIFE, page on the PIGP, « Administrer les structures publiques et
les comptes utilisateurs »; docs/chorus-pro.md, « Qui fait quoi ».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chorus_config.engine.letters.situation import PRINCIPAL, Situation, entries, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import LetterCase, LetterTexts, Recipient, Row, Said

_SUBJECT: Final = (_("Chorus Pro: access of a manager through the PIGP"), _("Chorus Pro: access of managers through the PIGP"))
_SUBJECT_2016: Final = (_("Chorus Pro: an account that is missing"), _("Chorus Pro: accounts that are missing"))
_LACKING: Final = (
    _("The person below is to manage our sheets in Chorus Pro, and has no access yet."),
    _("The persons below are to manage our sheets in Chorus Pro, and have no access yet."),
)
_ASKED: Final = (
    _(
        "As a manager of a local body comes in through the internet portal of the DGFiP (PIGP), I would kindly ask you to have "
        "this access opened by your « correspondant dématérialisation »."
    ),
    _(
        "As managers of a local body come in through the internet portal of the DGFiP (PIGP), I would kindly ask you to have "
        "their access opened by your « correspondant dématérialisation »."
    ),
)
_LACKING_2016: Final = (
    _("The person below is to work in Chorus Pro, and has no account there."),
    _("The persons below are to work in Chorus Pro, and have no account there."),
)
_HELIOS_2016: Final = _(
    "Since the accounts of Chorus Pro are created from Hélios, I would kindly ask you to check what is registered there, "
    "and to have what is missing passed on to Chorus Pro."
)
_ELSEWHERE_2016: Final = _(
    "As our accounts are not kept in Hélios, which supplies those of Chorus Pro, I would kindly ask you to tell us how "
    "the account is created, or to create it with the reference data below."
)
_BEFORE: Final = (
    _("Ask the person first: whoever has a Chorus Pro account already only needs to be attached to the structure."),
)
_AFTER: Final = (
    _("At the first login, the person checks « Mon compte »: the address, and that notifications are on."),
    _(
        "Once they have access themselves, the principal manager attaches the others to the structure, then notes it with "
        "`chorus-config confirm`."
    ),
)
_AFTER_2016: Final = (
    _("At the first login, which goes through the Portail de la DGFiP, the person fills in the page « Mon Compte »."),
    _("The principal manager checks the attachment and the role, then notes it with `chorus-config confirm`."),
)
_MODIFIES: Final = "Organisation modification"
_SECONDARY: Final = "GESTIONNAIRE_SECONDAIRE"
_PRINCIPAL: Final = _("gestionnaire principal")


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures with managers whose account nothing shows; each account once, with the first of them."""
    asked: set[str] = set()
    for root in situation.structures():
        recipient = situation.recipient(root)
        if situation.renewed and recipient == "support":
            # Outside Hélios each person creates their own account.
            continue
        refs = {ref: user for ref, user in _users(situation, root) if ref not in asked and _lacks_account(situation, ref)}
        asked |= refs.keys()
        if refs:
            rows = tuple(_row(situation, ref, _role(user, renewed=situation.renewed)) for ref, user in refs.items())
            operations = tuple(number for ref in refs for number in situation.waiting(f"comptes/{ref}", "create"))
            yield LetterCase(
                root,
                recipient,
                _texts(recipient, renewed=situation.renewed),
                rows,
                operations,
                len(refs),
                not situation.forced,
                (*refs,),
            )


def _texts(recipient: Recipient, *, renewed: bool) -> LetterTexts:
    if renewed:
        return LetterTexts(_SUBJECT, (_LACKING, _ASKED), _BEFORE, _AFTER)
    supplied = _HELIOS_2016 if recipient == "accountant" else _ELSEWHERE_2016
    return LetterTexts(_SUBJECT_2016, (_LACKING_2016, supplied), _BEFORE, _AFTER_2016)


def _users(situation: Situation, root: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the users of a structure whose account is asked for by letter: until 2023 all of them, since then the managers."""
    for user in entries(situation.sheets.get(root, {}), "utilisateurs"):
        ref = text(user, "ref")
        if ref and (not situation.renewed or _manages(user)):
            yield ref, user


def _manages(user: Mapping[str, Any]) -> bool:
    rights = user.get("habilitations")
    return text(user, "role") in {PRINCIPAL, _SECONDARY} or (isinstance(rights, list | tuple) and _MODIFIES in rights)


def _lacks_account(situation: Situation, ref: str) -> bool:
    """Tell whether an account is wanted that nothing shows: no source, and no structure to which its holder is attached."""
    root = f"comptes/{ref}"
    known = situation.is_known(root) or any(
        text(user, "ref") == ref
        for state in (situation.observed, situation.confirmed)
        for body in state.values()
        for user in entries(body, "utilisateurs")
    )
    return situation.forced or (bool(situation.waiting(root, "create")) and not known)


def _row(situation: Situation, ref: str, role: str) -> Row:
    return Row(Said(_("Account of")), (*situation.person_rows(ref), Said(role)))


def _role(user: Mapping[str, Any], *, renewed: bool) -> str:
    if user.get("role") == PRINCIPAL:
        return _PRINCIPAL
    if renewed:
        return _("user with « Organisation modification »")
    return _("gestionnaire secondaire") if user.get("role") == _SECONDARY else _("simple user")
