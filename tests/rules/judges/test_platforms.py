"""What approved platforms see of a sheet: the address of a service, and how soon a change reaches them."""

from __future__ import annotations

import pytest

from chorus_config.model.invoicing import LONGEST_ADDRESS
from chorus_config.rules.judges.platforms import WHEN_SEEN, service_address


@pytest.mark.parametrize(
    ("identifiant", "code", "public", "address"),
    [
        ("21169999600016", "ST-TECH", True, "211699996_21169999600016_ST-TECH"),
        ("21169999600016", "A_B", True, "211699996_21169999600016_A_B"),
        ("21169999600016", "ST-TECH", False, None),
        ("RIDET-1", "ST-TECH", True, None),
        ("2116999960001", "ST-TECH", True, None),
        ("21169999600016\n", "ST-TECH", True, None),
        ("²1169999600016", "ST-TECH", True, None),
    ],
)
def test_the_service_of_a_public_body_has_an_address(identifiant: str, code: str, *, public: bool, address: str | None) -> None:
    assert service_address(identifiant, code, public=public) == address


def test_the_longest_code_makes_the_longest_address() -> None:
    assert len(service_address("21169999600016", "X" * 100, public=True) or "") == LONGEST_ADDRESS


def test_no_day_is_promised_for_what_comes_from_the_portal() -> None:
    assert "the next day at the earliest" in WHEN_SEEN
    assert "not verified" in WHEN_SEEN
