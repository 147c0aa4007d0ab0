"""What the tests of this source have in common: asking a simulated Chorus Pro, and changing its answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Exit, Unavailable
from chorus_config.model.observed.source import Asked
from chorus_config.sources.piste.read import read_piste
from chorus_config.sources.request import SourceRequest
from tests.servers.piste import ACCOUNT, PisteServer, Sheet, portfolio, sheet, siret

AT: Final = "2026-11-23T12:00:00Z"
OPERATIONS: Final = ("rechercher", "consulter", "rechercher/services", "consulter/service")
MISSING: Final = object()

Change = Callable[[Any], Any]


def request_of(server: PisteServer, *identifiants: str, sirens: tuple[str, ...] = (), **more: Any) -> SourceRequest:
    settings: dict[str, Any] = {"per_second": None, "environ": server.environ, "at": AT, **more}
    return SourceRequest(Path(), translator_for("en"), Asked(frozenset(identifiants), frozenset(sirens)), **settings)


def read_all(server: PisteServer, **more: Any) -> dict[str, Any]:
    """Return the bodies of all structures that a server has, asked for one by one."""
    names = [one["informations_generales"]["identifiant"] for one in server.structures]
    found = read_piste("production", request_of(server, *names, **more))
    return {root: record.body for root, record in found.records.items()}


def one_read(*changes: tuple[str, Change]) -> tuple[Any, list[str]]:
    """Return the body of one structure, and the notes, where answers of operations are changed."""
    notes: list[str] = []
    with PisteServer([sheet(1)]) as server:
        for operation, change in changes:
            server.alter(operation, change)
        found = read_all(server, note=notes.append)
    return found[siret(1)], notes


def refused(change: Callable[[PisteServer], None], count: int = 3) -> str:
    """Return why nothing was read."""
    with PisteServer(portfolio(count)) as server:
        change(server)
        with pytest.raises(Unavailable) as raised:
            read_all(server)
    assert raised.value.code is Exit.UNAVAILABLE
    for secret in (*ACCOUNT, *server.client, "token-", "@"):
        assert secret not in str(raised.value)
    return str(raised.value)


def expected(body: Sheet) -> Sheet:
    """Return what is read of a sheet: the server says since when a service is, also where the sheet does not."""
    return {**body, "services": [{"date_debut": "2015-01-01", **one} for one in body["services"]]}


def rows_with(rows: str, **values: Any) -> Change:
    """Return a change that puts values into the rows of an answer; MISSING takes one out."""
    return lambda data: {**data, rows: [_with(row, values) for row in data[rows]]}


def block_with(block: str, **values: Any) -> Change:
    """Return a change that puts values into a block of an answer; MISSING takes one out."""
    return lambda data: {**data, block: _with(data.get(block, {}), values)}


def answer_with(**values: Any) -> Change:
    """Return a change that puts values into an answer itself."""
    return lambda data: _with(data, values)


def _with(entry: Any, values: dict[str, Any]) -> Any:
    return {name: value for name, value in {**entry, **values}.items() if value is not MISSING}
