"""What people may see of sensitive values."""

from __future__ import annotations

import json

import pytest

from chorus_config.diff.expand import expand
from chorus_config.diff.sensitive import (
    canonical,
    digest,
    digest_of_many,
    keyed_tokens,
    masked,
    salted_tokens,
    token_for,
    tokenised_body,
)
from chorus_config.model.address import Address
from tests.engine.making import IBAN, SIRET, account, sheet


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("FR7630006000011234567890189", "FR76 **** 0189"),
        ("FR76 3000 6000 0112 3456 7890 189", "FR76 **** 0189"),
        ("AGRIFRPP", "AG ****"),
        ("AGRIFRPPXXX", "AG ****"),
        ("NO9386011117947", "NO93 **** 7947"),
        ("", ""),
    ],
)
def test_a_mask_keeps_the_ends_only(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize("value", ["ABC", "1234", " 1 2 3"])
def test_a_mask_never_gives_away_a_whole_value(value: str) -> None:
    assert value.replace(" ", "") not in str(masked(value)).replace(" ", "")


@pytest.mark.parametrize("value", [["FR7630006000011234567890189"], {"a": "FR76300060"}, 30006000, True])
def test_what_is_no_text_is_hidden_whole(value: object) -> None:
    assert masked(value) == "****"


def test_nothing_stays_nothing() -> None:
    assert masked(None) is None


HOLDER = Address(SIRET, "coordonnees_bancaires", "Régie")
KEYED = keyed_tokens(b"secret")
BIC = "AGRIFRPPXXX"
BANK = [{"libelle": "Régie", "iban": IBAN, "bic": BIC}]


def test_a_seal_depends_on_the_value_the_holder_and_the_secret() -> None:
    tokens = {
        KEYED(IBAN, HOLDER),
        KEYED(IBAN[:-1], HOLDER),
        KEYED(IBAN, Address(SIRET, "coordonnees_bancaires", "Autre")),
        keyed_tokens(b"other")(IBAN, HOLDER),
        salted_tokens()(IBAN, HOLDER),
        salted_tokens()(IBAN, Address(SIRET, "coordonnees_bancaires", "Autre")),
    }
    assert len(tokens) == 6
    assert not any(IBAN in token or IBAN[4:-4] in token for token in tokens)
    assert KEYED(IBAN, HOLDER) == keyed_tokens(b"secret")(IBAN, HOLDER)
    assert salted_tokens()(IBAN, HOLDER) == salted_tokens()(IBAN, HOLDER)


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": "é", "a": [True, None, 1]}) == '{"a":[true,null,1],"b":"é"}'.encode()
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": True}) != digest({"a": 1})


@pytest.mark.parametrize("body", [sheet(), account(), sheet(coordonnees_bancaires=BANK)])
def test_the_digest_of_a_body_depends_on_its_content_and_not_on_the_order_of_its_keys(body: dict[str, object]) -> None:
    assert digest(tokenised_body(expand(body), KEYED)) == digest(tokenised_body(expand(dict(reversed(body.items()))), KEYED))
    other = {**body, "adresse_postale": {"ville": "AUTRE"}}
    assert digest(tokenised_body(expand(body), KEYED)) != digest(tokenised_body(expand(other), KEYED))


def test_nothing_written_has_no_token() -> None:
    assert token_for(None, HOLDER, KEYED) is None
    assert token_for("", HOLDER, KEYED) == ""
    assert token_for([IBAN], HOLDER, KEYED) != token_for(IBAN, HOLDER, KEYED)


def test_iban_and_bic_enter_as_tokens() -> None:
    text = json.dumps(tokenised_body(expand(sheet(coordonnees_bancaires=BANK)), KEYED))
    assert IBAN not in text
    assert BIC not in text
    assert KEYED(IBAN, HOLDER) in text
    assert KEYED(BIC, HOLDER) in text


@pytest.mark.parametrize(
    "bank", [[{"iban": IBAN}], [*BANK, {"iban": IBAN}], {"iban": IBAN}, [{"libelle": "R", "iban": [IBAN]}], [IBAN], IBAN]
)
def test_nor_do_they_enter_in_clear_when_the_sheet_is_faulty(bank: object) -> None:
    assert "30006000" not in json.dumps(tokenised_body(expand(sheet(coordonnees_bancaires=bank)), KEYED))


@pytest.mark.parametrize("group", ["espaces", "services", "utilisateurs"])
def test_an_empty_list_is_not_an_absent_one(group: str) -> None:
    body = sheet(coordonnees_bancaires=BANK)
    assert digest(tokenised_body(expand(body), KEYED)) != digest(tokenised_body(expand({**body, group: []}), KEYED))


def test_a_digest_of_many_is_that_of_the_whole_at_once() -> None:
    rows = [["é", {"b": 1, "a": [True, None]}], [], "x"]
    assert digest_of_many(iter(rows)) == digest(rows)
    assert digest_of_many([]) == digest([])
