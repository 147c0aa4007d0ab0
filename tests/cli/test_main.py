"""The one door: help, version, and how every end becomes an exit code."""

from __future__ import annotations

import importlib
import json
import os
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from chorus_config import __version__
from chorus_config.__main__ import main as start
from chorus_config.cli.main import COMMANDS
from chorus_config.i18n.translator import translator_for

from .desk import IBAN, SHEET, Desk, conforms, spawn


def _command(name: str) -> click.Command:
    made: Any = importlib.import_module(f"chorus_config.cli.{name}").command(translator_for("en"))
    assert isinstance(made, click.Command)
    return made


def test_version(bare: Desk) -> None:
    ended = bare.run("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"chorus-config {__version__}\n", "")
    assert bare.run("--version", "validate").out == ended.out


def test_help_lists_every_command_and_every_exit_code(bare: Desk) -> None:
    ended = bare.run("--help")
    assert ended.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ended.out
    for code in (0, 1, 2, 3, 4, 64, 66, 69, 70, 75, 78, 130):
        assert f"{code:>3}  " in ended.out


def test_no_words_at_all_is_help(bare: Desk) -> None:
    assert bare.run().out == bare.run("--help").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_a_module_and_a_test_file(bare: Desk, name: str) -> None:
    ended = bare.run(name, "--help")
    assert ended.code == 0
    assert f"Usage: chorus-config {name}" in ended.out
    assert "Examples:" in ended.out
    assert (Path(__file__).parent / f"test_{name}.py").is_file()
    assert (importlib.import_module(f"chorus_config.cli.{name}").__doc__ or "").startswith(f"`{name}`")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_the_help_parse(bare: Desk, name: str) -> None:
    lines = [line.strip() for line in bare.run(name, "--help").out.split("Examples:")[1].splitlines()]
    examples = [shlex.split(line) for line in lines if line]
    assert examples
    for words in examples:
        assert words[:2] == ["chorus-config", name]
        with _command(name).make_context(name, words[2:]):
            pass


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_and_an_environment_variable(name: str) -> None:
    for param in _command(name).params:
        # Those that give no value, such as --help, are for a command line alone.
        if isinstance(param, click.Option) and param.expose_value:
            assert param.help, param.name
            variables = [param.envvar] if isinstance(param.envvar, str) else [*(param.envvar or ())]
            assert variables, param.name
            assert all(variable.startswith("CHORUS_CONFIG_") for variable in variables)


@pytest.mark.parametrize("words", [("bogus",), ("--bogus",), ("validate", "--bogus"), ("show",), ("show", "a", "b"), ("-C",)])
def test_wrong_usage_is_64_with_a_way_to_help(bare: Desk, words: tuple[str, ...]) -> None:
    ended = bare.run(*words)
    assert (ended.code, ended.out) == (64, "")
    assert "chorus-config" in ended.err
    assert "--help" in ended.err


def test_a_missing_folder_is_66(bare: Desk) -> None:
    ended = bare.run("-C", "absent", "validate")
    assert (ended.code, "absent" in ended.err) == (66, True)


def _fail(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError(f"secret {IBAN}")


@pytest.fixture
def broken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A program with a bug."""
    for name in ("validate", "plan", "apply"):
        monkeypatch.setattr(f"chorus_config.cli.{name}.opened", _fail)
    return desk


@pytest.mark.parametrize("name", ["validate", "plan", "apply"])
def test_an_internal_error_is_70_and_one_line(broken: Desk, name: str) -> None:
    ended = broken.run(name)
    assert (ended.code, ended.out) == (70, "")
    assert ended.err.count("\n") == 1
    assert "RuntimeError at test_main.py:" in ended.err
    assert __version__ in ended.err
    assert IBAN not in ended.err


def test_an_internal_error_is_one_document(broken: Desk) -> None:
    ended = broken.run("validate", "--format", "json")
    conforms("findings", ended.json)
    assert ended.json["error"]["exit_code"] == 70
    assert IBAN not in ended.out


@pytest.mark.parametrize("how", ["before", "after", "environment"])
def test_debug_shows_frames_and_no_values(broken: Desk, how: str) -> None:
    if how == "environment":
        broken.env(DEBUG="1")
    words = {"before": ("--debug", "validate"), "after": ("validate", "--debug")}.get(how, ("validate",))
    ended = broken.run(*words)
    assert ended.code == 70
    assert ended.err.count('File "') >= 3
    assert "in run" in ended.err
    assert IBAN not in ended.err


def test_an_interruption_is_130(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chorus_config.cli.validate.opened", interrupt)
    ended = desk.run("validate")
    assert (ended.code, ended.out) == (130, "")
    assert "interrupted" in ended.err
    assert "no file is written by half" in ended.err
    assert "Traceback" not in ended.err


def test_an_interruption_at_the_question_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.listing()

    class Interrupted:
        def readline(self) -> str:
            raise KeyboardInterrupt

    run = desk.run

    def stdin(_text: str) -> Interrupted:
        return Interrupted()

    monkeypatch.setattr("io.StringIO", stdin)
    assert run("apply").code == 130
    assert desk.listing() == before


@pytest.mark.parametrize(
    "words", [("--help",), ("validate",), ("validate", "--format", "json"), ("plan",), ("show", "plan.json")]
)
def test_a_reader_who_has_seen_enough_is_no_failure(desk: Desk, words: tuple[str, ...]) -> None:
    desk.save()
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "chorus_config", *words],
            cwd=desk.root, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=30,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_real_process_exits_with_the_code(desk: Desk) -> None:
    assert spawn(desk.root, "validate").returncode == 0
    desk.edit(SHEET, "type: fiche-structure", "type: fiche")
    ended = spawn(desk.root, "validate")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert spawn(desk.root, "bogus").returncode == 64


def test_output_is_utf_8_whatever_the_locale(desk: Desk) -> None:
    told = spawn(desk.root, "plan", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert told.returncode == 0
    assert "Libellé" in told.stdout


def test_an_interruption_while_the_program_is_read_is_130_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reading(ModuleType):
        def __getattr__(self, _name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "chorus_config.cli.main", Reading("main"))
    assert start() == 130


FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


def to_full(root: Path, *words: str) -> tuple[int, str]:
    """Run the program with a stdout that is full."""
    with FULL.open("w") as stdout:
        ended = subprocess.run(
            [sys.executable, "-m", "chorus_config", "--lang", "en", *words],
            cwd=root, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", check=False, timeout=30,
        )  # fmt: skip
    return ended.returncode, ended.stderr


@full
@pytest.mark.parametrize(
    "words", [("validate",), ("validate", "--format", "json"), ("--help",), ("rules",), ("validate", "--help")]
)
def test_a_stdout_that_cannot_be_written_is_69_and_said(desk: Desk, words: tuple[str, ...]) -> None:
    code, told = to_full(desk.root, *words)
    assert (code, told.count("\n")) == (69, 1)
    assert told.startswith("chorus-config: stdout cannot be written: No space left on device. What the command wrote before")


@full
def test_what_was_written_before_stays_when_stdout_is_full(desk: Desk) -> None:
    code, _told = to_full(desk.root, "validate", "--format", "text", "--format", "json:findings.json")
    assert code == 69
    assert "error" not in json.loads(desk.read("findings.json"))


@full
def test_a_failure_is_told_even_when_its_document_cannot_be(desk: Desk) -> None:
    code, told = to_full(desk.root, "show", "absent.json", "--format", "json")
    assert (code, "absent.json" in told, "Traceback" in told) == (66, True, False)


def test_a_closed_stdout_is_69(desk: Desk) -> None:
    words = ["sh", "-c", '"$0" -m chorus_config validate >&-', sys.executable]
    ended = subprocess.run(words, cwd=desk.root, capture_output=True, encoding="utf-8", check=False, timeout=30)
    assert (ended.returncode, "Traceback" in ended.stderr) == (69, False)


@pytest.mark.parametrize("words", [("plan", "--out"), ("validate", "--format")])
def test_a_pipe_is_written_into_and_never_replaced(desk: Desk, words: tuple[str, ...]) -> None:
    pipe = desk.root / "tube"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ended = desk.run(*words, "json:tube" if words[0] == "validate" else "tube")
        assert ended.code == 0
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert json.loads(os.read(reader, 1 << 20))["format_version"]
    finally:
        os.close(reader)


@full
def test_a_device_that_is_full_is_69_and_stays_one(desk: Desk, tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.symlink_to(FULL)
    assert desk.run("plan", "--out", str(device)).code == 69
    assert (device.is_symlink(), device.is_char_device()) == (True, True)
