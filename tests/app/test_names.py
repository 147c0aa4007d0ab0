"""What people call what a result is about: the store knows it, else the files of accounts do."""

from __future__ import annotations

from pathlib import Path

from chorus_config.app.names import known_names
from chorus_config.app.project import OpenOptions, open_project
from chorus_config.model.address import parse_address
from chorus_config.model.snapshot import Record, Snapshot
from tests.cli.desk import EXAMPLE
from tests.engine.making import account, sheet

SIRET = "25160278500015"
USER = f"{SIRET}/utilisateurs/gestionnaire-sditec"


def names(addresses: tuple[str, ...], *records: Record, at: Path = EXAMPLE) -> dict[str, str]:
    """Return the names of addresses in the example project, beside some approved records."""
    known = Snapshot({record.root: record for record in records})
    return known_names(open_project(OpenOptions(at)), map(parse_address, addresses), known)


def test_a_file_names_the_user_whose_account_nobody_approved() -> None:
    assert names((USER,)) == {"comptes/gestionnaire-sditec": "Principal GESTIONNAIRE, accueil@sditec.fr"}
    assert names((USER, f"{SIRET}/services/A"), Record(SIRET, sheet(SIRET))) == {
        SIRET: "Commune de Valmont",
        "comptes/gestionnaire-sditec": "Principal GESTIONNAIRE, accueil@sditec.fr",
    }


def test_what_is_approved_comes_before_the_file() -> None:
    ref = "gestionnaire-sditec"
    approved = Record(f"comptes/{ref}", account(ref))
    assert names((USER,), approved) == {f"comptes/{ref}": "Alix MARTIN, a@b.example"}


def test_a_file_that_cannot_be_read_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "comptes").mkdir()
    for name, text in (("a.yaml", b"{"), ("b.yaml", b"- 1\n"), ("c.yaml", b"\xff"), ("d.yaml", b"type: compte-utilisateur\n")):
        (tmp_path / "comptes" / name).write_bytes(text)
    assert names((USER,), at=tmp_path) == {}
