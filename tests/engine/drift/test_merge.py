"""Several observed sources as one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves
from chorus_config.engine.drift.merge import merged
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.snapshot import Record, Snapshot

SIRET = "21160999500017"
OTHER = "21160999500025"


def said(source: str, taken_at: str = "2026-11-01T00:00:00Z", root: str = SIRET, **body: Any) -> Snapshot:
    """Return a snapshot of one structure."""
    own = {"identifiant": root, **body.pop("own", {})}
    whole = {"type": "fiche-structure", "version": 1, "informations_generales": own, **body}
    return Snapshot({root: Record(root, whole)}, source, taken_at)


def fields(snapshot: Snapshot, root: str = SIRET) -> dict[str, Any]:
    """Return all that is reported of a structure, by address and path."""
    known = expand(snapshot.records[root].body).resources
    return {f"{one}#{path}": value for one, resource in known.items() for path, value in leaves(resource).items()}


def test_the_addresses_of_a_structure_are_those_of_the_first_source_that_speaks_of_them() -> None:
    mine, theirs = DirectoryLine(f"{SIRET[:9]}_{SIRET}", SIRET, True), DirectoryLine(f"{SIRET[:9]}_{SIRET}_OLD", SIRET, True)
    far = DirectoryLine(f"{OTHER[:9]}_{OTHER}", OTHER, False)
    both = merged([replace(said("a"), lines={SIRET: (mine,)}), replace(said("b"), lines={SIRET: (theirs,), OTHER: (far,)})])
    assert both.lines == {SIRET: (mine,), OTHER: (far,)}
    assert merged([replace(said("a"), lines={SIRET: ()}), replace(said("b"), lines={SIRET: (theirs,)})]).lines == {SIRET: ()}


def test_one_source_is_left_as_it_is() -> None:
    one = said("a", own={"libelle": "A"})
    assert merged([one]) is one


def test_what_the_first_does_not_report_the_next_fills_in() -> None:
    one = said("portail", "2026-11-02T00:00:00Z", own={"libelle": "A"}, parametres={"moa_uniquement": False})
    other = said("liste", own={"statut": "ACTIF"}, adresse_postale={"ville": "X"}, parametres={"structure_avec_moa": True})
    both = merged([one, other])
    found = fields(both)
    assert (found[f"{SIRET}#/libelle"], found[f"{SIRET}#/statut"], found[f"{SIRET}#/adresse_postale/ville"]) == (
        "A",
        "ACTIF",
        "X",
    )
    assert found[f"{SIRET}#/parametres/structure_avec_moa"] is True
    assert (both.source, both.taken_at, both.disagreements) == ("portail + liste", "2026-11-01T00:00:00Z", ())


def test_the_first_is_followed_and_what_another_says_is_kept() -> None:
    both = merged([said("a", own={"libelle": "A"}), said("b", own={"libelle": "B"}), said("c", own={"libelle": "A"})])
    assert fields(both)[f"{SIRET}#/libelle"] == "A"
    assert [(str(o.address), o.path, o.source, o.kept, o.other_source, o.other) for o in both.disagreements] == [
        (SIRET, "/libelle", "a", "A", "b", "B")
    ]


def test_a_list_is_that_of_the_first_that_reports_it() -> None:
    first = said("a", services=[{"code": "X", "libelle": "Un"}])
    second = said("b", services=[{"code": "X", "actif": True}, {"code": "Y", "libelle": "Deux"}])
    both = merged([said("none"), first, second])
    assert both.records[SIRET].body["services"] == [{"code": "X", "libelle": "Un", "actif": True}]
    (only,) = both.disagreements
    assert (str(only.address), only.path, only.source, only.kept, only.other_source, only.other) == (
        f"{SIRET}/services/Y", "", "a", False, "b", True,
    )  # fmt: skip


def test_an_empty_list_is_a_list() -> None:
    both = merged([said("a", services=[]), said("b", services=[{"code": "Y", "libelle": "Deux"}])])
    assert both.records[SIRET].body["services"] == []
    assert len(both.disagreements) == 1


def test_each_structure_is_that_of_who_knows_it() -> None:
    both = merged([said("a"), said("b", root=OTHER)])
    assert list(both.records) == [SIRET, OTHER]


def test_a_text_with_lost_letters_is_no_disagreement() -> None:
    one, other = said("a", own={"libelle": "Hères"}), said("b", own={"libelle": "H¿res"})
    for both in (merged([one, other]), merged([other, one])):
        assert both.disagreements == ()
        assert fields(both)[f"{SIRET}#/libelle"] == "Hères"


def test_the_oldest_reading_is_that_of_the_earliest_instant() -> None:
    early, late = said("a", "2026-11-01T09:30:00+02:00"), said("b", "2026-11-01T08:00:00Z")
    assert merged([late, early]).taken_at == "2026-11-01T09:30:00+02:00"


def test_what_is_sensitive_is_masked_in_a_disagreement() -> None:
    ibans = ("FR7630001007941234567890185", "FR7630004000031234567890143")
    one, other = (
        said(n, coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}]) for n, iban in zip("ab", ibans, strict=True)
    )
    (found,) = merged([one, other]).disagreements
    assert found.kept == "FR76 **** 0185"
    assert found.other == "FR76 **** 0143"


bodies = st.fixed_dictionaries(
    {},
    optional={
        "own": st.fixed_dictionaries({}, optional={"libelle": st.sampled_from("AB"), "statut": st.just("ACTIF")}),
        "services": st.lists(
            st.fixed_dictionaries({"code": st.sampled_from("XYZ")}, optional={"libelle": st.sampled_from("AB")}),
            unique_by=lambda entry: repr(entry).partition("libelle")[0], max_size=3,
        ),
        "parametres": st.fixed_dictionaries({}, optional={"moa_uniquement": st.booleans()}),
    },
)  # fmt: skip


@given(bodies, bodies)
def test_laws(one: dict[str, Any], other: dict[str, Any]) -> None:
    a, b = said("a", **one), said("b", **other)
    assert fields(merged([a, a])) == fields(a)
    both = fields(merged([a, b]))
    assert fields(a).items() <= both.items()
    # Nothing is made up.
    assert set(both.items()) <= {*fields(a).items(), *fields(b).items()}
