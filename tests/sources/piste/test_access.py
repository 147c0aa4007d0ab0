from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.model.observed.source import Asked
from chorus_config.sources.http.session import Session
from chorus_config.sources.piste.access import access_to
from chorus_config.sources.piste.read import read_piste
from chorus_config.sources.request import SourceRequest

ENVIRON = {"PISTE_CLIENT_ID": "an-id", "PISTE_CLIENT_SECRET": "a-secret", "CPRO_LOGIN": "TECH@cpro.fr", "CPRO_PASSWORD": "p:é "}


def request_with(environ: dict[str, str], **more: Any) -> SourceRequest:
    return SourceRequest(Path(), translator_for("en"), Asked(frozenset({"1"})), environ=environ, **more)


def test_the_addresses_are_those_of_the_environment() -> None:
    production = access_to("production", request_with(ENVIRON))
    qualification = access_to("qualification", request_with(ENVIRON))
    assert production.api == "https://api.piste.gouv.fr/cpro/structures/v1"
    assert production.oauth == "https://oauth.piste.gouv.fr/api/oauth/token"
    assert qualification.api == "https://sandbox-api.piste.gouv.fr/cpro/structures/v1"
    assert qualification.oauth == "https://sandbox-oauth.piste.gouv.fr/api/oauth/token"
    assert (production.scope, production.client_id, production.client_secret) == ("openid", "an-id", "a-secret")
    # A blank at the end is one of the copying.
    assert b64decode(production.headers["cpro-account"]).decode() == "TECH@cpro.fr:p:é"


def test_other_addresses_come_from_the_environment() -> None:
    environ = {
        **ENVIRON,
        "CHORUS_CONFIG_PISTE_API": "https://api.example/",
        "CHORUS_CONFIG_PISTE_OAUTH": "https://oauth.example",
    }
    found = access_to("production", request_with(environ))
    assert (found.api, found.oauth) == ("https://api.example/cpro/structures/v1", "https://oauth.example")


@pytest.mark.parametrize("name", ["CHORUS_CONFIG_PISTE_API", "CHORUS_CONFIG_PISTE_OAUTH"])
@pytest.mark.parametrize("address", ["http://api.example", "https://alix:hunter2@api.example", "api.example"])
def test_an_address_that_cannot_be_used_is_a_matter_of_usage(name: str, address: str) -> None:
    request = request_with({**ENVIRON, name: address})
    with pytest.raises(UsageFault) as raised:
        Session(access_to("production", request), request)
    assert "hunter2" not in str(raised.value)


def test_an_address_in_the_place_of_an_environment_is_shown_without_its_password() -> None:
    with pytest.raises(UsageFault) as raised:
        read_piste("https://alix:hunter2@api.example", request_with(ENVIRON))
    assert "https://api.example" in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_missing_credentials_are_named() -> None:
    environ = {"PISTE_CLIENT_ID": "an-id", "CPRO_LOGIN": " "}
    with pytest.raises(Unavailable) as raised:
        read_piste("qualification", request_with(environ))
    assert "set PISTE_CLIENT_SECRET, CPRO_LOGIN, CPRO_PASSWORD in the environment" in str(raised.value)
    assert "an-id" not in str(raised.value)


def test_the_way_in_shows_no_credential() -> None:
    shown = repr(access_to("production", request_with(ENVIRON)))
    for secret in ("an-id", "a-secret", "TECH", access_to("production", request_with(ENVIRON)).headers["cpro-account"]):
        assert secret not in shown
