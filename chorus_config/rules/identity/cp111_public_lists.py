"""CP111: a SIRET is absent, inactive or under another name in the public lists that the project keeps.

The lists are files of the project, never asked over the network, and may be older than what they are compared with. Where a
list says nothing, nothing is concluded: that a SIRET is absent, only a list of all public structures can say, or an excerpt
that has another structure of its SIREN. Nothing is compared for trials (« qualification »): the lists are of the real portal.
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleTexts
from chorus_config.model.observed.public_lists import ListedStructure
from chorus_config.model.project import CrossFileFault, ProjectIndex, SheetFacts
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.rules.judges.lists import list_name
from chorus_config.rules.judges.names import is_same_name

TEXTS = RuleTexts(
    title=_("The structure is in the public lists, active and under its name"),
    why=_(
        "Suppliers find a structure as the public lists have it: a SIRET that they do not have, or have under another name, is "
        "probably somebody else's, and an inactive one receives nothing."
    ),
    source=_(
        "AIFE, public list of the structures of Chorus Pro (Identifiant, RaisonSociale, StructureActive); INSEE, Sirene "
        "(etatAdministratifEtablissement); read from the files that the project names under `annuaire`, never over the network"
    ),
    messages={
        "": _("The SIRET {value} is not in the list of public structures ({list})"),
        "inactive": _("The structure {value} is inactive in the list of public structures ({list}): nothing can be deposited"),
        "active": _(
            "« Statut » is INACTIF here, but the structure {value} is active in the list of public structures ({list})"
        ),
        "closed": _("INSEE has closed the establishment {value} ({list})"),
        "name": _(
            "The SIRET {value} is that of « {listed} » in the list of public structures ({list}): here it is « {written} »"
        ),
    },
    remedy=_(
        "Copy the SIRET from INSEE's record of the structure (« avis de situation »); if the structure is new, take a newer "
        "list."
    ),
    remedies={
        "inactive": _("Have the structure activated on the portal; if it is active there, take a newer list."),
        "active": _("Write `statut: ACTIF` if the portal says so too; otherwise take a newer list."),
        "closed": _(
            "Look for the SIRET that took its place in INSEE's record (« avis de situation »): its sheet is a new one, which "
            "says what it replaces (`remplace`)."
        ),
        "name": _(
            "If the SIRET is right, write the name of the list in `raison_sociale`; otherwise copy the SIRET from INSEE's "
            "record of the structure (« avis de situation »)."
        ),
    },
    fails="# structures/21169999600016.yaml; annuaire.csv: {Identifiant: 21169999600016, StructureActive: false}",
    passes="# structures/21169999600016.yaml; annuaire.csv: {Identifiant: 21169999600016, StructureActive: true}",
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield the faults at the identifiant of each sheet of which the public lists say something else."""
    lists = index.lists
    if lists is None:
        return
    place = list_name(lists, index.day)
    for fact in index.sheets():
        listed = lists.of(fact.owner)
        for case, more in _cases(fact, listed) if listed is not None else ():
            fault = Fault("CP111", NAMES[fact.kind], case, args={"value": fact.owner, "list": place, **more})
            yield CrossFileFault(fact.path, fact.kind, fact.owner, fault)


def _cases(fact: SheetFacts, listed: ListedStructure) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield in which ways a sheet and the lists differ. What is closed is inactive: that is told once."""
    if listed.closed:
        yield "closed", {}
    elif not listed.listed:
        yield "", {}
    elif listed.active is False and fact.active is not False:
        yield "inactive", {}
    elif listed.active and fact.active is False:
        yield "active", {}
    if fact.legal_name.strip() and listed.name.strip() and not is_same_name(fact.legal_name, listed.name):
        yield "name", {"listed": listed.name, "written": fact.legal_name}
