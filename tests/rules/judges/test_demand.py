"""What suppliers must give, of boxes as they stand; the laws of what is told of it are with CP908."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.rules.judges.demand import demands, ticked_box

CODE, COMMITMENT, EITHER = (
    "code_service_obligatoire",
    "engagement_juridique_obligatoire",
    "engagement_ou_code_service_obligatoire",
)


def structure(*ticked: str) -> dict[str, Any]:
    """Return a structure with these boxes ticked."""
    return {"parametres": dict.fromkeys(ticked, True)}


@pytest.mark.parametrize(
    ("ticked", "demand"),
    [
        ((), "none"),
        ((EITHER,), "either"),
        ((CODE,), "code"),
        ((CODE, EITHER), "code"),
        ((COMMITMENT, EITHER), "commitment"),
        ((CODE, COMMITMENT), "both"),
    ],
)
def test_the_boxes_of_a_structure_are_one_demand(ticked: tuple[str, ...], demand: str) -> None:
    assert demands((structure(*ticked), {})) == {"before": demand, "after": demand}
    assert demands(({}, structure(*ticked))) == {"before": "none", "after": demand}


def test_only_true_is_ticked_and_a_block_that_is_none_says_nothing() -> None:
    assert demands(({"parametres": {CODE: "true"}}, {"parametres": []})) == {"before": "none", "after": "none"}


def test_an_invoice_to_a_service_bears_its_code() -> None:
    own = ({"engagement_obligatoire": False}, {"engagement_obligatoire": True})
    assert demands((structure(CODE, EITHER), {}), own) == {"before": "none", "after": "commitment"}
    assert demands(({}, structure(COMMITMENT)), own) == {"before": "commitment", "after": "commitment"}


def test_the_place_is_the_first_box_that_is_ticked_else_the_first_that_changes() -> None:
    sides = {"/libelle": {"after": "x"}, f"/parametres/{CODE}": {"after": False}, f"/parametres/{EITHER}": {"after": True}}
    assert ticked_box(sides) == f"/parametres/{EITHER}"
    del sides[f"/parametres/{EITHER}"]
    assert ticked_box(sides) == f"/parametres/{CODE}"
    assert ticked_box({"/libelle": {"after": True}}) == ""
