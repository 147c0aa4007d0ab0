"""The invoicing addresses that differ, as text."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.drift import AddressComparison, AddressDrift, Drift
from chorus_config.model.invoicing import address_text
from chorus_config.render.drift.addresses import address_lines, address_summary
from chorus_config.render.drift.text import drift_text
from chorus_config.render.shared.paint import coloured, plain
from tests.engine.making import OTHER, SIRET

SAY = translator_for("en")
THIRD = "21169999600032"


def drift(*rows: AddressDrift, in_sync: int = 0, fields: int = 0, **more: Any) -> Drift:
    """Return a drift of addresses alone."""
    return Drift("r.json", "2026-10-05T08:30:00Z", "s", 1, in_sync=fields, addresses=AddressComparison(rows, in_sync, **more))


def missing(siret: str, code: str = "ST-TECH") -> AddressDrift:
    """Return an address that is gone."""
    return AddressDrift(siret, address_text(siret, code), "service", "missing", True, True, "absent")


def block(made: Drift) -> list[str]:
    """Return the lines of the block."""
    return [*address_lines(made, SAY, plain)]


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (None, "no service of this code is approved"),
        ("inactive_structure", "the structure is approved as INACTIF"),
        ("works_only", "« MOA uniquement » is approved as ticked"),
        ("inactive_service", "the service is approved as inactive"),
        ("ended", "the service is over"),
        ("not_yet", "the service has not begun"),
    ],
)
def test_what_is_in_force_and_not_expected_is_told_with_why(why: Any, reason: str) -> None:
    address = address_text(SIRET, "OLD")
    (told,) = [
        line for line in block(drift(AddressDrift(SIRET, address, "service", "unexpected", False, False, "in_force", "", why)))
        if address in line
    ]  # fmt: skip
    assert told.startswith(f"    [in force, not expected] {address}: {reason}")


def test_what_three_structures_have_alike_is_told_once_and_names_each() -> None:
    lines = block(drift(*map(missing, (SIRET, OTHER, THIRD))))
    assert sum("rejected (REJ_ADR)" in line for line in lines) == 1
    assert any(line.startswith("    [not in force] SIREN_SIRET_ST-TECH: ") for line in lines)
    assert [line.strip() for line in lines if line.startswith("      ")] == [SIRET, OTHER, THIRD]
    apart = block(drift(missing(SIRET), missing(OTHER), missing(THIRD, "ST_TECH")))
    assert sum("rejected (REJ_ADR)" in line for line in apart) == 3
    units = [AddressDrift(one, one, "siren", "unexpected", False, None, "in_force") for one in ("1" * 9, "2" * 9, "3" * 9)]
    assert sum("[in force, not expected]" in line for line in block(drift(*units))) == 3


def test_what_several_addresses_of_a_structure_have_alike_is_told_once() -> None:
    old = AddressDrift(SIRET, address_text(SIRET, "OLD"), "service", "unexpected", False, None, "in_force")
    lines = block(drift(missing(SIRET, "A"), old, missing(SIRET, "B")))
    assert [line.partition(":")[0] for line in lines[1:6]] == [
        f"  {SIRET}",
        "    [not in force] approved and entered, but the directory does not have it",
        f"      {address_text(SIRET, 'A')}",
        f"      {address_text(SIRET, 'B')}",
        f"    [in force, not expected] {old.address}",
    ]


def test_the_tally_counts_addresses_and_no_drift_is_said_only_without_any() -> None:
    tally = drift_text(drift(missing(SIRET), in_sync=4, fields=2), SAY, plain).splitlines()[-1]
    assert tally == "The same: 2. Invoicing addresses that differ: 1. Invoicing addresses in force, as approved: 4."
    for made, said in (
        (
            drift(in_sync=4, fields=2),
            "No drift: the 2 fields compared are the same. Invoicing addresses in force, as approved: 4.",
        ),
        (drift(in_sync=4), "No drift: the 4 invoicing addresses compared are in force, as approved."),
        (drift(in_sync=1), "No drift: the only invoicing address compared is in force, as approved."),
        (drift(fields=2), "No drift: the 2 fields compared are the same."),
        (drift(), "Nothing was compared: the source says nothing of what is approved here."),
    ):
        assert drift_text(made, SAY, plain).splitlines()[-1] == said
        assert made.settled
    assert not drift(missing(SIRET)).settled
    assert "\x1b[32m" not in drift_text(drift(missing(SIRET), fields=2), SAY, coloured)


def test_how_far_the_comparison_went_is_told() -> None:
    assert [*address_summary(drift(not_known=2, silent=(SIRET, OTHER)), SAY)] == [
        "Invoicing addresses of which the source does not say whether they are in force, not compared: 2.",
        f"Structures of whose invoicing addresses the source says nothing, not compared: {SIRET}, {OTHER}.",
    ]
    assert [*address_summary(drift(), SAY)] == [*address_summary(Drift("r", None, "s", 1), SAY)] == []


@pytest.mark.parametrize("name", ["en", "fr"])
def test_each_advice_stands_once_and_only_where_it_helps(name: Language) -> None:
    say = translator_for(name)
    own = address_text(SIRET, "A")
    enter = AddressDrift(SIRET, own, "service", "to_enter", True, False, "absent")
    old = AddressDrift(SIRET, address_text(SIRET, "OLD"), "service", "unexpected", False, None, "in_force")
    unit = AddressDrift(SIRET[:9], SIRET[:9], "siren", "unexpected", False, None, "in_force")
    for rows, count in (((missing(SIRET), missing(OTHER)), 1), ((enter,), 0), ((unit,), 0), ((missing(SIRET), old, enter), 2)):
        lines = [*address_lines(drift(*rows), say, plain)]
        assert sum(line.startswith("  → ") for line in lines) == count
        assert ("  chorus-config worksheet" in drift_text(drift(*rows), say, plain).splitlines()) is (enter in rows)
