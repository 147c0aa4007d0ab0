"""Terminals and files of other encodings than UTF-8: nothing ends the program, what they lack is shown by what they have."""

from __future__ import annotations

import sys
from io import BytesIO, TextIOWrapper

import pytest

from chorus_config.cli.main import COMMANDS, main
from chorus_config.cli.shared.console import FALLBACK, encoded, prepare_streams
from tests.cli.desk import Desk

PAGES = ("cp1252", "cp850", "latin-1", "ascii")

SAID = (
    ["validate"], ["plan"], ["status"], ["doctor"], ["rules"], ["explain", "CP401"], ["fix", "--check"], ["statsu"], ["notice"],
    ["letter"], ["worksheet"], ["history"], ["set", "x=1"], ["schema"], ["state", "list"],
)  # fmt: skip


class Stream(TextIOWrapper):
    """A stream of some encoding, which may be a terminal."""

    terminal = False

    def isatty(self) -> bool:
        """Return what it was told to be."""
        return self.terminal

    def read_back(self) -> bytes:
        """Return what was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, BytesIO)
        return buffer.getvalue()


def streams(monkeypatch: pytest.MonkeyPatch, page: str, *, terminal: bool) -> tuple[Stream, Stream]:
    """Put two streams of an encoding in the place of stdout and stderr."""
    found = Stream(BytesIO(), encoding=page), Stream(BytesIO(), encoding=page, errors="backslashreplace")
    for stream, name in zip(found, ("stdout", "stderr"), strict=True):
        stream.terminal = terminal
        monkeypatch.setattr(sys, name, stream)
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("terminal", [False, True])
def test_every_command_shows_its_help_whatever_the_encoding(monkeypatch: pytest.MonkeyPatch, page: str, terminal: bool) -> None:
    out, err = streams(monkeypatch, page, terminal=terminal)
    for name in COMMANDS:
        assert main([name, "--help", "--lang", "fr"]) == 0, err.read_back()
    assert err.read_back() == b""
    # What click holds for a terminal of a machine that was not set up (ascii) is written in UTF-8, by click.
    said = out.read_back().decode("utf-8" if not terminal or page == "ascii" else page)
    assert "Présentation du résultat" in said
    assert ("l’environnement" in said) == (page in {"cp1252", "ascii"} or not terminal)
    assert "?" not in said.replace("\u00a0?", "")


@pytest.mark.parametrize("page", ["cp1252", "cp850"])
def test_what_commands_say_reaches_a_terminal_of_windows(desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    desk.edit("structures/25160278500015.yaml", "accueil@sditec.fr", "accueil")
    monkeypatch.chdir(desk.root)
    out, err = streams(monkeypatch, page, terminal=True)
    for words in SAID:
        assert main([*words, "--lang", "fr", "--color", "never"]) not in {69, 70}, words
    said = (out.read_back() + err.read_back()).decode(page)
    assert "-> " in said
    assert "→" not in said
    assert not [line for line in said.splitlines() if "\\u" in line]


@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_a_result_that_goes_elsewhere_is_utf_8(desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.chdir(desk.root)
    out, _err = streams(monkeypatch, page, terminal=False)
    assert main(["plan", "--lang", "fr"]) == 0
    assert "→" in out.read_back().decode("utf-8")


def test_what_is_like_it_is_written_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_streams()
    stream = Stream(BytesIO(), encoding="cp850")
    stream.terminal = True
    assert encoded("l’œuvre → 1\u202f€ … ž 漢", stream) == "l'oeuvre -> 1 EUR ... z ?".encode("cp850")
    assert "é".encode("ascii", FALLBACK) == b"e"
    stream.terminal = False
    assert encoded("→", stream) == "→".encode()
    odd = Stream(BytesIO(), encoding="utf-8")
    assert encoded("→\ud800", odd) == "→?".encode()
