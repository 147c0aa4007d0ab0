"""Each way in which the API misbehaves, by name: borne, or the end of the reading with nothing taken over."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.errors import Unavailable
from chorus_config.sources.http import session
from chorus_config.sources.http.settings import Limits
from tests.servers.loopback import (
    Reply,
    cut,
    deep_json,
    forbidden_empty,
    gzip_bomb,
    html,
    redirect,
    reset,
    server_error,
    slow,
    too_many,
    unauthorized,
)
from tests.servers.no_waiting import Hands, hands
from tests.servers.piste import PisteServer, portfolio, sheet, siret
from tests.sources.piste.asking import (
    OPERATIONS,
    Change,
    answer_with,
    block_with,
    expected,
    read_all,
    refused,
    rows_with,
)

__all__ = ["hands"]

# What goes by


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(too_many(), id="429"),
        pytest.param(too_many("3"), id="429-retry-after"),
        pytest.param(too_many("3", status=503), id="503-retry-after"),
        pytest.param(server_error(500), id="500"),
        pytest.param(server_error(502), id="502"),
        pytest.param(reset(), id="reset"),
        pytest.param(cut(), id="cut-body"),
        pytest.param(Reply(body=b'{"codeRetour": 0, "lib'), id="cut-json"),
    ],
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_failure_in_the_middle_of_a_portfolio_that_goes_by(hands: Hands, operation: str, reply: Reply) -> None:
    with PisteServer(portfolio(5)) as server:
        server.misbehave(reply, at=f"/{operation}", after=2)
        assert read_all(server) == {siret(number): expected(sheet(number)) for number in range(5)}
    assert len(hands.waited) >= 1


@pytest.mark.parametrize("operation", OPERATIONS)
def test_401_once_in_the_middle_of_a_portfolio(operation: str) -> None:
    with PisteServer(portfolio(5)) as server:
        server.misbehave(unauthorized('Bearer error="invalid_token"'), at=f"/{operation}", after=2)
        assert len(read_all(server)) == 5
    assert server.tokens == 2


# What ends the reading


@pytest.fixture
def impatient(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between tries, nor long for an answer."""
    monkeypatch.setattr(session, "LIMITS", Limits(silence=0.2))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("after", [0, 2], ids=["first", "middle"])
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param(too_many(), "asks for fewer calls", id="429"),
        pytest.param(too_many("999"), "asks for fewer calls", id="429-too-long"),
        pytest.param(server_error(500), "is down or under maintenance", id="500"),
        pytest.param(server_error(502), "is down or under maintenance", id="502"),
        pytest.param(server_error(503), "is down or under maintenance", id="503"),
        pytest.param(reset(), "breaks off before its answer is whole", id="reset"),
        pytest.param(cut(), "breaks off before its answer is whole", id="cut-body"),
        pytest.param(html(), "a web page instead of data", id="html"),
        pytest.param(gzip_bomb(), "more data than is credible", id="gzip-bomb"),
        pytest.param(deep_json(), "nested deeper than is credible", id="deep-json"),
        pytest.param(slow(), "does not answer in time", id="slow"),
        pytest.param(redirect("https://elsewhere.example/x"), "sends the call on to elsewhere.example", id="redirect"),
        pytest.param(unauthorized(), "the credentials are refused (401), also with a new token", id="401"),
        pytest.param(Reply(204), "there is no codeRetour in it", id="204"),
        pytest.param(Reply(202, data={"codeRetour": 0}), "there is no codeRetour in it", id="202"),
        pytest.param(Reply(data=[]), "there is no codeRetour in it", id="list-instead-of-object"),
        pytest.param(Reply(data={"structure": {"x": "1"}}), "there is no codeRetour in it", id="echo"),
        pytest.param(Reply(data={"codeRetour": False}), "codeRetour ?, ?", id="false-instead-of-zero"),
        pytest.param(Reply(404), "is not known there (404). Check CHORUS_CONFIG_PISTE_API", id="404"),
    ],
)
def test_a_half_read_portfolio_is_none(operation: str, reply: Reply, told: str, after: int) -> None:
    assert told in refused(lambda server: server.always(reply, at=f"/{operation}", after=after), count=4)


def test_an_api_that_is_not_enabled() -> None:
    told = refused(lambda server: server.always(forbidden_empty(), at="/rechercher"))
    assert "« Structures » is selected and its terms of use are accepted" in told
    assert "(403)" in told


def test_no_right_on_a_structure() -> None:
    told = refused(lambda server: server.misbehave(forbidden_empty(), at="/consulter", after=1))
    assert "the technical account has no right on this structure" in told
    assert any(siret(number) in told for number in range(3))


