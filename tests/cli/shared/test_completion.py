"""What a shell completes: for every command, in each of the three shells."""

from __future__ import annotations

import pytest

from chorus_config.cli.main import COMMANDS
from tests.cli.desk import Desk

SHELLS = ("bash", "zsh", "fish")
GROUPS = {"state": "backup", "lock": "release"}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_written(bare: Desk, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    if shell == "bash":
        # click asks bash itself for its version.
        monkeypatch.setattr("click.shell_completion.BashComplete._check_version", lambda *_words: None)
    monkeypatch.setenv("_CHORUS_CONFIG_COMPLETE", f"{shell}_source")
    ended = bare.run()
    assert (ended.code, ended.err) == (0, "")
    assert f"_CHORUS_CONFIG_COMPLETE={shell}_complete" in ended.out


NEEDED: dict[str, tuple[str, ...]] = {
    "explain": ("CP401",), "show": ("x",), "observe": ("x",), "import": ("x",), "export": ("x.xlsx",), "set": ("a=b",),
    "state show": ("x",), "state forget": ("x",), "state migrate": ("a", "b"), "state backup": ("x",),
    "state restore": ("x",), "lock release": ("x",),
}  # fmt: skip
LEAVES = (
    *(name for name in COMMANDS if name not in GROUPS),
    *(name for name in NEEDED if " " in name),
    "state list",
    "lock list",
)


@pytest.mark.parametrize("name", LEAVES)
def test_the_formats_that_are_completed_are_those_that_are_taken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    refused = desk.run(*name.split(), *NEEDED.get(name, ()), "--format", "zzz")
    assert refused.code == 64
    taken = refused.err.strip().rpartition(": ")[2].split(", ")
    monkeypatch.setenv("_CHORUS_CONFIG_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", f"chorus-config {name} --format ")
    monkeypatch.setenv("COMP_CWORD", str(len(name.split()) + 2))
    assert sorted(desk.run().out.splitlines()[1::3]) == sorted(taken)


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_and_their_options_are_completed(bare: Desk, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    def completed(*words: str) -> str:
        monkeypatch.setenv("_CHORUS_CONFIG_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("chorus-config", *words)))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
        ended = bare.run()
        assert (ended.code, ended.err) == (0, "")
        return ended.out

    assert [name for name in COMMANDS if name not in completed("")] == []
    for name in COMMANDS:
        assert "--lang" in completed(name, "--la"), name
        assert "json" in completed(name, "--format", "j") or name in {"init", "schema", "import"}, name
    for group, name in GROUPS.items():
        assert name in completed(group, name[:3])
    assert "CP401" in completed("explain", "CP40")
    assert "FACTURES" not in completed("status", "--membre", "F")
