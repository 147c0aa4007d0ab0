"""JSON that two readers could take for two things is refused."""

from __future__ import annotations

import pytest

from chorus_config.pipelines.strictjson import strict_json


def test_a_document_is_read() -> None:
    assert strict_json('{"a": [1, true, null, "é"]}') == {"a": [1, True, None, "é"]}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", '{"a": 1} x', '{"a": 1, "a": 2}', '[{"b": {"a": 1, "a": 1}}]', "NaN", "[Infinity]", "-Infinity", "1.5", "1e3",
        '"\\ud800"', '{"\\udfff": 1}', "[" * 100_000, "{'a': 1}", "01",
    ],
)  # fmt: skip
def test_what_is_not_plain_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json has many words for it
        strict_json(text)
