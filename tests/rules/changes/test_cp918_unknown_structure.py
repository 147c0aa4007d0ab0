"""CP918: a public structure that no approved state and no reading of the portal shows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.changing import all_faults, document, findings, general, refused
from tests.rules.judged import sheet


def told(after: dict[str, Any], before: dict[str, Any] | None = None, *, on_portal: bool = False) -> list[tuple[str, str]]:
    """Return rule and case of what is told of a structure that nobody knew."""
    return [(fault.rule, fault.case) for _address, fault in all_faults(before or {}, after, on_portal=on_portal)]


@pytest.mark.parametrize(
    ("after", "case"),
    [(sheet(), ""), (sheet(comptabilite="helios"), ""), (sheet(comptabilite="autre"), "elsewhere")],
)
def test_who_is_asked_depends_on_the_accounting(after: dict[str, Any], case: str) -> None:
    assert told(after) == [("CP918", case)]


def test_a_private_structure_is_created_by_its_manager() -> None:
    assert told(general(structure_privee=True)) == []


def test_what_is_known_or_was_seen_is_not_told() -> None:
    assert told(sheet(), on_portal=True) == []
    assert told(general(libelle="Ville de Valmont"), sheet()) == [("CP915", "label")]


def test_an_identifiant_changed_in_place_is_cp902_s_affair() -> None:
    assert "CP918" not in {rule for rule, _case in told(general(identifiant="21169999600024"), sheet())}


def test_only_the_structure_itself_is_told_of() -> None:
    assert refused(document("CP918")) == [("CP918", "")]
    assert refused(document("CP918", kind="service", key="A")) == []
    for key in ("known", "on_portal"):
        assert refused(document("CP918", **{key: True})) == []
    assert refused(document("CP918", public=False)) == []


def test_it_is_a_warning_with_somebody_to_ask() -> None:
    (found,) = findings({}, sheet())
    assert (found.level, "comptable public" in found.message, "comptable public" in found.help) == ("warning", True, True)
    (other,) = findings({}, sheet(comptabilite="autre"))
    assert "comptable public" not in other.message + other.help
    assert "support" in other.message
