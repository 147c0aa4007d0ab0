"""What may be shown and digested of sensitive values."""

from __future__ import annotations

import json

import pytest

from chorus_config.diff.expand import expand
from chorus_config.diff.seal import canonical, digest, digest_of_many, keyed, salted, sealed, sealed_body
from chorus_config.model.address import Address
from tests.engine.making import IBAN, SIRET, account, sheet

HOLDER = Address(SIRET, "coordonnees_bancaires", "Régie")
KEYED = keyed(b"secret")
BIC = "AGRIFRPPXXX"
BANK = [{"libelle": "Régie", "iban": IBAN, "bic": BIC}]


def test_a_seal_depends_on_the_value_the_holder_and_the_secret() -> None:
    tokens = {
        KEYED(IBAN, HOLDER),
        KEYED(IBAN[:-1], HOLDER),
        KEYED(IBAN, Address(SIRET, "coordonnees_bancaires", "Autre")),
        keyed(b"other")(IBAN, HOLDER),
        salted()(IBAN, HOLDER),
        salted()(IBAN, Address(SIRET, "coordonnees_bancaires", "Autre")),
    }
    assert len(tokens) == 6
    assert not any(IBAN in token or IBAN[4:-4] in token for token in tokens)
    assert KEYED(IBAN, HOLDER) == keyed(b"secret")(IBAN, HOLDER)
    assert salted()(IBAN, HOLDER) == salted()(IBAN, HOLDER)


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": "é", "a": [True, None, 1]}) == '{"a":[true,null,1],"b":"é"}'.encode()
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": True}) != digest({"a": 1})


@pytest.mark.parametrize("body", [sheet(), account(), sheet(coordonnees_bancaires=BANK)])
def test_the_digest_of_a_body_depends_on_its_content_and_not_on_the_order_of_its_keys(body: dict[str, object]) -> None:
    assert digest(sealed_body(expand(body), KEYED)) == digest(sealed_body(expand(dict(reversed(body.items()))), KEYED))
    other = {**body, "adresse_postale": {"ville": "AUTRE"}}
    assert digest(sealed_body(expand(body), KEYED)) != digest(sealed_body(expand(other), KEYED))


def test_nothing_written_has_no_token() -> None:
    assert sealed(None, HOLDER, KEYED) is None
    assert sealed("", HOLDER, KEYED) == ""
    assert sealed([IBAN], HOLDER, KEYED) != sealed(IBAN, HOLDER, KEYED)


def test_iban_and_bic_enter_as_tokens() -> None:
    text = json.dumps(sealed_body(expand(sheet(coordonnees_bancaires=BANK)), KEYED))
    assert IBAN not in text
    assert BIC not in text
    assert KEYED(IBAN, HOLDER) in text
    assert KEYED(BIC, HOLDER) in text


@pytest.mark.parametrize(
    "bank", [[{"iban": IBAN}], [*BANK, {"iban": IBAN}], {"iban": IBAN}, [{"libelle": "R", "iban": [IBAN]}], [IBAN], IBAN]
)
def test_nor_do_they_enter_in_clear_when_the_sheet_is_faulty(bank: object) -> None:
    assert "30006000" not in json.dumps(sealed_body(expand(sheet(coordonnees_bancaires=bank)), KEYED))


@pytest.mark.parametrize("group", ["espaces", "services", "utilisateurs"])
def test_an_empty_list_is_not_an_absent_one(group: str) -> None:
    body = sheet(coordonnees_bancaires=BANK)
    assert digest(sealed_body(expand(body), KEYED)) != digest(sealed_body(expand({**body, group: []}), KEYED))


def test_a_digest_of_many_is_that_of_the_whole_at_once() -> None:
    rows = [["é", {"b": 1, "a": [True, None]}], [], "x"]
    assert digest_of_many(iter(rows)) == digest(rows)
    assert digest_of_many([]) == digest([])
