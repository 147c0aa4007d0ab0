"""The structures of a project, as a shell completes them."""

from __future__ import annotations

from pathlib import Path

from chorus_config.app.targets import known_targets
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
    assert known_targets(tmp_path) == []
