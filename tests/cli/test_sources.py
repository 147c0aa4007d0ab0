"""Every source under every command that reads one: from an empty folder to a drift, over real files and real HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.servers.afnor import AfnorServer, Structure
from tests.servers.afnor import portfolio as establishments
from tests.servers.loopback import forbidden_empty
from tests.servers.no_waiting import Hands, hands
from tests.servers.piste import PisteServer
from tests.servers.piste import portfolio as sheets

from .desk import Desk

__all__ = ["hands"]

COUNT: Final = 7
_PLACE: Final = [
    "Adresse", "ComplementAdresse1", "ComplementAdresse2", "CodePostal", "Ville", "NumTelephone", "Courriel", "CodePays",
    "LibellePays",
]  # fmt: skip
_HERE: Final = ["1 PL DE LA MAIRIE", "", "", "16000", "VALMONT", "0545222040", "factures@valmont.example", "FR", "France"]
_FLAGS: Final = "EmetteurEdi RecepteurEdi GestionStatutMiseEnPaiement GestionEngagement GestionService GestionServiceEngagement"
_STRUCTURES: Final = ["TypeIdentifiant", "Identifiant", "RaisonSociale", *_FLAGS.split(), "EstMOA", "EstMOAUniquement"]
_SERVICES: Final = ["Identifiant", "RaisonSociale", "Code", "Nom", "GestionEGMT", "ServiceActif"]


@dataclass
class Portal:
    """A source at work: its address, the structures that it knows; how it renames a service, how it fails half-way."""

    address: str
    roots: list[str]
    rename: Callable[[], None]
    fail: Callable[[], None]
    server: Any = None


@contextmanager
def directory(desk: Desk) -> Iterator[Portal]:
    """A platform that serves the national directory."""
    with AfnorServer(establishments(COUNT)) as server:
        for name, value in server.environ.items():
            desk.setenv(name, value)

        def _rename() -> None:
            first = server.structures[1]
            renamed = tuple({**one, "routingCodeName": "Autre nom"} if n else one for n, one in enumerate(first.services))
            server.structures[1] = Structure(first.siret, first.name, first.demands, renamed, address=first.address)

        fail = lambda: server.always(forbidden_empty(), at="/routing-code/search", after=3)  # noqa: E731
        yield Portal("afnor:", [one.siret for one in server.structures], _rename, fail, server)


@contextmanager
def chorus_pro(desk: Desk) -> Iterator[Portal]:
    """The API of Chorus Pro."""
    known = sheets(COUNT)
    with PisteServer(known) as server:
        for name, value in server.environ.items():
            desk.setenv(name, value)

        def _rename() -> None:
            known[1]["services"][1]["libelle"] = "Autre nom"

        fail = lambda: server.always(forbidden_empty(), at="consulter/service", after=9)  # noqa: E731
        yield Portal("piste:production", [one["informations_generales"]["identifiant"] for one in known], _rename, fail)


@contextmanager
def lists(desk: Desk) -> Iterator[Portal]:
    """Public lists in a folder."""
    roots = [one.siret for one in establishments(COUNT)]

    def _write(label: str) -> None:
        flags = ["false", "false", "true", "false", "true", "false", "false", "false", "true"]
        structures = [[1, root, f"BUDGET {n}", *flags, *_HERE] for n, root in enumerate(roots)]
        services = [
            [root, "X", code, name, "false", "true", *_HERE]
            for root in roots
            for code, name in (("FACTURES_PUBLIQUES", "Service des factures publiques"), ("ST-TECH", label))
        ]
        desk.write("annuaire/structures.csv", table([[*_STRUCTURES, "StructureActive", *_PLACE], *structures]))
        desk.write("annuaire/services.csv", table([[*_SERVICES, *_PLACE], *services]))

    _write("Services techniques")

    def _fail() -> None:
        # What a spreadsheet makes of a SIRET stands in a late row.
        late = [["2,11000E+13", "X", "A", "A", "false", "true", *_HERE]]
        before = list(csv.reader(io.StringIO(desk.read("annuaire/services.csv")), delimiter=";"))
        desk.write("annuaire/services.csv", table([*before, *late]))

    yield Portal("annuaire:annuaire", roots, lambda: _write("Autre nom"), _fail)


def table(rows: list[list[Any]]) -> str:
    """Return rows as the text of a list."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


