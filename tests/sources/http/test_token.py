from __future__ import annotations

import threading
from typing import Any

import pytest

from chorus_config.sources.http.token import Token, is_token
from tests.servers.no_waiting import Hands


class Server:
    def __init__(self, expires_in: Any) -> None:
        self.asked = 0
        self.expires_in = expires_in

    def ask(self) -> dict[str, Any]:
        self.asked += 1
        return {"access_token": f"t{self.asked}", "expires_in": self.expires_in}


@pytest.mark.parametrize(
    ("expires_in", "held"),
    [
        (3600, 3360), ("3600", 3360), (86400, 86160), (1000, 900), (600, 540), (120, 60), (60, 30), (1, 0.5),
        (None, 540), ("soon", 540), (0, 540), (-1, 540), ([], 540), (10**400, 540), ("inf", 540), ("nan", 540),
    ],
)  # fmt: skip
def test_a_token_is_used_until_shortly_before_its_end(expires_in: Any, held: float) -> None:
    server, hands = Server(expires_in), Hands()
    token = Token(server.ask, hands.clock)
    assert token.value() == token.value() == "t1"
    hands.passed = held - 0.1
    assert token.value() == "t1"
    hands.passed = held + 0.1
    assert token.value() == "t2"


def test_a_token_that_is_refused_is_renewed_once_for_all() -> None:
    server = Server(3600)
    token = Token(server.ask, Hands().clock)
    first = token.value()
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(token.value(refused=first))) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["t2"] * 8
    assert server.asked == 2


@pytest.mark.parametrize("answer", [None, [], {}, {"access_token": None}, {"access_token": ""}, {"access_token": "a b"}])
def test_what_is_no_token(answer: Any) -> None:
    assert not is_token(answer)


def test_what_is_a_token() -> None:
    assert is_token({"access_token": "eyJhbGciOi.Jz_dBj-ftJe~+/==", "more": 1})
