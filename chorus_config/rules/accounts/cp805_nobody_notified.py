"""CP805: no user of an active structure is known to be notified of invoices.

In force from 21 February 2023, when a list of applications took the place of the one box (CP802). It is told only where the
accounts of all users are in the project: what an account that is kept elsewhere receives, nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, OtherPlace, ProjectIndex, SheetFacts

FIRST_DAY: Final = date(2023, 2, 21)
# So many users are named, and so many accounts pointed at; the others are as these.
_NAMED: Final = 5
_AT: Final[Path] = ("parametres",)

TEXTS = RuleTexts(
    title=_("Nobody notified of invoices"),
    why=_(
        "An invoice waits until somebody happens to look, while its deposit date already starts the payment period. One user "
        "of the structure who is notified is enough."
    ),
    source=_(
        "AIFE, « Mon compte » (Facturation CPRO, Engagements, Certificats de cessibilité) and « Bonnes pratiques »; date: "
        "AIFE, « Point de situation suite à la mise en place du nouveau portail de services Chorus Pro »"
    ),
    messages={
        "": _(
            "Not one user of this active structure is notified of invoices, by the accounts of the project: FACTURATION_CPRO "
            "is expected among the notifications of at least one of {users}"
        ),
        "account": _("« Facturation CPRO » is not among the notifications of this account"),
        "also": _("the same users here"),
    },
    remedy=_(
        "Write `notifications: [FACTURATION_CPRO]` in the account of at least one user, who chooses it in « Mon compte »."
    ),
    fails='# statut: ACTIF, utilisateurs: [{ref: "dgs", …}] ; comptes/dgs.yaml: notifications: ["ENGAGEMENTS"]',
    passes='# statut: ACTIF, utilisateurs: [{ref: "dgs", …}] ; comptes/dgs.yaml: notifications: ["FACTURATION_CPRO"]',
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at the users of each active structure of whose users all accounts are known, none of them notified."""
    if index.day < FIRST_DAY:
        return
    accounts = _accounts(index)
    if not any(account.notified is False for account in accounts.values()):
        return
    for fact in index.sheets():
        refs = [ref for ref in fact.refs if ref]
        if fact.active and _are_silent(fact, refs, accounts):
            fault = Fault("CP805", ("utilisateurs",), at="key", args={"users": _listed(refs)})
            others = [OtherPlace(accounts[ref].path, "compte-utilisateur", _AT, "account") for ref in refs[:_NAMED]]
            yield CrossFileFault(fact.path, fact.kind, fact.owner, fault, tuple(others))


def _are_silent(fact: SheetFacts, refs: list[str], accounts: Mapping[str, SheetFacts]) -> bool:
    """Tell whether a sheet has users, and each is known not to be notified; one whose ref is at fault may be anybody."""
    known = 0 < len(refs) == fact.users
    return known and all(ref in accounts and accounts[ref].notified is False for ref in refs)


def _accounts(index: ProjectIndex) -> Mapping[str, SheetFacts]:
    """Return the accounts that are known by their ref; of two with one ref, nobody knows which is meant (CP011)."""
    found: dict[str, SheetFacts] = {}
    twice = set()
    for fact in index.facts:
        if fact.kind == "compte-utilisateur" and fact.named:
            twice.update({fact.owner} & found.keys())
            found[fact.owner] = fact
    return {ref: fact for ref, fact in found.items() if ref not in twice}


def _listed(refs: list[str]) -> str:
    return ", ".join(refs[:_NAMED]) + (", …" if len(refs) > _NAMED else "")
