"""The structures of a project, as a shell completes them."""

from __future__ import annotations

from pathlib import Path

from chorus_config.app.targets import known_fields, known_members, known_targets
from tests.cli.desk import EXAMPLE


def test_identifiants_with_their_label() -> None:
    both = [("25160278500015", "SDITEC"), ("25160278500023", "ADHERENT SDITEC")]
    assert known_targets(EXAMPLE) == both
    assert known_targets(EXAMPLE / "structures", "25160278500023") == both[1:]
    assert known_targets(EXAMPLE, "9") == []


def test_whatever_is_wrong_is_silent(tmp_path: Path) -> None:
    assert known_targets(tmp_path / "nowhere") == []
    (tmp_path / "chorus-config.yaml").write_text("type: projet\nversion: 7\n")
    (tmp_path / "structures").mkdir()
    (tmp_path / "structures" / "a.yaml").write_bytes(b"\xff\x00")
    assert known_targets(tmp_path) == known_fields(tmp_path, "services[") == []
    assert known_members(tmp_path / "nowhere") == known_members(tmp_path) == []


def test_members_by_siren_and_by_name(tmp_path: Path) -> None:
    rows = '  - {nom: "Étaules", siren: "211699996"}\n  - {nom: "CCAS de Touvre", siren: "261609994"}\n'
    (tmp_path / "chorus-config.yaml").write_text(f"type: projet\nversion: 1\nmembres:\n{rows}", encoding="utf-8")
    first, second = ("211699996", "Étaules"), ("261609994", "CCAS de Touvre")
    assert known_members(tmp_path) == [first, second]
    assert known_members(tmp_path, "21") == known_members(tmp_path, "eta") == [first]
    assert known_members(tmp_path, "ccas de t") == [second]
    assert known_members(EXAMPLE) == []


def test_fields_with_their_labels_and_the_entries_of_the_sheets_that_are_meant() -> None:
    assert known_fields(EXAMPLE, "adresse_postale.vi") == [("adresse_postale.ville=", "Ville")]
    assert known_fields(EXAMPLE, "informations_generales.identifiant") == []
    roles = [word for word, _label in known_fields(EXAMPLE, "utilisateurs[", ["25160278500015"])]
    assert roles[0] == "utilisateurs[gestionnaire-sditec].role=GESTIONNAIRE_PRINCIPAL"
    assert known_fields(EXAMPLE, "utilisateurs[", ["9*"]) == []
