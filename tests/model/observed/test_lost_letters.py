"""Letters that an encoding could not hold, and what stands for them."""

from __future__ import annotations

import pytest

from chorus_config.model.observed.lost_letters import is_damaged, lost_count


@pytest.mark.parametrize(
    ("text", "found"),
    [("St Martin H¿res", True), ("¿cole", True), ("Am\ufffdnagt", True), ("¿ Qué ?", False), ("Hères", False)],
)
def test_letters_that_were_lost(text: str, found: bool) -> None:
    assert is_damaged(text) is found


def test_each_sign_of_loss_counts() -> None:
    assert lost_count("¿\ufffd¿ é") == 3
