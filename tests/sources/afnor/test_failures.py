"""Every way in which a platform fails: told as a person needs it, exit 69, and never half a portfolio."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.errors import Exit, Unavailable
from chorus_config.model.project import ProjectConfig
from chorus_config.model.project_entries import Platform
from chorus_config.sources.http import session
from chorus_config.sources.http.settings import Limits
from tests.servers.afnor import BASE, PUBLIC, AfnorServer, Structure, portfolio, service
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
)  # fmt: skip
from tests.servers.no_waiting import Hands, hands
from tests.sources.afnor.asking import OTHER, SIREN, SIRET, Asking, bodies

__all__ = ["hands"]

pytestmark = pytest.mark.usefixtures("hands")

MANY = tuple(service(f"S{number:03}", "x") for number in range(149))
TOWN = (Structure(SIRET, services=(PUBLIC, *MANY)), Structure(OTHER))
WHOLE = {SIRET, OTHER}
ORGANIZATION = {"errorCode": "BAD_REQUEST", "errorMessage": "Missing header: Organization-Id"}


def read(*replies: Reply | None, at: str = "", after: int = 0, environ: Any = None) -> set[str]:
    """Return what is read of a platform that misbehaves; its services are always whole."""
    with AfnorServer(TOWN) as server:
        server.misbehave(*replies, at=at, after=after)
        found: dict[str, Any] = bodies(Asking({**server.environ, **(environ or {})}, SIRET, OTHER).read())
    assert len(found[SIRET]["services"]) == 150
    return set(found)


def told(*replies: Reply | None, at: str = "", after: int = 0, environ: Any = None) -> str:
    """Return how a platform that misbehaves for ever is told."""
    with pytest.raises(Unavailable) as fault:
        read(*replies, at=at, after=after, environ=environ)
    assert fault.value.code == Exit.UNAVAILABLE
    assert "secret-of-tests" not in str(fault.value)
    return str(fault.value)


# What passes


@pytest.mark.parametrize("at", [SIRET, "/routing-code/search", f"/siren/code-insee:{SIREN}", "/oauth/token"])
@pytest.mark.parametrize(
    "trouble",
    [too_many("2"), too_many(), too_many("1", 503), server_error(), server_error(502), reset(), cut(), Reply(body=b'{"resul')],
    ids=["429 with Retry-After", "429 without", "503 with Retry-After", "500", "502", "reset", "cut body", "half a JSON"],
)
def test_what_passes_is_tried_again(trouble: Reply, at: str) -> None:
    assert read(trouble, at=at) == WHOLE


@pytest.mark.parametrize("at", [SIRET, "/routing-code/search"])
def test_401_once_asks_for_a_new_token(at: str) -> None:
    assert read(unauthorized(), at=at) == WHOLE


def test_a_slow_platform_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LIMITS", Limits(silence=0.2))
    assert read(slow(), at="/routing-code/search") == WHOLE


def test_retry_after_is_respected(hands: Hands) -> None:
    assert read(too_many("7"), at=SIRET) == WHOLE
    assert 7.0 in [round(wait) for wait in hands.waited]


# What does not: also in the middle of a portfolio


@pytest.mark.parametrize("after", [0, 20])
@pytest.mark.parametrize(
    "trouble",
    [
        *(too_many(), too_many("300"), forbidden_empty(), server_error(), server_error(503), html(), reset(), cut()),
        *(gzip_bomb(), deep_json(), redirect("https://ailleurs.example/"), Reply(404, body=b"<html>", headers={})),
        *(
            Reply(data=[]),
            Reply(data={}),
            Reply(data="text"),
            Reply(body=b""),
            Reply(data={"errorCode": "E12", "errorMessage": "?"}),
        ),
        *(Reply(data={"results": {}}), Reply(data={"results": ["a"]}), Reply(400), Reply(401), Reply(418)),
    ],
    ids=[
        *("429", "429 with a long Retry-After", "403 empty", "500", "503", "HTML", "reset", "cut"),
        *("gzip bomb", "deep JSON", "redirect", "404 HTML"),
        *("list instead of object", "empty object", "text", "no content", "error inside 200"),
        *("object instead of list", "list of texts", "400", "401", "418"),
    ],
)
def test_half_a_portfolio_is_never_one(trouble: Reply, after: int, hands: Hands) -> None:
    made = portfolio(24)
    with AfnorServer(made) as server:
        server.always(trouble, at="/routing-code/search", after=after)
        asking = Asking(server.environ, *(one.siret for one in made))
        with pytest.raises(Unavailable) as fault:
            asking.read()
    assert fault.value.code == Exit.UNAVAILABLE
    assert "/routing-code/search" in str(fault.value)
    assert "secret-of-tests" not in str(fault.value)
    assert asking.notes == []


def test_a_platform_that_is_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LIMITS", Limits(silence=0.1))
    assert "does not answer in time" in told(*[slow()] * 9, at=SIRET)


def test_a_wrong_client_is_told_with_its_variables() -> None:
    message = told(environ={"AFNOR_CLIENT_SECRET": "faux"})
    assert "invalid_client" in message
    assert "AFNOR_CLIENT_ID, AFNOR_CLIENT_SECRET" in message
    assert "faux" not in message


def test_a_token_that_is_never_taken_is_told() -> None:
    message = told(*[unauthorized()] * 9, at=SIRET)
    assert "AFNOR_CLIENT_ID, AFNOR_CLIENT_SECRET" in message
    assert "does not accept the account" in message


def test_no_right_is_told() -> None:
    message = told(Reply(403, {"errorCode": "FORBIDDEN", "errorMessage": "chut"}), at=SIRET)
    assert "does not let this account read the directory" in message
    assert "403 FORBIDDEN" in message
    assert "chut" not in message


@pytest.mark.parametrize("status", [400, 401, 403])
def test_an_organization_that_is_wanted_is_told(status: int) -> None:
    message = told(*[Reply(status, ORGANIZATION)] * 2, at=SIRET)
    assert "set AFNOR_ORGANIZATION_ID" in message


def test_an_organization_that_is_wrong_is_told() -> None:
    message = told(Reply(400, ORGANIZATION), at=SIRET, environ={"AFNOR_ORGANIZATION_ID": "org-faux"})
    assert "does not know the organization of AFNOR_ORGANIZATION_ID" in message
    assert "org-faux" not in message


def test_an_organization_with_letters_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(Exception, match="Organization-Id") as fault:
        read(environ={"AFNOR_ORGANIZATION_ID": "é\n"})
    assert fault.value.code == Exit.USAGE  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "answer",
    [
        Reply(404, body=b"<html></html>", headers={"Content-Type": "text/html"}),
        Reply(404),
        Reply(404, {"errorCode": "NO_ROUTE", "errorMessage": "?"}),
        Reply(404, {"type": "about:blank", "message": "NOT_FOUND", "status": 404, "details": "", "instance": "/x"}),
    ],
    ids=["HTML", "empty", "another code", "problem"],
)
@pytest.mark.parametrize("at", [SIRET, "/routing-code/search"])
def test_any_other_404_comes_from_a_wrong_base(answer: Reply, at: str) -> None:
    message = told(answer, at=at)
    assert "serves no directory at http://127.0.0.1" in message
    assert "CHORUS_CONFIG_AFNOR_API" in message


def test_a_base_without_its_version_is_told() -> None:
    with AfnorServer(TOWN) as server:
        environ = {**server.environ, "CHORUS_CONFIG_AFNOR_API": server.url}
        with pytest.raises(Unavailable, match="serves no directory"):
            Asking(environ, SIRET).read()


def test_the_wrong_base_of_a_named_platform_is_that_of_the_project_file() -> None:
    with AfnorServer(TOWN) as server:
        project = ProjectConfig(platforms={"pa": Platform(f"{server.url}{BASE}/v2", server.oauth)})
        with pytest.raises(Unavailable) as fault:
            Asking(server.environ_of("PA"), SIRET, project=project).read("pa")
    assert "the platform « afnor:pa » serves no directory" in str(fault.value)
    assert "project file" in str(fault.value)


def test_a_platform_that_is_down_is_told() -> None:
    with AfnorServer(TOWN) as server:
        environ = server.environ
    with pytest.raises(Unavailable, match="cannot be reached"):
        Asking(environ, SIRET).read()


def test_maintenance_is_told() -> None:
    assert "down or under maintenance" in told(*[server_error(503)] * 9, at=SIRET)


@pytest.mark.parametrize(
    "body",
    [
        {"errorCode": "SEARCH_INVALID", "errorMessage": "unknown field"},
        {"type": "https://x", "message": "unknown field", "status": 422, "details": [], "instance": "/x"},
    ],
    ids=["errorCode and errorMessage", "problem"],
)
@pytest.mark.parametrize("status", [400, 422])
def test_a_question_that_is_refused_is_told(body: Any, status: int) -> None:
    message = told(Reply(status, body), at="/routing-code/search")
    assert "does not accept what the directory is asked" in message
    assert "unknown field" not in message
    assert ("SEARCH_INVALID" in message) is ("errorCode" in body)


def test_an_error_inside_200_is_told_with_its_code() -> None:
    assert "E-12" in told(Reply(data={"errorCode": "E-12", "errorMessage": "x"}), at=SIRET)
    assert "E\x1b" not in told(Reply(data={"errorCode": "E\x1b[1m", "errorMessage": "x"}), at=SIRET)


@pytest.mark.parametrize(
    "answer",
    [Reply(data=[]), Reply(data={}), Reply(data="x"), Reply(body=b""), Reply(data={"siret": OTHER}), Reply(data={"siret": 21})],
    ids=["list", "empty object", "text", "no content", "another SIRET", "number"],
)
def test_an_answer_that_is_no_establishment_is_told(answer: Reply) -> None:
    assert "something else than the directory does" in told(answer, at=SIRET)


def test_a_siret_that_lost_its_leading_zeros_is_refused() -> None:
    page = {"totalNumberOfResults": 1, "results": [{"siret": 1169999600016, "siren": SIREN}]}
    with AfnorServer(TOWN) as server:
        server.misbehave(Reply(data=page), at="/siret/search")
        with pytest.raises(Unavailable, match="14 digits between quotation marks"):
            Asking(server.environ, sirens=(SIREN,)).read()


@pytest.mark.parametrize("place", ["/siret/search", "/routing-code/search"])
def test_an_entry_of_a_siren_that_has_no_siret_is_refused(place: str) -> None:
    page = {"totalNumberOfResults": 1, "results": [{"siren": SIREN, "routingIdentifier": "A"}]}
    with AfnorServer(TOWN) as server:
        server.misbehave(Reply(data=page), at=place)
        with pytest.raises(Unavailable, match="something else than the directory does"):
            Asking(server.environ, sirens=(SIREN,)).read()


def test_an_empty_page_before_the_end_is_told_with_figures() -> None:
    message = told(None, Reply(204), at="/routing-code/search")
    assert "says that a list has 150 entries, and gives 100" in message


def test_a_list_cut_short_without_a_word_is_told() -> None:
    page = {"results": Structure(SIRET).routing_codes()}
    message = told(Reply(206, page), Reply(204), at="/routing-code/search")
    assert "whose end cannot be told" in message


def test_a_page_count_that_changes_under_way_is_read_again() -> None:
    with AfnorServer(TOWN) as server:
        searches = []

        def grow(path: str) -> None:
            searches.extend([path] if path.endswith("/routing-code/search") else [])
            if len(searches) == 2:
                server.structures[0] = Structure(SIRET, services=(PUBLIC, *MANY, service("NEUF", "x")))

        server.on_call = grow
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert len(body["services"]) == 151
    assert [one["ignore"] for one in server.searches("/routing-code/search")] == [0, 100, 0, 100]


def test_a_total_of_minus_one_is_none() -> None:
    codes = Structure(SIRET, services=(PUBLIC, *MANY)).routing_codes()
    pages = [Reply(data={"totalNumberOfResults": -1, "results": part}) for part in (codes[:100], codes[100:])]
    assert read(*pages, Reply(204), at="/routing-code/search") == WHOLE
