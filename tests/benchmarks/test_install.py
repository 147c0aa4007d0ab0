"""Peers are installed once, beside the project; one that cannot be had is named and left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import install
from benchmarks.peers.catalogue import PEERS


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put the peers elsewhere, let nothing be installed; return what would be."""
    seen: list[str] = []

    def pretend(command: list[str], folder: Path) -> None:
        assert folder == tmp_path / ".bench"
        seen.append(" ".join(command))
        if any(word.startswith("yamale") for word in command):
            raise subprocess.CalledProcessError(1, command, stderr=b"ERROR: one\nERROR: No matching distribution\n")

    monkeypatch.setattr(install, "PLACE", tmp_path / ".bench")
    monkeypatch.setattr(install, "PYTHON", tmp_path / ".bench" / "venv" / "bin" / "python")
    monkeypatch.setattr(install, "_DONE", tmp_path / ".bench" / "installed.txt")
    monkeypatch.setattr(install, "_run", pretend)
    monkeypatch.setattr(install, "sourcemeta", lambda: tmp_path / ".bench" / ".gitignore")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    return seen


def test_one_that_cannot_be_had_is_named_and_left_out(commands: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = [peer.name for peer in install.install()]
    assert found == [peer.name for peer in PEERS if peer.name != "yamale"]
    assert "yamale : ne s’installe pas ici, laissé de côté (ERROR: No matching distribution)" in capsys.readouterr().out
    assert any("ajv@" in command for command in commands)


def test_what_is_there_is_not_installed_again(commands: list[str]) -> None:
    install.install()
    first = len(commands)
    install.install()
    assert [command for command in commands[first:] if "yamale" not in command and "venv" not in command] == []


def test_without_node_its_peer_is_left_out(
    commands: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert "ajv" not in {peer.name for peer in install.install()}
    assert "ajv + js-yaml : ne s’installe pas ici, laissé de côté (Node.js)" in capsys.readouterr().out
