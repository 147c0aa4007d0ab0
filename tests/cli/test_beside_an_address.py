"""A snapshot file named beside a source that is asked: what it holds is read whole."""

from __future__ import annotations

from .desk import SIRET, Desk
from .portal import NAME, general, snapshot

HEAD = (
    "TypeIdentifiant;Identifiant;RaisonSociale;EmetteurEdi;RecepteurEdi;GestionEngagement;GestionService;"
    "GestionServiceEngagement;EstMOA;EstMOAUniquement;StructureActive"
)


def test_the_accounts_of_a_snapshot_stay(desk: Desk) -> None:
    desk.write("lists/structures.csv", f"{HEAD}\nSIRET;{SIRET};SDITEC;false;false;false;false;false;false;false;true\n")
    snapshot(desk, general(), ("comptes/dgs", {"type": "compte-utilisateur", "version": 1, "ref": "dgs"}))
    ended = desk.run("observe", NAME, "annuaire:lists", "--format", "json")
    assert [one["root"] for one in ended.json["records"]] == [SIRET, "comptes/dgs"]


def test_a_field_of_the_structure_itself_is_asked_for(desk: Desk) -> None:
    desk.write("lists/structures.csv", f"{HEAD}\nSIRET;{SIRET};SDITEC;false;false;false;false;false;false;true;true\n")
    ended = desk.run("import", "annuaire:lists", "--target", f"{SIRET}#/parametres/moa_uniquement", "--format", "json")
    assert (ended.code, [one["field"] for one in ended.json["written"]]) == (0, ["/parametres/moa_uniquement"])
