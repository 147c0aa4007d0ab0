"""CP802 and CP804: accounts, their notifications, and the waivers that the guide's « sauf exception » allows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest

from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind, ProjectConfig
from chorus_config.model.project_entries import Waiver
from tests.samples import ACCOUNT, TODAY, changed, composed, told, verdict

KIND: Final[FileKind] = "compte-utilisateur"
SILENT: Final = changed(ACCOUNT, "recevoir_notifications: true", "recevoir_notifications: false")
ATTACHED: Final = ACCOUNT + "rattachements: []\n"
TEXTS: Final = {"CP802": SILENT, "CP804": ATTACHED}
LAST: Final = date(2023, 2, 20)
YESTERDAY: Final = LAST - timedelta(days=1)
LISTED: Final = changed(ACCOUNT, "recevoir_notifications: true", "notifications: [ENGAGEMENTS]")


def judged(text: str, *waivers: Waiver) -> tuple[Finding, ...]:
    return verdict(text, KIND, LAST, project=ProjectConfig(waivers=waivers))


def test_notifications_are_received() -> None:
    found = verdict(SILENT, KIND, LAST)
    assert told(found) == [("CP802", "/parametres/recevoir_notifications", 15, 27)]
    assert found[0].message == "« Recevoir des notifications » is not ticked: a ticked box is expected"


@pytest.mark.parametrize("day", [date(2016, 10, 1), LAST, date(2023, 2, 21), TODAY], ids=str)
def test_the_box_counts_until_the_portal_of_2023_and_is_harmless_after(day: date) -> None:
    before = day <= LAST
    both = LISTED.replace("  notifications", "  recevoir_notifications: false\n  notifications")
    for text in (SILENT, both):
        assert [finding.rule for finding in verdict(text, KIND, day)] == ["CP802"] * before
    assert verdict(both.replace("false", "true"), KIND, day) == verdict(ACCOUNT, KIND, day) == ()


@pytest.mark.parametrize("day", [date(2016, 10, 1), LAST, date(2023, 2, 21), TODAY], ids=str)
def test_the_box_is_due_until_the_portal_of_2023_then_it_or_the_list(day: date) -> None:
    before = day <= LAST
    missing = "`{}` is missing in parametres: it is required"
    found = verdict(LISTED, KIND, day)
    assert [finding.message for finding in found] == [missing.format("recevoir_notifications")] * before
    (neither,) = verdict(changed(ACCOUNT, "  recevoir_notifications: true\n", ""), KIND, day)
    assert neither.message == missing.format("recevoir_notifications" if before else "notifications")
    assert told((neither,)) == [("CP008", "/parametres", 13, 1)]
    (empty,) = verdict(composed(ACCOUNT, "parametres: {}\n"), KIND, day)
    assert empty.message.endswith(f"requires langue, {'recevoir_notifications' if before else 'notifications'}")


@pytest.mark.parametrize(
    ("written", "rule", "pointer"),
    [
        ("[]", [], []),
        ("[FACTURATION_CPRO, ENGAGEMENTS, CERTIFICATS_DE_CESSIBILITE]", [], []),
        ("[FACTURATION_CPRO, Factures]", ["CP009"], ["/parametres/notifications/1"]),
        ("FACTURATION_CPRO", ["CP009"], ["/parametres/notifications"]),
        ("oui", ["CP009"], ["/parametres/notifications"]),
    ],
)
def test_the_list_holds_the_applications_of_the_portal(written: str, rule: list[str], pointer: list[str]) -> None:
    found = verdict(LISTED.replace("[ENGAGEMENTS]", written), KIND)
    assert ([finding.rule for finding in found], [finding.pointer for finding in found]) == (rule, pointer)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Facturation CPRO", "FACTURATION_CPRO"),
        ("Factures", "FACTURATION_CPRO"),
        ("engagements", "ENGAGEMENTS"),
        ("Certificats de cessibilité", "CERTIFICATS_DE_CESSIBILITE"),
    ],
)
def test_the_words_of_the_portal_are_understood(word: str, meant: str) -> None:
    (finding,) = verdict(LISTED.replace("ENGAGEMENTS", word), KIND)
    assert (finding.rule, meant in finding.message) == ("CP009", True)


@pytest.mark.parametrize("written", ["oui", '"false"', "non"])
def test_a_box_of_another_type_is_cp009_only(written: str) -> None:
    text = changed(ACCOUNT, "recevoir_notifications: true", f"recevoir_notifications: {written}")
    assert told(verdict(text, KIND)) == [("CP009", "/parametres/recevoir_notifications", 15, 27)]


@pytest.mark.parametrize("value", ["[]", "{}", '""', "x", "true", '["Mairie"]', "12"])
@pytest.mark.parametrize("key", ["rattachements", "abonnements", "pieces_jointes"])
def test_the_blocks_of_helios_are_refused_whatever_they_hold(key: str, value: str) -> None:
    found = verdict(f"{ACCOUNT}{key}: {value}\n", KIND)
    assert told(found) == [("CP804", f"/{key}", 16, 1)]
    reason = (
        "the guide says that this block does not concern you" if key == "pieces_jointes" else "Hélios or the portal fills it in"
    )
    assert found[0].message == f"`{key}` is not set here: {reason}"


@pytest.mark.parametrize("key", ["date_creation", "date_reactivation", "date_desactivation", "date_modification", "etat"])
def test_the_read_only_facts_are_refused(key: str) -> None:
    found = verdict(f'{ACCOUNT}  {key}: "2016-10-01"\n', KIND)
    assert told(found) == [("CP804", f"/parametres/{key}", 16, 3)]


@pytest.mark.parametrize("rule", TEXTS)
@pytest.mark.parametrize(
    ("until", "silent"),
    [
        pytest.param(date(2099, 12, 31), True, id="long"),
        pytest.param(LAST, True, id="its last day"),
        pytest.param(YESTERDAY, False, id="expired yesterday"),
        pytest.param(date(2016, 10, 1), False, id="expired long ago"),
        pytest.param(None, False, id="without end"),
    ],
)
def test_a_waiver_holds_until_its_end(rule: str, until: date | None, silent: bool) -> None:
    found = judged(TEXTS[rule], Waiver(rule, "dgs", "the deputy watches the same sheets", until))
    assert [finding.rule for finding in found] == ([] if silent else [rule])


@pytest.mark.parametrize("rule", TEXTS)
def test_a_waiver_without_reason_waives_nothing(rule: str) -> None:
    assert [finding.rule for finding in judged(TEXTS[rule], Waiver(rule, "dgs", "", date(2099, 12, 31)))] == [rule]


@pytest.mark.parametrize("rule", TEXTS)
@pytest.mark.parametrize("other", ["DGS", "dgs ", "adj", "", "comptes/dgs", "21169999600016"])
def test_a_waiver_is_for_one_account(rule: str, other: str) -> None:
    assert [finding.rule for finding in judged(TEXTS[rule], Waiver(rule, other, "because", date(2099, 12, 31)))] == [rule]


def test_a_waiver_is_for_one_rule() -> None:
    both = SILENT + "rattachements: []\n"
    waiver = Waiver("CP804", "dgs", "because", date(2099, 12, 31))
    assert [finding.rule for finding in judged(both, waiver)] == ["CP802"]
    assert judged(both, waiver, Waiver("CP802", "dgs", "because", date(2099, 12, 31))) == ()


def test_one_good_waiver_is_enough() -> None:
    bad = Waiver("CP802", "dgs", "", None)
    assert judged(SILENT, bad, Waiver("CP802", "dgs", "because", LAST), bad) == ()
