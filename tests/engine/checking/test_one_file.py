"""One file to its findings."""

from __future__ import annotations

import pytest

from chorus_config.engine.checking.one_file import check_file, kind_of, owner_of
from chorus_config.model.project import FileKind, TextFile
from chorus_config.model.project_entries import Waiver
from chorus_config.rules.catalogue import texts
from tests.engine.making import DAY, PUBLIC, SETTING, SIRET, account, general, judged, sheet, told, with_project, written


def test_a_good_sheet_has_a_document_and_nothing_to_say() -> None:
    made = judged("structures/a.yaml", sheet())
    assert made.findings == ()
    assert made.document is not None
    assert (made.document.path, made.document.kind, made.document.body) == ("structures/a.yaml", "fiche-structure", sheet())
    assert made.document.raw == written(sheet())


def test_a_good_account_too() -> None:
    made = judged("comptes/dgs.yaml", account())
    assert (made.findings, made.kind) == ((), "compte-utilisateur")


@pytest.mark.parametrize("case", texts("CP014").messages)
def test_what_could_not_be_read_is_cp014_and_no_document(case: str) -> None:
    made = check_file(TextFile("structures/a.yaml", b"", read_error=case), SETTING)
    assert made.document is None
    assert told(made.findings) == [("CP014", "")]


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"a: [1", "CP001"),
        (b"\xff\xfea", "CP002"),
        (b"a: &x 1\nb: *x\n", "CP003"),
        (b"a: 1\n---\nb: 2\n", "CP003"),
        (b"x" * (256 * 1024 + 1), "CP005"),
        (b"", "CP009"),
        (b"# rien\n", "CP009"),
        (b"[]", "CP009"),
        (b'"texte"', "CP009"),
    ],
)
def test_what_cannot_be_a_sheet_has_one_finding_and_no_document(raw: bytes, rule: str) -> None:
    made = check_file(TextFile("structures/a.yaml", raw), SETTING)
    assert [finding.rule for finding in made.findings] == [rule]
    assert made.document is None


def test_other_faults_of_the_loader_hide_nothing() -> None:
    text = written(sheet(informations_generales=general(libelle=""))).decode().replace('"16000"', "16000")
    assert [rule for rule, _pointer in told(judged("structures/a.yaml", text).findings)] == ["CP104", "CP006"]


def test_advice_and_errors_and_rules_come_together_in_the_order_of_the_lines() -> None:
    twice = [PUBLIC, {"code": "A", "libelle": "a"}, {"code": "A", "libelle": "b"}]
    made = judged("a.yaml", sheet(informations_generales=general(statut="INACTIF"), services=twice))
    assert told(made.findings) == [("CP108", "/informations_generales/statut"), ("CP403", "/services/2/code")]


def test_what_a_document_says_it_is_wins_over_its_place() -> None:
    assert judged("comptes/a.yaml", sheet()).kind == "fiche-structure"
    assert judged("structures/a.yaml", account()).kind == "compte-utilisateur"


@pytest.mark.parametrize("data", [{}, {"type": "autre"}, [], None, "texte", {"type": ["fiche-structure"]}, {"type": True}])
@pytest.mark.parametrize("kind", ["fiche-structure", "compte-utilisateur", "projet"])
def test_the_place_decides_when_the_document_does_not(data: object, kind: FileKind) -> None:
    assert kind_of(data, kind) == kind


def test_waivers_name_a_sheet_by_identifiant_and_an_account_by_ref() -> None:
    assert owner_of(sheet()) == SIRET
    assert owner_of(account("elu/1")) == "elu/1"
    assert owner_of({}) == owner_of({"type": "projet"}) == ""


def test_a_waived_rule_is_silent_in_its_sheet_only() -> None:
    settings = with_project(waivers=(Waiver("CP104", SIRET, "motif", DAY),))
    blank = general(libelle="")
    assert judged("a.yaml", sheet(informations_generales=blank), settings).findings == ()
    other = {**blank, "identifiant": "21169999600024"}
    assert told(judged("b.yaml", sheet(informations_generales=other), settings).findings) == [
        ("CP104", "/informations_generales/libelle")
    ]


def test_integers_are_taken_where_one_is_due_and_text_stays_text() -> None:
    text = written(sheet()).decode()
    made = judged("a.yaml", text.replace('"version": 1', '"version": "1"'))
    assert told(made.findings) == [("CP009", "/version")]


def test_a_plain_number_is_told_where_text_is_due_and_kept_as_written() -> None:
    made = judged("a.yaml", written(sheet()).decode().replace('"16000"', "016000"))
    assert [finding.rule for finding in made.findings] == ["CP006", "CP202"]
    assert made.document is not None
    assert made.document.body["adresse_postale"]["code_postal"] == "016000"  # type: ignore[index]
