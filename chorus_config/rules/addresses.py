"""Where a sheet or an account holds a postal address, and the numbers that come with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.rules.parts import block, entries, text_in
from chorus_config.words.finding import Path

_KEY = "adresse_postale"


def addresses(body: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield path and content of each address: that of the structure or the person, then those of the services."""
    yield (_KEY,), block(body, _KEY)
    for index, service in entries(body, "services"):
        yield ("services", index, _KEY), block(service, _KEY)


def numbers(body: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield path and text of each telephone and fax number that is not blank."""
    for path, address in addresses(body):
        for key in ("telephone", "fax"):
            number = text_in(address, key)
            if number is not None:
                yield (*path, key), number
