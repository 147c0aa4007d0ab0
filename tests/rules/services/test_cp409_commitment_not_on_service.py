"""CP409: a service that says it demands no commitment number, under a structure that demands one."""

from __future__ import annotations

from typing import Final

import pytest

from tests.samples import SHEET, told, verdict

DEMANDED: Final = f"{SHEET}comptabilite: autre\nparametres:\n  engagement_juridique_obligatoire: true\n"
SERVICES: Final = (
    'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
    "    engagement_obligatoire: false\n"
)
ONE: Final = '  - code: "{}"\n    libelle: "Services techniques"\n'
NONE: Final = "    engagement_obligatoire: false\n"


def test_one_service_is_named_with_the_box_of_the_structure() -> None:
    (finding,) = verdict(DEMANDED + SERVICES + ONE.format("A") + NONE)
    assert (finding.rule, finding.level, finding.pointer) == ("CP409", "info", "/services/1/engagement_obligatoire")
    assert 'the service "A" says that it demands none' in finding.message
    assert [(place.line, place.message) for place in finding.related] == [(16, "the structure demands it here")]


def test_several_services_are_one_finding() -> None:
    (finding,) = verdict(DEMANDED + SERVICES + "".join(ONE.format(code) + NONE for code in "ABC"))
    assert finding.pointer == "/services/1/engagement_obligatoire"
    assert "2 more" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DEMANDED + SERVICES, id="FACTURES_PUBLIQUES never demands one"),
        pytest.param(DEMANDED + SERVICES + ONE.format("A"), id="not managed"),
        pytest.param(DEMANDED + SERVICES + ONE.format("A") + "    engagement_obligatoire: true\n", id="demanded by both"),
        pytest.param(DEMANDED + SERVICES + ONE.format("A") + NONE + "    actif: false\n", id="inactive"),
        pytest.param(SHEET + SERVICES + ONE.format("A") + NONE, id="the structure does not say"),
        pytest.param(DEMANDED.replace("true", "false") + SERVICES + ONE.format("A") + NONE, id="the structure demands none"),
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert told(verdict(text)) == []
