"""What suppliers are told, on a terminal."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.notice import Notice
from chorus_config.render.notice.text import render
from chorus_config.render.shared.paint import coloured, plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.notices import TECH, TOWN, changed, nothing_changes, sample_changes, sample_notice


def shown(made: Notice, language: Language = "en") -> str:
    """Return a notice as text."""
    return render(made, translator_for(language), plain)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_as_approved(language: Language) -> None:
    agree(f"notice.{language}.txt", shown(sample_notice(), language))
    agree(f"notice-changes.{language}.txt", shown(sample_changes(), language))


def test_nothing_that_changes_is_one_line() -> None:
    assert shown(nothing_changes()) == "Nothing changes for suppliers\n"


def test_it_says_what_is_not_verified_and_what_stays_on_chorus_pro() -> None:
    text = shown(sample_notice())
    for said in ("not what the portal shows", "is not verified", "stay on Chorus Pro", "active structure of your own"):
        assert said in text


def test_before_platforms_take_part_it_speaks_of_the_portal_alone() -> None:
    early = shown(replace(sample_notice(), day=date(2025, 9, 17)))
    assert "REJ_ADR" not in early
    assert "opens on 18 September 2025" in early
    between = shown(replace(sample_notice(), day=date(2026, 8, 31)))
    assert "Until 31 August 2026" in between
    assert "opens on 18 September 2025" not in between
    assert "Until 31 August" not in shown(replace(sample_notice(), day=date(2026, 9, 1)))


def test_what_the_sheets_do_not_write_is_told_to_the_sender() -> None:
    assert "Lycée: the sheet says nothing of" not in shown(sample_changes())
    structure = sample_notice().structures[0]
    unsaid = replace(structure.addresses[1], unsaid=("/statut", "/parametres/moa_uniquement", "/services"))
    made = replace(sample_notice(), structures=(replace(structure, addresses=(unsaid,)),))
    assert "« Statut », « MOA uniquement », « Services »" in shown(made).replace("\u00a0", " ")


@pytest.mark.parametrize("text", BREAKOUTS)
def test_nothing_acts_on_a_terminal(text: str) -> None:
    for made in (sample_notice(text), sample_changes(text)):
        assert not any(ord(sign) < 32 and sign != "\n" for sign in shown(made))
    assert "\x1b[" in render(sample_notice(), translator_for("en"), coloured)


def plain_text(made: Notice) -> str:
    """Return a notice as text, its no-break spaces as spaces."""
    return shown(made).replace("\u00a0", " ")


def suppliers_part(made: Notice) -> str:
    """Return what suppliers read of a notice."""
    return plain_text(made).partition("Before you send this")[0]


def test_a_new_address_is_told_with_what_it_demands_and_until_when() -> None:
    ticked = ({"code_service_obligatoire": True}, {"engagement_juridique_obligatoire": True})
    made = changed([TECH], [{**TECH, "code": "TECH", "engagement_obligatoire": True, "date_fin": "2027-06-30"}], ticked)
    text = suppliers_part(made)
    assert f"New address: 211609995_{TOWN}  Valmont\n    The invoice must bear: a commitment number\n" in text
    assert "_TECH  Services techniques\n    The invoice must bear: a commitment number, until 30 June 2027\n" in text


def test_who_has_no_commitment_number_finds_the_addresses_of_services() -> None:
    either = {"engagement_ou_code_service_obligatoire": True}
    for before in ({}, {"code_service_obligatoire": True}):
        text = suppliers_part(changed([TECH], [TECH], (before, either)))
        assert "write to the address of a service" in text
        listed = text.partition("Addresses from then on")[2]
        assert f"211609995_{TOWN}_ST-TECH" in listed
        assert "The invoice must bear: the service code (or a commitment number)" in listed
    # That a commitment is no longer asked of who writes to a service is no demand of one.
    eased = suppliers_part(changed([TECH], [TECH], ({"engagement_juridique_obligatoire": True}, either)))
    assert f"The commitment number is no longer mandatory: 211609995_{TOWN}_ST-TECH" in eased


def test_between_two_days_each_row_has_its_own() -> None:
    made = changed([TECH], [{**TECH, "date_fin": "2026-12-15"}])
    between = suppliers_part(replace(made, since=date(2027, 1, 31), compared="day:2026-11-26"))
    assert between.splitlines()[1] == "Changes until 31 January 2027"
    assert "From when: 16 December 2026" in between
    assert "before the day of each row" in between
    assert "Where a row has no day" not in between


def test_what_has_no_day_is_corrected_when_the_directory_shows_it() -> None:
    text = suppliers_part(changed([TECH], [{**TECH, "engagement_obligatoire": True}]))
    assert "From when: as soon as the directory shows it" in text
    assert "Where a row has no day" in text
    assert "before the day of each row" not in text


def test_nothing_can_be_deposited_for_an_inactive_structure() -> None:
    made = replace(changed([TECH], [TECH], statut="INACTIF"), day=date(2026, 8, 31))
    text = suppliers_part(made)
    assert "neither through an approved platform nor on Chorus Pro" in text
    assert "deposit it on Chorus Pro" not in text
    assert "deposit it on Chorus Pro" in suppliers_part(replace(sample_notice(), day=date(2026, 8, 31)))


def test_a_code_that_platforms_cannot_send_to_is_told_with_where_to_send_instead() -> None:
    text = suppliers_part(changed([TECH], [{**TECH, "code": "ST TECH"}]))
    assert "cannot send to the code « ST TECH »: deposit the invoice on Chorus Pro, with this service code" in text


def test_suppliers_read_nothing_of_sheets_and_whoever_sends_it_does() -> None:
    told, _title, own = plain_text(sample_changes()).partition("Before you send this")
    assert "sheet" not in told
    assert "CCAS" not in told
    assert "3 structures" in told
    assert "CCAS: the sheet is gone." in own
    assert "Valmont - Eau: the sheet is new." in own
    alone = replace(sample_changes(), structures=sample_changes().structures[-1:])
    assert plain_text(alone).startswith("Nothing changes for suppliers\n\nBefore you send this: not for suppliers")


def test_the_head_says_who_sends_it_and_whom_to_ask() -> None:
    text = plain_text(sample_notice())
    assert "Sent by: Commune de Valmont\n\n" in text
    assert "Lycée des Trois-Rivières\n  Contact: intendance@lycee.example\n" in text
    assert "Valmont - Eau, CCAS, Nouméa: the sheet has no mailbox." in text
    assert "Nothing says who sends this" not in text
    one = replace(sample_notice(), structures=sample_notice().structures[:1])
    assert "Sent by: Commune de Valmont\nContact: factures@valmont.example\n" in plain_text(one)
    assert "Nothing says who sends this" in plain_text(replace(one, sender=""))


class Counted(dict[str, str]):
    """Mailboxes that count how often one is looked up."""

    looked_up = 0

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        """Return one, counted."""
        self.looked_up += 1
        return super().get(key) or default or ""


def test_mailboxes_are_not_looked_up_again_for_every_structure() -> None:
    made = sample_notice()
    (first, *_others) = made.structures
    structures = tuple(replace(first, siret=f"{number:014}") for number in range(100))
    contacts = Counted((one.siret, f"{one.siret}@valmont.example") for one in structures)
    assert shown(replace(made, structures=structures, contacts=contacts)).count("Contact: 0") == 100
    assert contacts.looked_up <= 300
