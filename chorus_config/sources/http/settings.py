"""Where an API is asked and with which credentials; what an answer may cost."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, field

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import UsageFault
from chorus_config.yamltext.characters import printable

_ADDRESS: Final = re.compile(r"https?://[!-~]+")
_VISIBLE: Final = re.compile(r"[!-~]+(?: [!-~]+)*")


class ApiSettings(Struct, frozen=True):
    """An API: `name` is how a person calls it, `api` the address before every path, `oauth` where its tokens are.

    `headers` go with every call; they may hold credentials. `variables` are those of the environment that hold the client.
    """

    name: str
    api: str
    oauth: str
    client_id: str
    client_secret: str
    scope: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Leave out the credentials, and the headers that may hold some: this may end up in a log."""
        return f"ApiSettings(name={self.name!r}, api={self.api!r}, oauth={self.oauth!r}, variables={self.variables!r})"


class Limits(Struct, frozen=True):
    """What an answer may cost: seconds until connected, seconds of silence, seconds of a whole call, bytes, depth of JSON."""

    connect: float = 10.0
    silence: float = 60.0
    call: float = 120.0
    answer_bytes: int = 32 * 1024 * 1024
    depth: int = 32


def check(settings: ApiSettings, say: Translator) -> None:
    """Raise UsageFault for an address that no credentials may be sent to, or that is none; and for headers that are none."""
    for address in (settings.api, settings.oauth):
        why = _why_no_address(address)
        if why:
            # What cannot be read as an address may have a password anywhere.
            message = _("the address of {name} cannot be used: {why}")
            raise UsageFault(say(message, name=settings.name, why=say(why)))
    for header, value in settings.headers.items():
        if not _VISIBLE.fullmatch(value):
            message = _("{header} of {name} holds what cannot be sent: only letters without accents, digits and signs can")
            raise UsageFault(say(message, header=printable(header), name=settings.name))


def host_of(address: str) -> str:
    """Return the host of an address, with its port, as it may be shown."""
    return printable(urlsplit(address).netloc.rpartition("@")[2])


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why_no_address(address: str) -> str:
    """Return why an address cannot be used (a message id), "" when it can."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        # A port that is none shows only when it is asked for.
        _port = parts.port
    except ValueError:
        return _("it cannot be read")
    faults = {
        _("an address begins with https:// and a name"): not _ADDRESS.fullmatch(address) or not host,
        _("a name or a password stands in it, which belongs into the environment"): "@" in parts.netloc,
        _("a question mark or a hash stands in it, and paths are added behind it"): parts.query + parts.fragment != "",
        _("credentials go over https:// alone (http:// is for this machine)"): parts.scheme == "http" and not is_loopback(host),
    }
    return next((why for why, holds in faults.items() if holds), "")
