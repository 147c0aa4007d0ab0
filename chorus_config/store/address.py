"""Store addresses, as a project writes them in `registre`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import ProjectFault

if TYPE_CHECKING:
    from sqlalchemy import URL

_PREFIX = "sqlite:///"
_POSTGRES = "postgresql+psycopg"


def refuse_password(url: str, say: Translator) -> None:
    """Raise ProjectFault for an address that holds a password: the project file is shared."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return
    if password:
        raise ProjectFault(say(_("registre holds a password: give it through the environment, never in a file")))


def sqlite_path(url: str, root: Path, say: Translator) -> Path:
    """Return the file of a `sqlite:///PATH` address, relative to the project. Raises ProjectFault for any other address."""
    refuse_password(url, say)
    path = unquote(url[len(_PREFIX) :])
    if url[: len(_PREFIX)].lower() != _PREFIX or not path.strip("/") or any(sign in url for sign in "?#") or "\0" in path:
        kind = url.partition(":")[0]
        raise ProjectFault(
            say(
                _(
                    "registre {url} is not an address that can be opened: write sqlite:///PATH or postgresql+psycopg://HOST/BASE"
                ),
                url=f'"{kind}:…"',
            )
        )
    return root / path


def is_postgres(url: str) -> bool:
    """Tell whether an address is that of a PostgreSQL database."""
    return url.partition(":")[0].lower() == _POSTGRES


def postgres_url(url: str, say: Translator) -> URL:
    """Return a `postgresql+psycopg://[USER@]HOST[:PORT]/BASE[?…]` address, read. Raises ProjectFault.

    The password comes from the environment (PGPASSWORD), a password file or a service, as for any program of PostgreSQL.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - only commands that open such a store pay for it
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    refuse_password(url, say)
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        read = None
    if read is None or not read.database or any("password" in key.lower() for key in read.query):
        message = _("registre is no address of a PostgreSQL database: write postgresql+psycopg://[USER@]HOST[:PORT]/BASE")
        raise ProjectFault(say(message))
    return read


def shown_address(url: URL) -> str:
    """Return an address as it may be shown: the host and the name of the database, nobody's name."""
    port = f":{url.port}" if url.port else ""
    return f"{_POSTGRES}://{url.host or ''}{port}/{url.database}"
