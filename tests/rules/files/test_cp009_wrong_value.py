"""CP009: what a file is, before anything else of it can be judged."""

from __future__ import annotations

import pytest

from tests.samples import ACCOUNT, PROJECT, SHEET, changed, told, verdict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "The file is empty: a document that begins with `type:` is expected", id="empty"),
        pytest.param("# only a comment\n", "The file is empty: a document that begins with `type:` is expected", id="comment"),
        pytest.param("- a\n", "The document is not a block of keys: it is expected to begin with `type:`", id="list"),
        pytest.param("a\n", "The document is not a block of keys: it is expected to begin with `type:`", id="text"),
        pytest.param("true\n", "The document is not a block of keys: it is expected to begin with `type:`", id="truth"),
    ],
)
def test_what_is_no_block_of_keys_is_told_once(text: str, message: str) -> None:
    found = verdict(text)
    assert [(finding.rule, finding.pointer) for finding in found] == [("CP009", "")]
    assert found[0].message == message


@pytest.mark.parametrize(
    ("written", "column"),
    [
        pytest.param("[fiche-structure]", 1, id="list"),
        pytest.param("{fiche-structure: true}", 1, id="block"),
        pytest.param("true", 7, id="truth"),
        pytest.param('"fiche-structures"', 7, id="another word"),
        pytest.param('""', 7, id="empty"),
    ],
)
def test_a_type_that_is_none_is_told_whatever_it_is(written: str, column: int) -> None:
    """Nothing in a file raises: the type decides which schema judges, and may be anything."""
    assert told(verdict(changed(SHEET, "type: fiche-structure", f"type: {written}"))) == [("CP009", "/type", 1, column)]


def test_the_type_decides_not_the_place_of_the_file() -> None:
    assert verdict(ACCOUNT, "fiche-structure") == ()
    assert verdict(SHEET, "compte-utilisateur") == ()
    assert verdict(PROJECT, "fiche-structure") == ()


def test_without_a_type_the_place_decides() -> None:
    text = changed(ACCOUNT, "type: compte-utilisateur\n", "")
    assert told(verdict(text, "compte-utilisateur")) == [("CP008", "", 1, 1)]
    assert {finding.rule for finding in verdict(text, "fiche-structure")} == {"CP007", "CP008"}
