"""Editors: completion, hover and diagnostics by the real yaml-language-server, cut off from the network."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import schema
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse
from tests.cli.desk import spawn
from tests.conftest import Figure
from tests.editors.language_server import SETTINGS, Editor, Missing, editor, server, without_network
from tests.once import ROOT

COMMUNE: Final = ROOT / "examples" / "commune"
SHEET: Final = COMMUNE / "structures" / "21160999500017.yaml"
KINDS: Final = {SHEET: "fiche-structure", COMMUNE / "comptes" / "dgs.yaml": "compte-utilisateur",
                COMMUNE / "chorus-config.yaml": "projet"}  # fmt: skip
PAGE: Final = (ROOT / "docs" / "editeurs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def program() -> Path:
    """The server; its absence is said loudly, and is a failure where tests must be complete."""
    try:
        return server()
    except Missing as error:
        reason = f"{error}: that editors complete, explain and check sheets was NOT checked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def commune(program: Path) -> Iterator[Editor]:
    """The example of a commune, opened in an editor."""
    with editor(program, COMMUNE) as opened:
        yield opened


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project as `init` begins it."""
    words = ("--siret", "21160999500017", "--raison-sociale", "COMMUNE DE VALMONT", "--email", "factures@valmont.example")
    assert spawn(tmp_path, "init", "fiches", *words, env={"CHORUS_CONFIG_LANG": "fr"}).returncode == 0
    return tmp_path / "fiches"


def line_of(text: str, start: str) -> int:
    """Return the number, from 0, of the line that begins so."""
    return next(number for number, line in enumerate(text.splitlines()) if line.startswith(start))


def settings_of_page() -> list[dict[str, Any]]:
    """Return the settings that the page shows for Visual Studio Code, as the server is asked for them: by section."""
    found = []
    for shown in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL):
        section: dict[str, Any] = {}
        for name, value in json.loads(shown).items():
            if name.startswith("yaml."):
                *outer, last = name.removeprefix("yaml.").split(".")
                at = section
                for one in outer:
                    at = at.setdefault(one, {})
                at[last] = value
        found.append({"yaml": section})
    return found


def test_the_server_has_no_network_where_that_can_be_taken_away(figure: Figure) -> None:
    assert SETTINGS["yaml"]["schemaStore"] == {"enable": False}
    assert settings_of_page()[0]["yaml"]["schemaStore"] == {"enable": False}
    words = without_network()
    if words:
        done = subprocess.run([*words, "cat", "/proc/net/route"], check=True, capture_output=True, encoding="utf-8")
        # The heading of the table alone: there is no way out.
        assert len(done.stdout.splitlines()) <= 1
    figure("the language server ran without any network" if words else "THE NETWORK WAS NOT TAKEN AWAY: not allowed here")


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.name)
def test_a_good_file_has_no_diagnostic_and_each_field_is_explained_in_french(commune: Editor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert commune.show(path, text) == []
    whole = schema(KINDS[path])
    data = parse(text.encode()).data
    assert isinstance(data, dict)
    document = Document(path.name, KINDS[path], data, text.encode())  # type: ignore[arg-type]
    seen = 0
    for pointer in fields(data, ()):
        node = node_at(whole, pointer)
        if "title" not in node:
            continue
        span = document.place(pointer, "key")
        shown = commune.hover(path, span.line - 1, span.column)
        assert shown.startswith(f"#### {node['title']}\n"), (pointer, shown[:80])
        assert plain(node["description"]) in plain(shown), pointer
        seen += 1
    assert seen > 7


def fields(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every key of a body."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from fields(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from fields(item, (*path, index))


def plain(text: str) -> str:
    """Return a text without what Markdown escapes, nor its line ends."""
    return re.sub(r"\s+", " ", re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text))


def test_keys_and_values_are_proposed(commune: Editor) -> None:
    text = SHEET.read_text(encoding="utf-8").replace("  statut: ACTIF\n", "  statut: \n  \n", 1)
    commune.show(SHEET, text)
    line = line_of(text, "  statut:")
    values = commune.completion(SHEET, line, len("  statut: "))
    assert values.keys() == {"ACTIF", "INACTIF"}
    assert "les fournisseurs peuvent déposer" in values["ACTIF"]
    # Of this block only what is not written yet.
    keys = commune.completion(SHEET, line + 1, 2)
    assert keys.keys() == {"date_creation"}
    typed = text.replace("utilisateurs:\n", 'utilisateurs:\n  - ref: "x"\n    role: \n', 1)
    commune.show(SHEET, typed)
    roles = commune.completion(SHEET, line_of(typed, "    role: "), len("    role: "))
    assert {"GESTIONNAIRE_PRINCIPAL", "UTILISATEUR"} <= roles.keys()


def test_an_empty_file_with_its_line_is_filled_by_proposals(commune: Editor) -> None:
    path = SHEET.with_name("neuf.yaml")
    text = "# yaml-language-server: $schema=../../../schemas/fiche-structure.schema.json\n\n"
    commune.show(path, text)
    keys = commune.completion(path, 1, 0)
    assert set(schema("fiche-structure")["properties"]) <= keys.keys()


def test_what_is_not_allowed_is_underlined(commune: Editor) -> None:
    text = SHEET.read_text(encoding="utf-8")
    bad = text.replace("statut: ACTIF", "statut: OUVERT").replace("centre_gestion_agricole:", "centre_agricole:")
    found = {(one["range"]["start"]["line"], one["message"]) for one in commune.show(SHEET, bad)}
    assert found == {
        (line_of(bad, "  statut:"), 'Value is not accepted. Valid values: "ACTIF", "INACTIF".'),
        (line_of(bad, "  centre_agricole:"), "Property centre_agricole is not allowed."),
    }
    assert commune.show(SHEET, text) == []


def test_what_init_writes_is_explained_at_once(program: Path, begun: Path) -> None:
    with editor(program, begun) as opened:
        for name in ("structures/21160999500017.yaml", "chorus-config.yaml"):
            text = (begun / name).read_text(encoding="utf-8")
            assert opened.show(begun / name, text) == []
        sheet = begun / "structures/21160999500017.yaml"
        text = sheet.read_text(encoding="utf-8")
        assert "fournisseurs" in opened.hover(sheet, line_of(text, "  libelle:"), 4)


def test_without_the_line_the_settings_of_the_page_do_as_well(program: Path, begun: Path) -> None:
    first, second = settings_of_page()
    for name, key, word in (
        ("structures/21160999500017.yaml", "  libelle:", "fournisseurs"),
        ("chorus-config.yaml", "langue:", "Langue des messages"),
    ):
        text = (begun / name).read_text(encoding="utf-8").split("\n", 1)[1]
        with editor(program, begun, first) as opened:
            opened.show(begun / name, text)
            assert opened.hover(begun / name, line_of(text, key), 4) == ""
        with editor(program, begun, {"yaml": {**first["yaml"], **second["yaml"]}}) as opened:
            assert opened.show(begun / name, text) == []
            assert word in opened.hover(begun / name, line_of(text, key), 4)
