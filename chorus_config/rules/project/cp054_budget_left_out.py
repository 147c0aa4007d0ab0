"""CP054: the public lists have a SIRET of a SIREN of the portfolio that no budget names.

The guide asks the principal manager to set up « l'ensemble des budgets », and DGFiP's list of budgets says which there are. In
the list of public structures, one that is inactive may be a budget that nobody set up yet, or one that is gone: it is a note.
A SIRET that has a sheet is told there (CP052). The lists are files of the project, never asked over the network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.project import CrossFileFault, ProjectIndex
from chorus_config.rules.judges.lists import list_name

TEXTS = RuleTexts(
    title=_("Every budget that the public lists have is in the portfolio"),
    why=_(
        "A budget that the portfolio leaves out is in no count: nobody sets it up, and its suppliers cannot send their "
        "invoices."
    ),
    source=_(
        "guide 2016: the principal manager sets up each sheet, « l'ensemble des budgets »; DGFiP, « Balances comptables » "
        "(IDENT, LBUDG, SIREN); AIFE, public list of the structures of Chorus Pro (Identifiant, StructureActive); read from "
        "the files that the project names under `annuaire`, never over the network"
    ),
    messages={
        "": _("The public lists ({list}) also have {value} ({name}), of a SIREN of the portfolio: no budget names it"),
        "inactive": _(
            "The public lists ({list}) also have {value} ({name}), of a SIREN of the portfolio, as inactive, and no budget "
            "names it: nobody set it up yet, or it is gone"
        ),
        "unread": _("The public lists ({list}) were not read, and neither sheets nor budgets compared with them: {reason}"),
    },
    remedy=_("If it is yours, add it to `portefeuille.budgets`: `{row}`; otherwise waive CP054 for it."),
    remedies={
        "unread": _("Put the lists where the project file says, or take `annuaire` out of it."),
    },
    fails='# portefeuille: {budgets: [{identifiant: "21169999600016"}]}; annuaire.csv: 21169999600016, 21169999600024',
    passes='# portefeuille: {budgets: [{identifiant: "21169999600016"}]}; annuaire.csv: 21169999600016',
)

_AT: Final[Path] = ("portefeuille", "budgets")


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault for each SIRET that the portfolio leaves out, or one where the lists could not be read."""
    lists, file = index.lists, index.project_file
    if lists is None or file is None:
        return
    if not lists.problem:
        place = list_name(lists, index.day)
        yield from (CrossFileFault(file, "projet", one.siret, _fault(one, place)) for one in _left_out(index, lists))
    elif index.ready:
        # A colleague need not have the lists; who goes live should know that nothing was compared.
        args = {"list": lists.path, "reason": lists.problem}
        yield CrossFileFault(file, "projet", "", Fault("CP054", ("annuaire",), "unread", args=args))


def _fault(one: ListedStructure, place: str) -> Fault:
    case = "" if one.budget or one.active is not False else "inactive"
    args = {"value": one.siret, "name": one.budget or one.name or one.siret, "list": place, "row": _row(one)}
    return Fault("CP054", _AT, case, args=args, level="info" if case else None)


def _left_out(index: ProjectIndex, lists: PublicLists) -> Iterator[ListedStructure]:
    """Yield what the lists have of the SIRENs of the portfolio, and neither a budget nor a sheet names."""
    named = {*index.project.budgets, *(fact.owner for fact in index.facts)}
    sirens = {budget[:9] for budget in index.project.budgets} & lists.sirens
    for siret, one in sorted(lists.structures.items()):
        if siret[:9] in sirens and siret not in named and not one.closed and (one.listed or one.budget):
            yield one


def _row(one: ListedStructure) -> str:
    """Return the line to paste; a JSON text is a YAML text between double quotes."""
    label = one.budget or one.name
    named = f", libelle: {json.dumps(label, ensure_ascii=False)}" if label else ""
    return f'- {{identifiant: "{one.siret}"{named}}}'
