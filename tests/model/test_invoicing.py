"""The text of an electronic invoicing address, there and back."""

from __future__ import annotations

import pytest

from chorus_config.model.invoicing import LONGEST_ADDRESS, LONGEST_CODE, Demand, address_text, split_address
from chorus_config.model.invoicing_address import InvoicingAddress

SIRET = "21160999500017"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", "211609995_21160999500017"),
        ("ST-TECH", "211609995_21160999500017_ST-TECH"),
        ("ST_TECH_2", "211609995_21160999500017_ST_TECH_2"),
        ("_", "211609995_21160999500017__"),
    ],
)
def test_an_address_is_siren_siret_and_code_and_is_read_back(code: str, text: str) -> None:
    assert address_text(SIRET, code) == text
    assert split_address(text) == (SIRET, code)


def test_the_longest_code_makes_the_longest_address() -> None:
    assert len(address_text(SIRET, "X" * LONGEST_CODE)) == LONGEST_ADDRESS


def test_a_demand_says_which_mentions_an_invoice_must_bear() -> None:
    def _asked(demand: Demand) -> tuple[bool, bool]:
        one = InvoicingAddress("", SIRET, "", "", demand)
        return one.code_required, one.commitment_required

    demands: tuple[Demand, ...] = ("none", "either", "code", "commitment", "both")
    assert {demand: _asked(demand) for demand in demands} == {
        "none": (False, False),
        "either": (False, True),
        "code": (True, False),
        "commitment": (False, True),
        "both": (True, True),
    }
