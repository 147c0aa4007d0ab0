"""What people may see of sensitive values."""

from __future__ import annotations

import pytest

from chorus_config.diff.mask import masked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("FR7630006000011234567890189", "FR76 **** 0189"),
        ("FR76 3000 6000 0112 3456 7890 189", "FR76 **** 0189"),
        ("AGRIFRPP", "AG ****"),
        ("AGRIFRPPXXX", "AG ****"),
        ("NO9386011117947", "NO93 **** 7947"),
        ("", ""),
    ],
)
def test_a_mask_keeps_the_ends_only(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize("value", ["ABC", "1234", " 1 2 3"])
def test_a_mask_never_gives_away_a_whole_value(value: str) -> None:
    assert value.replace(" ", "") not in str(masked(value)).replace(" ", "")


@pytest.mark.parametrize("value", [["FR7630006000011234567890189"], {"a": "FR76300060"}, 30006000, True])
def test_what_is_no_text_is_hidden_whole(value: object) -> None:
    assert masked(value) == "****"


def test_nothing_stays_nothing() -> None:
    assert masked(None) is None
