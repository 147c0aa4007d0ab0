from __future__ import annotations

from chorus_config.i18n.translator import Translator
from chorus_config.sources.names import listed


def test_names_are_told_in_order_each_once_and_as_they_may_be_shown(say: Translator) -> None:
    assert listed(["b", "a", "b", "\x1b"], say) == "\\u{1b}, a, b"


def test_of_many_the_first_ones_are_named(say: Translator) -> None:
    numbers = [f"{number:02d}" for number in range(12)]
    assert listed(numbers[:10], say) == ", ".join(numbers[:10])
    assert listed(numbers, say) == ", ".join(numbers[:10]) + " and 2 more"