PORTALS: Final = {"afnor": directory, "piste": chorus_pro, "annuaire": lists}


@pytest.fixture
def empty(desk: Desk, hands: Hands) -> Desk:
    """A folder without anything, and a clock that nobody waits for."""
    for name in ("structures", "comptes"):
        for path in (desk.root / name).iterdir():
            path.unlink()
    (desk.root / "chorus-config.yaml").unlink()
    assert hands.waited == []
    return desk


@pytest.fixture(params=PORTALS)
def portal(request: pytest.FixtureRequest, empty: Desk) -> Iterator[Portal]:
    """Each source in turn."""
    with PORTALS[request.param](empty) as made:
        empty.write("liste.txt", "\n".join(made.roots))
        yield made


def adopt(desk: Desk, portal: Portal) -> Any:
    """Import the whole portfolio and return the document."""
    ended = desk.run("import", portal.address, "--list", "liste.txt", "--yes", "--format", "json")
    assert ended.code == 0, ended.err
    return ended.json


def test_what_is_imported_is_what_the_source_says_and_nothing_is_to_enter(empty: Desk, portal: Portal) -> None:
    found = adopt(empty, portal)
    assert sorted(row["root"] for row in found["sheets"]) == sorted(portal.roots)
    assert (found["plan_changes"], found["recorded"], found["unknown"]) == ([], True, [])
    assert empty.plan("--against", portal.address)["changes"] == []
    assert "nothing to do" in empty.run("worksheet").out.lower()
    drift = empty.run("drift", "--against", portal.address, "--detailed-exitcode", "--format", "json")
    assert (drift.code, drift.json["resources"], drift.json["missing"], drift.json["unknown"]) == (0, [], [], [])


def test_a_service_that_is_renamed_there_is_a_drift_and_is_adopted(empty: Desk, portal: Portal) -> None:
    adopt(empty, portal)
    portal.rename()
    ended = empty.run("drift", "--against", portal.address, "--detailed-exitcode", "--format", "json")
    moved = [(row["address"], field["path"], field["observed"]) for row in ended.json["resources"] for field in row["fields"]]
    assert ended.code == 2
    assert (moved[0][1], moved[0][2]) == ("/libelle", "Autre nom")
    address = moved[0][0]
    assert empty.run("import", portal.address, "--target", address).code == 0
    assert 'libelle: "Autre nom"' in empty.read(f"structures/{address.partition('/')[0]}.yaml")


def test_a_snapshot_is_kept_and_read_again(empty: Desk, portal: Portal) -> None:
    ended = empty.run("observe", portal.address, "--siret", portal.roots[0], "-o", "releve.json")
    assert ended.code == 0, ended.err
    kept = json.loads(empty.read("releve.json"))
    assert [row["root"] for row in kept["records"]] == [portal.roots[0]]
    assert empty.run("import", "releve.json", "--yes").code == 0
    assert empty.plan("--against", portal.address)["changes"] == []


def test_a_structure_that_the_source_does_not_know_is_told(empty: Desk, portal: Portal) -> None:
    ended = empty.run("import", portal.address, "--siret", "13002526500013", "--yes")
    assert ended.code == 66
    assert "13002526500013" in ended.err
    assert not (empty.root / "chorus-config.yaml").exists()


def test_a_portfolio_that_is_half_read_is_neither_written_nor_recorded(empty: Desk, portal: Portal) -> None:
    portal.fail()
    ended = empty.run("import", portal.address, "--list", "liste.txt", "--yes")
    assert ended.code == 69
    assert list((empty.root / "structures").iterdir()) == []
    assert not (empty.root / ".chorus-config").exists()


def test_two_sources_that_disagree_are_told(empty: Desk) -> None:
    with lists(empty) as public, directory(empty) as national:
        empty.write("liste.txt", "\n".join(national.roots))
        adopt(empty, national)
        ended = empty.run("drift", "--against", public.address, "--against", national.address, "--format", "json")
        told = ended.json["disagreements"]
        assert ended.code == 0
        # Of what both report the directory is followed; the public lists know other services.
        assert {row["source"] for row in told} == {"afnor:"}
        assert {row["other_source"] for row in told} == {"annuaire:annuaire"}
        assert f"{national.roots[0]}/services/ST-TECH" in {row["address"] for row in told}
        assert ended.json["resources"] == []
        text = empty.run("drift", "--against", public.address, "--against", national.address).out
        assert "The sources do not say the same" in text


