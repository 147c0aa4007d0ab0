"""CP303: the form of a BIC, python-stdnum as judge; the BIC is never shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import bic as stdnum

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.bank.cp303_bic import TEXTS, check
from chorus_config.rules.judges.checksums import bic_holds
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


def accounts(*values: Any) -> dict[str, Any]:
    return sheet(coordonnees_bancaires=[{"libelle": f"Compte {n}", "bic": value} for n, value in enumerate(values)])


def found(bic: Any) -> list[tuple[str, str]]:
    return told("CP303", accounts("BDFEFRPPCCT", bic))


@pytest.mark.parametrize("bic", ["BDFEFRPP", "BDFEFRPPCCT", "AGRIFRPP888", "DEUTDEFF", "DEUTDEFF500", "CFMOMCMX"])
def test_a_bic_passes(bic: str) -> None:
    assert found(bic) == []


@pytest.mark.parametrize(
    "bic",
    [
        "BDFEFRP",
        "BDFEFRPPC",
        "BDFEFRPPCCTX",
        "bdfefrpp",
        "BDFE FR PP",
        " BDFEFRPP",
        "BDFEFRPP-CCT",
        "BDF1FRPP",
        "BDFEF1PP",
        "BDFEZZPP",
        "BDFEFRPÉ",
        "XXX",
        "X" * 4096,
    ],
)
def test_what_is_no_bic_is_told_at_its_value(bic: str) -> None:
    assert found(bic) == [("coordonnees_bancaires/1/bic", "")]


@pytest.mark.parametrize("bic", ["", " ", None, True, 12, [], {}])
def test_what_is_blank_or_no_text_is_not_judged(bic: Any) -> None:
    assert found(bic) == []


def test_no_fault_carries_a_bic_and_no_message_asks_for_it() -> None:
    assert [dict(fault.args) for fault in check(accounts("XXX"), RuleContext(TrackedDay(TODAY)))] == [{}]
    assert not any("{" in message for message in (*TEXTS.messages.values(), TEXTS.remedy))


@given(st.from_regex("[A-Z]{4}(FR|DE|ZZ|[A-Z]{2})[A-Z0-9]{2}([A-Z0-9]{3})?", fullmatch=True) | st.text("AFR09é ", max_size=12))
def test_the_verdict_is_that_of_the_library_on_what_is_written_strictly(bic: str) -> None:
    assert bic_holds(bic) is (stdnum.is_valid(bic) and stdnum.compact(bic) == bic and bic.isascii())


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP303") == ([("coordonnees_bancaires/0/bic", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP303", body, TODAY)
