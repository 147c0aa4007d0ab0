"""The word that names a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import UsageFault
from chorus_config.sources.address import refuse_mistyped, without_credentials

SAY = translator_for("en")
SCHEMES = ("piste", "afnor", "annuaire")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("postgresql://bob:S3CRET@h", "postgresql://h"),
        ("https://u:S3@CR/ET@h/x?y=1", "https://h/x?y=1"),
        ("https://u:S3 CR@ET@h", "https://h"),
        ("https://S3CRET@h + https://u:S3CRET@i", "https://h + https://i"),
        ("https://h/x", "https://h/x"),
        ("https://u:S3/CR ET@h", "https://h"),
        ("https://alix:hun/ter2@x@api.example/v1", "https://api.example/v1"),
        ("//hunter2@", "//"),
        ("postgresql://u:S3 CR?ET\nX@h/x", "postgresql://h/x"),
        ("annuaire:lists", "annuaire:lists"),
        ("jean@h.example", "jean@h.example"),
    ],
)
def test_a_source_is_repeated_without_its_password(word: str, told: str) -> None:
    assert without_credentials(word) == told


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("anuaire:x", "annuaire:x"), ("annuaires:x y", "annuaire:x y"), ("piste;production", "piste:production"),
        ("Afnor: docaposte", "afnor:docaposte"), ("lists", "annuaire:lists"), ("a.csv", "annuaire:a.csv"),
        ("A.XLSX", "annuaire:A.XLSX"), ("a.zip", "annuaire:a.zip"), ("anuaire://u:S3CRET@h", "annuaire://h"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_told(tmp_path: Path, word: str, meant: str) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("a.csv", "A.XLSX", "a.zip"):
        (tmp_path / name).touch()
    with pytest.raises(UsageFault, match="did you mean") as told:
        refuse_mistyped(word, SCHEMES, tmp_path, SAY)
    assert str(told.value).endswith(f"did you mean {meant}?")
    assert "S3CRET" not in str(told.value)


@pytest.mark.parametrize("word", ["releve.json", "absent.csv", "C:/x", "notes:x", "anuaire:there"])
def test_what_may_be_a_file_is_looked_for_as_one(tmp_path: Path, word: str) -> None:
    (tmp_path / "anuaire:there").touch()
    refuse_mistyped(word, SCHEMES, tmp_path, SAY)
