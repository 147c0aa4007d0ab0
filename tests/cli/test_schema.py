"""`schema`: the schemas printed, found, written; the lines by which editors find them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chorus_config.schema.packaged import NAMES, directory
from chorus_config.workspace import replace as replacing

from .desk import SHEET, Desk, listing, spawn

EDITORS = ("fiche-structure", "compte-utilisateur", "projet")


@pytest.fixture
def begun(bare: Desk) -> Desk:
    """A project as `init` begins it."""
    words = ("--siret", "21160999500017", "--raison-sociale", "COMMUNE DE VALMONT", "--email", "factures@valmont.example")
    assert bare.run("init", *words).code == 0
    return bare


def test_each_schema_is_listed_in_a_line_and_printed_as_it_is(bare: Desk) -> None:
    lines = bare.run("schema").out.splitlines()
    assert [line.split()[0] for line in lines] == [*NAMES]
    assert all(len(line.split()) > 2 for line in lines)
    for name in NAMES:
        assert bare.run("schema", name).out == (directory() / f"{name}.schema.json").read_text(encoding="utf-8")
        path = Path(bare.run("schema", name, "--path").out.removesuffix("\n"))
        assert json.loads(path.read_text(encoding="utf-8"))["$id"] == f"urn:chorus-config:{name}:1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fiche-structur",), "the nearest is fiche-structure"),
        (("nope",), 'there is no schema "nope"; there are: fiche-structure, '),
        (("zzzzzzz",), "there are: fiche-structure"),
        (("nope",), "there are: fiche-structure"),
        (("../projet",), "there is no schema"),
        (("--path",), "of which schema"),
        (("plan", "rules"), "one schema at a time"),
        (("--check", "--write"), "one at a time"),
        (("--format", "json"), "not a format"),
    ],
)
def test_what_is_not_meant_is_64(bare: Desk, words: tuple[str, ...], said: str) -> None:
    ended = bare.run("schema", *words)
    assert ended.code == 64
    assert said in ended.err


def test_the_example_leads_editors_to_the_schemas_beside_it() -> None:
    for name in ("commune", "lycee", "sditec"):
        example = directory().parent / "examples" / name
        done = spawn(example, "schema", "--check", env={"CHORUS_CONFIG_LANG": "en"})
        # The examples share the schemas of the checkout, which are outside of their projects.
        assert (done.returncode, "no modeline to put right" in done.stdout) == (0, True), done.stdout


def test_a_wrong_modeline_is_said_and_is_1(begun: Desk) -> None:
    sheet = "structures/21160999500017.yaml"
    assert begun.run("schema", "--check").code == 0
    begun.edit(sheet, "fiche-structure.schema.json", "projet.schema.json")
    ended = begun.run("schema", "--check")
    assert ended.code == 1
    assert ended.out.startswith(f"{sheet}:1:1: error ")
    assert "another kind of file" in ended.out
    assert "1 modeline to put right" in ended.out
    # The others are not looked at when one is named.
    assert begun.run("schema", "--check", "chorus-config.yaml").code == 0
    assert begun.run("schema", "--check", "absent.yaml").code == 66


def test_without_a_modeline_there_is_a_note_and_no_error(begun: Desk) -> None:
    begun.write("chorus-config.yaml", begun.read("chorus-config.yaml").split("\n", 1)[1])
    ended = begun.run("schema", "--check")
    assert ended.code == 0
    assert "chorus-config.yaml:1:1: note no modeline" in ended.out
    assert "# yaml-language-server: $schema=schemas/projet.schema.json" in ended.out


def test_a_copy_of_another_version_is_said_and_brought_up_to_date(begun: Desk) -> None:
    begun.edit("schemas/projet.schema.json", '"title": "Projet chorus-config"', '"title": "Projet"')
    (begun.root / "schemas" / "fiche-structure.schema.json").unlink()
    ended = begun.run("schema", "--check")
    assert ended.code == 1
    assert "where there is no file: chorus-config schema --write" in ended.out
    assert "is not the schema « projet » of this version" in ended.out
    written = begun.run("schema", "--write")
    assert written.out == "Written: schemas/fiche-structure.schema.json\nWritten: schemas/projet.schema.json\n"
    assert begun.run("schema", "--check").code == 0
    before = listing(begun.root)
    assert "nothing was written" in begun.run("schema", "--write").out
    assert listing(begun.root) == before


def test_the_three_are_written_into_any_folder_or_none_of_them(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.write("ailleurs/x", "")
    assert bare.run("schema", "--write", "absent").code == 66
    made = replacing._made

    def _full(new: Path, path: Path) -> None:
        if path.name.startswith("projet"):
            raise OSError(28, "No space left on device")
        made(new, path)

    with monkeypatch.context() as patch:
        patch.setattr(replacing, "_made", _full)
        ended = bare.run("schema", "--write", "ailleurs")
        assert (ended.code, ended.out) == (69, "")
        assert list((bare.root / "ailleurs" / "schemas").iterdir()) == []
    assert bare.run("schema", "--write", "ailleurs").code == 0
    assert sorted(path.name for path in (bare.root / "ailleurs" / "schemas").iterdir()) == sorted(
        f"{name}.schema.json" for name in EDITORS
    )


def test_a_schema_far_away_is_neither_read_nor_believed(desk: Desk) -> None:
    text = desk.read(SHEET).split("\n", 1)[1]
    desk.write(SHEET, f"# yaml-language-server: $schema=https://valmont.example/x.json\n{text}")
    ended = desk.run("schema", "--check", SHEET)
    assert ended.code == 0
    assert "whether it is current is not known" in ended.out
    for place in ("/dev/zero", "../../../../../../etc/passwd"):
        desk.write(SHEET, f"# yaml-language-server: $schema={place}\n{text}")
        ended = desk.run("schema", "--check", SHEET)
        assert ended.code == 1
        assert "root:" not in ended.out


def test_nothing_to_check_says_how_to_begin(bare: Desk) -> None:
    ended = bare.run("schema", "--check")
    assert (ended.code, "chorus-config init" in ended.err) == (66, True)