@pytest.mark.parametrize("body", [None, {"ErrorCode": "401", "Description": "[invalid field]"}])
def test_a_wrong_technical_password(body: Any) -> None:
    with PisteServer(portfolio(3)) as server:
        if body is not None:
            server.always(Reply(401, body), at="/rechercher")
        environ = {**server.environ, "CPRO_PASSWORD": "hunter2"}
        with pytest.raises(Unavailable, match="login or password of the technical account is refused") as raised:
            read_all(server, environ=environ, most_parallel=4)
    assert "424 days" in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert ("[invalid field]" if body else "login or password incorrects") in str(raised.value)
    # Once, and once with a new token: more might lock the account.
    assert server.operations() == ["rechercher"] * 2


def test_a_wrong_piste_client() -> None:
    with PisteServer(portfolio(1)) as server, pytest.raises(Unavailable) as raised:
        read_all(server, environ={**server.environ, "PISTE_CLIENT_SECRET": "hunter2"})
    assert "(401 invalid_client)" in str(raised.value)
    assert "PISTE_CLIENT_ID, PISTE_CLIENT_SECRET" in str(raised.value)
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_business_error_inside_an_answer(hands: Hands, status: int) -> None:
    data = {"codeRetour": 20003, "libelle": "Refusé à alix@valmont.example\x1b[2J FR7630006000011234567890189 " + "x" * 500}
    told = refused(lambda server: server.always(Reply(status, data), at="/consulter", after=1))
    assert "codeRetour 20003, Refusé à …" in told
    assert "no right on it" in told
    assert "\x1b" not in told
    assert "30006000011234567890189" not in told
    assert len(told) < 600


def test_a_structure_that_went_between_search_and_reading() -> None:
    gone = {"codeRetour": 20001, "libelle": "La structure n’existe pas"}
    told = refused(lambda server: server.alter("consulter", lambda _data: gone, after=1))
    assert "codeRetour 20001, La structure n’existe pas. The structure or service may have gone meanwhile" in told


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "data",
    [
        {"codeRetour": 20000, "libelle": "x"},
        {"codeRetour": "20000", "libelle": "x"},
        {"codeRetour": " 20000", "libelle": ["x"]},
        {"codeRetour": 1, "libelle": "TRA_MSG_00.015"},
    ],
)
def test_no_result_as_an_error_of_a_search_is_an_empty_search(status: int, data: Any) -> None:
    with PisteServer(portfolio(2)) as server:
        server.misbehave(Reply(status, data), at="/rechercher")
        assert len(read_all(server)) == 1


@pytest.mark.parametrize("code", [0, "0", " 0 "])
def test_success_is_zero_as_a_number_or_a_text(code: object) -> None:
    with PisteServer(portfolio(2)) as server:
        server.alter("consulter", answer_with(codeRetour=code))
        assert len(read_all(server)) == 2


@pytest.mark.parametrize("code", ["", "no", "1", [0], {"0": 0}])
def test_what_is_not_zero_is_no_success(code: object) -> None:
    assert "is refused by Chorus Pro" in refused(lambda server: server.alter("consulter", answer_with(codeRetour=code)))


def test_no_result_as_an_error_elsewhere_is_an_error() -> None:
    data = {"codeRetour": 20000, "libelle": "TRA_MSG_00.015"}
    assert "TRA_MSG_00.015" in refused(lambda server: server.always(Reply(200, data), at="/rechercher/services"))


@pytest.mark.parametrize(
    ("operation", "change", "told"),
    [
        ("rechercher", rows_with("listeStructures", idStructureCPP=None), "a row has no technical number"),
        ("rechercher", rows_with("listeStructures", idStructureCPP=True), "a row has no technical number"),
        ("rechercher", rows_with("listeStructures", identifiantStructure=None), "a row has no identifiantStructure"),
        ("rechercher", rows_with("listeStructures", identifiantStructure=[1]), "a row has no identifiantStructure"),
        ("rechercher", answer_with(listeStructures="x"), "there is no list where one is due"),
        ("rechercher", answer_with(listeStructures=["x"]), "there is no list where one is due"),
        ("rechercher/services", answer_with(listeServices=7), "there is no list where one is due"),
        ("rechercher/services", block_with("parametresRetour", total=99), "more or fewer rows than it says"),
        ("rechercher/services", block_with("parametresRetour", pages=3), "a page is empty before the last one"),
        ("rechercher/services", block_with("parametresRetour", pageCourante=2), "another page came than was asked for"),
        ("rechercher/services", rows_with("listeServices", idService=None), "a row has no technical number"),
        ("rechercher/services", rows_with("listeServices", codeService=None), "a service has no code"),
        ("consulter", answer_with(informationGenerales=None), "there is no informationGenerales in it"),
        ("consulter", block_with("informationGenerales", identifiantStructure="1"), "it is about another structure"),
        ("consulter", block_with("informationGenerales", idStructureCPP=7), "it is about another structure"),
        ("consulter/service", block_with("informationsGenerales", codeService="X"), "it is about another service"),
    ],
)
def test_an_answer_that_cannot_be_used(operation: str, change: Change, told: str) -> None:
    shown = refused(lambda server: server.alter(operation, change, after=1))
    assert f"the answer of {operation} (" in shown
    assert told in shown
    assert "Nothing was taken over from this reading" in shown