def test_without_credentials_the_variables_are_named(empty: Desk) -> None:
    for address, name in (("afnor:", "AFNOR_CLIENT_ID"), ("piste:production", "CPRO_LOGIN")):
        ended = empty.run("observe", address, "--siret", "21160999500017")
        assert (ended.code, name in ended.err) == (69, True)


def test_the_users_of_an_export_are_compared_by_their_accounts(empty: Desk) -> None:
    with lists(empty) as portal:
        empty.write("liste.txt", portal.roots[0])
        adopt(empty, portal)
        root, sheet = portal.roots[0], f"structures/{portal.roots[0]}.yaml"
        account = (
            'type: compte-utilisateur\nversion: 1\nref: "dgs"\ninformations_personnelles:\n'
            '  adresse_electronique_contact: "dgs@valmont.example"\n  nom: "Martin"\n  prenom: "Jeanne"\n'
        )
        empty.write("comptes/dgs.yaml", account)
        empty.append(sheet, 'utilisateurs:\n  - ref: "dgs"\n    role: GESTIONNAIRE_PRINCIPAL\n')
        rows = [["Adresse électronique", "Nom", "Prénom", "Rôle", "Structure"]]
        rows.append(["DGS@valmont.example", "MARTIN", "Jeanne", "Utilisateur", root])
        empty.write("annuaire/utilisateurs.csv", table(rows))
        found = empty.plan("--against", portal.address)
        (change,) = found["changes"]
        assert change["address"] == f"{root}/utilisateurs/dgs"
        assert [(f["before"], f["after"]) for f in change["fields"]] == [("UTILISATEUR", "GESTIONNAIRE_PRINCIPAL")]
        empty.write("annuaire/utilisateurs.csv", table([*rows, ["x@y.example", "N", "N", "Utilisateur", root]]))
        ended = empty.run("plan", "--against", portal.address)
        assert f"users of {root} are not compared: 1" in ended.err
        assert "x@y.example" not in ended.err


def test_only_what_a_command_is_about_is_asked_over_the_network(empty: Desk) -> None:
    with directory(empty) as portal:
        empty.write("liste.txt", "\n".join(portal.roots))
        adopt(empty, portal)
        server, wanted = portal.server, portal.roots[2]
        for words in (
            ("drift", "--against", portal.address, "--target", wanted),
            ("plan", "--against", portal.address, "--target", wanted),
            ("import", portal.address, "--target", wanted),
        ):
            before = len(server.calls())
            ended = empty.run(*words)
            assert ended.code in {0, 1}, ended.err
            asked = [one for one in server.calls()[before:] if one.startswith("/siret/code-insee")]
            assert asked == [f"/siret/code-insee:{wanted}"], words
            assert "not compared" not in ended.err.replace("that were not compared", "")


def test_a_project_without_structures_is_no_wish_for_the_whole_country(empty: Desk) -> None:
    with lists(empty) as portal:
        empty.write("liste.txt", portal.roots[0])
        adopt(empty, portal)
        (empty.root / f"structures/{portal.roots[0]}.yaml").unlink()
        empty.run("state", "forget", portal.roots[0], "--yes")
        empty.write("chorus-config.yaml", "type: projet\nversion: 1\n")
        ended = empty.run("drift", "--against", portal.address, "--format", "json")
        assert (ended.code, ended.json["unmanaged"]) == (0, []), ended.err


def test_a_sheet_that_nobody_can_read_is_told_once(empty: Desk) -> None:
    with lists(empty) as portal:
        empty.write("liste.txt", portal.roots[0])
        adopt(empty, portal)
        empty.write("structures/casse.yaml", "type: [\n")
        for words in (("drift", "--against", portal.address), ("plan", "--against", portal.address)):
            assert empty.run(*words).err.count("casse.yaml") == 1, words


@pytest.mark.parametrize("source", [directory, chorus_pro], ids=lambda one: one.__name__)
def test_what_a_source_does_not_know_is_told_once(empty: Desk, source: Any) -> None:
    with source(empty) as portal:
        ended = empty.run("observe", portal.address, "--siret", portal.roots[0], "--siret", "13002526500013")
        assert (ended.code, ended.err.count("13002526500013")) == (0, 1), ended.err
