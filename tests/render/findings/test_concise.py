"""Findings one a line."""

from __future__ import annotations

import re

from msgspec.structs import replace

from chorus_config.render.findings.concise import findings_concise
from chorus_config.render.shared.values import location
from tests.render.golden import agree
from tests.render.model import HOSTILE, findings
from tests.render.reading import acting


def test_the_lines_are_as_approved() -> None:
    agree("findings.concise.txt", findings_concise(findings("en")))


def test_each_line_is_one_finding_in_order() -> None:
    lines = findings_concise(findings("fr")).splitlines()
    expected = [f"{location(one)}: {one.level} {one.rule} {one.message}" for one in findings("fr")]
    assert lines == expected
    assert all(re.search(r":[0-9]+:[0-9]+: (error|warning|info) CP[0-9]{3} .", line) for line in lines)


def test_nothing_in_them_can_act() -> None:
    shown = findings_concise(findings("fr"))
    assert acting(shown) == set()
    assert not any(row.startswith("::") for row in shown.splitlines())


def test_a_finding_that_somebody_else_wrote_is_one_harmless_line_too() -> None:
    shown = findings_concise([replace(findings("en")[0], message=HOSTILE, path=HOSTILE)])
    assert acting(shown) == set()
    assert shown.count("\n") == 1


def test_no_finding_is_no_line() -> None:
    assert findings_concise(()) == ""
