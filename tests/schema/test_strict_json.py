"""JSON that two readers could take for two things is refused."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.schema.strict_json import NotStrict, strict_json


def test_a_document_is_read() -> None:
    assert strict_json('{"a": [1, true, null, "é"]}') == {"a": [1, True, None, "é"]}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", '{"a": 1} x', '{"a": 1, "a": 2}', '[{"b": {"a": 1, "a": 1}}]', "NaN", "[Infinity]", "-Infinity", "1.5", "1e3",
        '"\\ud800"', '{"\\udfff": 1}', "[" * 100_000, "{'a': 1}", "01", "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_plain_json_is_refused(text: str) -> None:
    with pytest.raises(NotStrict):
        strict_json(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n", "it is empty"),
        ('{"a": [1,\n2\n', "it is truncated JSON: it ends too early, on line 3"),
        ('{"a": 1,\n "b": x}', "it is damaged JSON: line 2, column 7 cannot be read"),
        ('{"a": 1} x', "it is damaged JSON: line 1, column 10 cannot be read"),
        ('{"a": {"clé": 1, "clé": 2}}', "a block holds the key clé twice"),
        ("[1.5]", "1.5 is no number that it may hold: only whole numbers are"),
        ("[NaN]", "NaN is no number that it may hold: only whole numbers are"),
        ('"\\ud800"', "it holds half a character, which is no text"),
        ("[" * 100_000, "it is nested too deep"),
        ("1" * 5000, "it holds a number that is too long"),
    ],
)
def test_the_place_and_the_reason_are_told(text: str, told: str) -> None:
    with pytest.raises(NotStrict) as found:
        strict_json(text)
    assert translator_for("en")(found.value.message, **found.value.values) == told
