from __future__ import annotations

from types import SimpleNamespace

import pytest
import yaml

from chorus_config.model.finding import Span
from chorus_config.yamltext.compose import MAX_DEPTH, MAX_NODES, StopParsing, check_limits, guard, span_of

from .reading import Box, box

SOMEWHERE = SimpleNamespace(start_mark=SimpleNamespace(line=2, column=4), end_mark=SimpleNamespace(line=3, column=0))


@pytest.mark.parametrize(
    ("text", "case", "where"),
    [
        pytest.param("a: &x b\n", "anchor", (1, 4, 1, 8), id="anchor on text"),
        pytest.param("a:\n  - &x {b: c}\n", "anchor", (2, 5, 2, 9), id="anchor on a block"),
        pytest.param("&x a: b\n", "anchor", (1, 1, 1, 5), id="anchor on a key"),
        pytest.param("a: *x\n", "alias", (1, 4, 1, 6), id="alias"),
        pytest.param("*x : b\n", "alias", (1, 1, 1, 3), id="alias as a key"),
        pytest.param("a: !!str b\n", "tag", (1, 4, 1, 11), id="standard tag"),
        pytest.param("a: !secret b\n", "tag", (1, 4, 1, 13), id="local tag"),
        pytest.param("a: !<tag:x,2000:y> b\n", "tag", (1, 4, 1, 21), id="verbatim tag"),
        pytest.param('a: ! "12"\n', "tag", (1, 4, 1, 10), id="tag without a name"),
        pytest.param("a: !!set {b}\n", "tag", (1, 4, 1, 11), id="tag on a block"),
        pytest.param("%YAML 1.2\n---\na: b\n", "directive", (1, 1, 2, 4), id="version directive"),
        pytest.param("%TAG !e! tag:x,2000:\n---\na: b\n", "directive", (1, 1, 2, 4), id="tag directive"),
        pytest.param("a: b\n---\nc: d\n", "document", (2, 1, 2, 4), id="second document"),
        pytest.param("---\na: b\n...\n---\n", "document", (4, 1, 4, 4), id="second document, empty"),
    ],
)
def test_a_file_says_everything_in_full(text: str, case: str, where: Box) -> None:
    with pytest.raises(StopParsing) as stop:
        guard(text.encode())
    fault = stop.value.fault
    assert (fault.rule, fault.case, box(fault.span)) == ("CP003", case, where)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("# &a *b !c %d\n", id="signs in a comment"),
        pytest.param("a: R&D * 100 % !\n", id="signs inside a text"),
        pytest.param('a: "&x *x !x %x"\n', id="signs between quotes"),
        pytest.param("a: |\n  ---\n  &x\n", id="signs in a block of text"),
        pytest.param("---\na: b\n...\n", id="one document between its marks"),
        pytest.param("---\n# &\n" + "[" * MAX_DEPTH + "]" * MAX_DEPTH, id="as deep as allowed"),
    ],
)
def test_signs_that_mean_nothing_pass(text: str) -> None:
    guard(text.encode())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("[" * 100_000, (1, 33), id="brackets"),
        pytest.param("- " * 100_000, (1, 65), id="dashes"),
        pytest.param("{a: " * 60_000, (1, 129), id="braces"),
        pytest.param("? " * 100_000, (1, 65), id="question marks"),
        pytest.param("# &\n" + "[" * 33 + "]" * 33, (2, 33), id="one level too many"),
    ],
)
def test_depth_is_refused_before_anything_is_composed(text: str, where: tuple[int, int]) -> None:
    with pytest.raises(StopParsing) as stop:
        guard(text.encode())
    fault = stop.value.fault
    assert (fault.rule, fault.case, fault.args, box(fault.span)[:2]) == ("CP005", "depth", {"limit": 32}, where)


def test_what_is_no_yaml_is_left_to_the_syntax_rule() -> None:
    with pytest.raises(yaml.YAMLError):
        guard(b"# &\na: b: c\n")


def test_the_limits_themselves_are_allowed() -> None:
    check_limits(MAX_DEPTH, MAX_NODES, SOMEWHERE)


@pytest.mark.parametrize(
    ("depth", "nodes", "case", "limit"),
    [
        pytest.param(33, 1, "depth", 32, id="depth"),
        pytest.param(1, 50_001, "nodes", 50_000, id="nodes"),
        pytest.param(33, 50_001, "depth", 32, id="depth is told first"),
    ],
)
def test_beyond_a_limit_the_file_stops_where_it_goes_too_far(depth: int, nodes: int, case: str, limit: int) -> None:
    with pytest.raises(StopParsing) as stop:
        check_limits(depth, nodes, SOMEWHERE)
    fault = stop.value.fault
    assert (fault.rule, fault.case, fault.args) == ("CP005", case, {"limit": limit})
    assert fault.span == Span(3, 5, 4, 1)


def test_places_count_from_one() -> None:
    assert span_of(SOMEWHERE) == Span(3, 5, 4, 1)
