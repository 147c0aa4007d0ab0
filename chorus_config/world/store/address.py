"""Store addresses, as a project writes them in `registre`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import ProjectFault

_PREFIX = "sqlite:///"


def refuse_password(url: str, say: Texts) -> None:
    """Raise ProjectFault for an address that holds a password: the project file is shared."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return
    if password:
        raise ProjectFault(say(_("registre holds a password: give it through the environment, never in a file")))


def sqlite_path(url: str, root: Path, say: Texts) -> Path:
    """Return the file of a `sqlite:///PATH` address, relative to the project. Raises ProjectFault for any other address."""
    refuse_password(url, say)
    path = unquote(url[len(_PREFIX) :])
    if url[: len(_PREFIX)].lower() != _PREFIX or not path.strip("/") or any(sign in url for sign in "?#") or "\0" in path:
        kind = url.partition(":")[0]
        raise ProjectFault(
            say(_("registre {url} is not an address this version can open: write sqlite:///PATH"), url=f'"{kind}:…"')
        )
    return root / path
