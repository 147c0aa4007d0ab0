"""Several files are replaced, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Refused, Unavailable
from chorus_config.workspace.journal import finish, is_unfinished
from chorus_config.workspace.replace import Replacement, replace_all

SAY = translator_for("en")


def three(folder: Path) -> list[Replacement]:
    """Write three files and return what is to become of them."""
    made = [folder / f"{name}.yaml" for name in "abc"]
    for path in made:
        path.write_bytes(b"avant\r\n")
        path.chmod(0o640)
    return [Replacement(path, b"avant\r\n", b"apr\xc3\xa8s\n") for path in made]


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file of a folder, hidden ones too."""
    return {path.name: (path.read_bytes(), path.stat().st_mode & 0o7777) for path in folder.iterdir() if path.is_file()}


def failing(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException, again: int = 0) -> None:
    """Let the `at`-th and `again`-th replacement of a file fail."""
    real, count = Path.replace, iter(range(1, 100))

    def _replace(self: Path, target: Path) -> Path:
        if next(count) in {at, again}:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", _replace)


def test_all_are_replaced_and_keep_their_rights(tmp_path: Path) -> None:
    replace_all(three(tmp_path), tmp_path, SAY)
    assert state(tmp_path) == {f"{name}.yaml": (b"apr\xc3\xa8s\n", 0o640) for name in "abc"}
    replace_all([], tmp_path, SAY)


@pytest.mark.parametrize("error", [OSError(1, "Operation not permitted"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_when_one_cannot_be_replaced_the_others_get_their_bytes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    wanted = three(tmp_path)
    before = state(tmp_path)
    failing(monkeypatch, at, error)
    with pytest.raises(Unavailable if isinstance(error, OSError) else KeyboardInterrupt) as told:
        replace_all(wanted, tmp_path, SAY)
    assert state(tmp_path) == before
    if isinstance(error, OSError):
        assert str(told.value) == f"nothing was written: {wanted[at - 1].path} cannot be written: Operation not permitted"


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = three(tmp_path)
    # The third replacement, then the first of the two that put back: that of the second file.
    failing(monkeypatch, 3, OSError(5, "Input/output error"), again=4)
    with pytest.raises(Unavailable, match=r"only a part was written, and \S+/b\.yaml could not") as told:
        replace_all(wanted, tmp_path, SAY)
    assert "a.yaml" not in str(told.value)
    assert str(tmp_path / ".b.yaml.chorus-config-old") in str(told.value)
    assert state(tmp_path)["a.yaml"][0] == b"avant\r\n"
    assert state(tmp_path)["b.yaml"][0] == b"apr\xc3\xa8s\n"
    # What is lost nowhere the next command puts back.
    assert is_unfinished(tmp_path)
    ended = finish(tmp_path)
    assert ended is not None
    assert ended.how == "undone"
    assert state(tmp_path) == {f"{name}.yaml": (b"avant\r\n", 0o640) for name in "abc"}


def test_who_is_interrupted_while_putting_back_leaves_it_to_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = three(tmp_path)
    failing(monkeypatch, 3, KeyboardInterrupt(), again=4)
    with pytest.raises(KeyboardInterrupt):
        replace_all(wanted, tmp_path, SAY)
    assert finish(tmp_path) is not None
    assert len({raw for raw, _mode in state(tmp_path).values()}) == 1
    assert len(state(tmp_path)) == 3


def test_what_was_made_and_cannot_be_taken_away_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = Replacement(tmp_path / "neuf.yaml", None, b"a: 1\n")
    wanted = [new, *three(tmp_path)]
    failing(monkeypatch, 1, OSError(5, "Input/output error"))
    real = Path.unlink

    def _unlink(self: Path, *, missing_ok: bool = False) -> None:
        if self == new.path:
            raise OSError(13, "Permission denied")
        real(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _unlink)
        with pytest.raises(Unavailable, match=r"only a part was written, and \S+/neuf\.yaml could not be taken away"):
            replace_all(wanted, tmp_path, SAY)
    monkeypatch.undo()
    assert is_unfinished(tmp_path)
    assert finish(tmp_path) is not None
    assert not is_unfinished(tmp_path)


@pytest.mark.parametrize("name", ["a", "neuf"])
@pytest.mark.parametrize("when", ["before", "between"])
def test_what_another_wrote_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, when: str
) -> None:
    path = tmp_path / f"{name}.yaml"
    wanted = [*reversed(three(tmp_path)), Replacement(tmp_path / "neuf.yaml", None, b"n: 1\n")]
    if when == "before":
        path.write_bytes(b"autre\n")
    else:
        real = Path.replace

        def _replace(self: Path, target: Path) -> Path:
            path.write_bytes(b"autre\n")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", _replace)
    with pytest.raises(Refused, match=rf"nothing was written: {name}\.yaml was changed meanwhile"):
        replace_all(wanted, tmp_path, SAY)
    monkeypatch.undo()
    assert path.read_bytes() == b"autre\n"
    assert (tmp_path / "b.yaml").read_bytes() == b"avant\r\n"
    assert not is_unfinished(tmp_path)


def test_a_file_that_is_gone_was_changed_meanwhile(tmp_path: Path) -> None:
    wanted = three(tmp_path)
    wanted[2].path.unlink()
    before = state(tmp_path)
    with pytest.raises(Refused, match=r"nothing was written: c\.yaml was changed meanwhile"):
        replace_all(wanted, tmp_path, SAY)
    assert state(tmp_path) == before
