"""What goes wrong on the way to an API, as it is told."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable
from chorus_config.yamltext.characters import printable

WEB_PAGE: Final = _(
    "{name} answers with a web page instead of data ({place}): maintenance, a wrong address, or a proxy in between. "
    "Try again later; then check the address and the proxy"
)
NO_JSON: Final = _("{name} answers with data that cannot be read as JSON ({place}): try again later; then check the address")
TOO_LARGE: Final = _("{name} answers with more data than is credible ({place}): it is not read; check the address")
TOO_DEEP: Final = _("{name} answers with data nested deeper than is credible ({place}): it is not read; check the address")
UNKNOWN_ENCODING: Final = _("{name} packs its answer in a way that nobody asked for ({place}): it is not read; check the proxy")
CUT: Final = _("{name} breaks off before its answer is whole ({place}), again and again: try again later")
SILENT: Final = _("{name} does not answer in time ({place}), again and again: try again later")
UNREACHABLE: Final = _(
    "{name} cannot be reached ({place}): {why}. Check the network, and the proxy if there is one (HTTPS_PROXY, NO_PROXY)"
)
PROXY: Final = _("the proxy does not let through to {name} ({place}): {why}. Check HTTPS_PROXY and NO_PROXY")
CERTIFICATE: Final = _(
    "the certificate of {name} cannot be verified ({place}): somebody could listen, and nothing was sent. "
    "Behind a proxy that opens connections, SSL_CERT_FILE names the file of the certificates to trust"
)
ELSEWHERE: Final = _("{name} ({place}) sends the call on to {other}, where no credentials are sent: check the address")
LOST: Final = _("{name} sends the call round in circles ({place}): check the address")

# What a status means where the source knows no better.
_BUSY: Final = _("{name} asks for fewer calls ({place}, {status}): try again later, and lower the number of calls a second")
_DOWN: Final = _("{name} is down or under maintenance ({place}, {status}): try again later")
_STATUSES: Final = {
    400: _("{name} does not accept what it is asked ({place}, {status})"),
    401: _("{name} does not accept the credentials ({place}, {status}): check them, and whether they have expired"),
    403: _("{name} refuses the access ({place}, {status}): check the rights of the credentials, and the terms to be accepted"),
    404: _("{name} does not know what it is asked for ({place}, {status}): check the address"),
    429: _BUSY,
}
_OTHER: Final = _("{name} answers with an error ({place}, {status}): try again later")


class ApiFault(Unavailable):
    """An API answered with a status that is no success; a source that knows what it means there tells it in its own words.

    `data` is the decoded JSON of the answer, None without; `challenge` the header WWW-Authenticate, "" without.
    """

    def __init__(self, message: str, status: int, data: Any, challenge: str, path: str) -> None:
        super().__init__(message)
        self.status = status
        self.data = data
        self.challenge = challenge
        self.path = path


class TokenRefused(Unavailable):
    """The authorization server gives no token: the client is wrong, or may not ask."""


class ContentFault(Exception):
    """An answer that is not read; the message is one of those above. `again`: it may be whole the next time."""

    def __init__(self, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.again = again


class StoppedCall(Exception):
    """Another call failed: this one is not made any more."""


class Teller(Struct, frozen=True):
    """Words faults for a person, in the name of an API."""

    name: str
    say: Translator

    def unavailable(self, message: str, place: str, **more: object) -> Unavailable:
        """Return the error of a message that has a name and a place; `more` is already shown as it may be."""
        return Unavailable(self.say(message, name=self.name, place=printable(place), **more))

    def status(self, status: int, place: str) -> str:
        """Return what a status means, where nobody knows better."""
        message = _STATUSES.get(status, _DOWN if status >= 500 else _OTHER)
        return self.say(message, name=self.name, place=printable(place), status=status)
