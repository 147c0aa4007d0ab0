"""Which platform is asked, and with which account: the project file has the addresses, the environment the credentials.

A platform that the project file names has an account of its own and never that of another: whoever proposes a change of the
file could else have the secret of another platform sent to an address of his.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.sources.address import without_credentials
from chorus_config.sources.http.settings import ApiSettings
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

API: Final = "CHORUS_CONFIG_AFNOR_API"
OAUTH: Final = "CHORUS_CONFIG_AFNOR_OAUTH"
PLAIN: Final = "AFNOR"
_CLIENT: Final = ("CLIENT_ID", "CLIENT_SECRET")
_ORGANIZATION: Final = "ORGANIZATION_ID"


class Access(Struct, frozen=True):
    """A platform: `source` is its address on the command line, `name` how a person calls it; its addresses, its account.

    `prefix` is how the variables of the account begin.
    """

    source: str
    name: str
    api: str
    oauth: str
    client_id: str
    client_secret: str
    organization: str
    prefix: str = PLAIN

    def __repr__(self) -> str:
        """Leave out the account: this may end up in a log."""
        return f"Access(source={self.source!r}, name={self.name!r}, api={self.api!r}, oauth={self.oauth!r})"

    @property
    def account(self) -> tuple[str, ...]:
        """The names of the variables of the account."""
        return tuple(f"{self.prefix}_{part}" for part in _CLIENT)

    @property
    def organization_variable(self) -> str:
        """The name of the variable of the organization."""
        return f"{self.prefix}_{_ORGANIZATION}"

    @property
    def settings(self) -> ApiSettings:
        """How the platform is asked."""
        headers = {"Organization-Id": self.organization} if self.organization else {}
        return ApiSettings(
            self.name, self.api, self.oauth, self.client_id, self.client_secret, headers=headers, variables=self.account
        )


def access_to(where: str, request: SourceRequest) -> Access:
    """Return how a platform is reached. Raises UsageFault (unknown name), Unavailable (a variable is missing)."""
    environ = {name: value.strip() for name, value in request.environ.items() if value.strip()}
    prefix = _prefix(where)
    needed: tuple[str, ...] = ()
    if where:
        platform = request.project.platforms.get(where)
        if platform is None:
            raise _unknown_name(where, request)
        api, oauth = platform.api, platform.oauth
    else:
        api, oauth, needed = environ.get(API, ""), environ.get(OAUTH, ""), (API, OAUTH)
    needed = (*needed, *(f"{prefix}_{part}" for part in _CLIENT))
    missing = [name for name in needed if name not in environ]
    if missing:
        raise _missing(where, missing, request)
    client, secret = (environ[f"{prefix}_{part}"] for part in _CLIENT)
    source = f"afnor:{where}"
    name = request.say(_("the platform « {source} »"), source=printable(source))
    organization = environ.get(f"{prefix}_{_ORGANIZATION}", "")
    return Access(source, name, api.rstrip("/"), oauth, client, secret, organization, prefix)


def _prefix(where: str) -> str:
    """Return how the variables of an account begin."""
    return f"{PLAIN}_{where.upper().replace('-', '_')}" if where else PLAIN


def _unknown_name(where: str, request: SourceRequest) -> UsageFault:
    known = ", ".join(printable(name) for name in request.project.platforms)
    if known:
        message = _("afnor:{name}: the project file has no platform of that name under `plateformes`; it has: {known}")
        return UsageFault(request.say(message, name=printable(without_credentials(where)), known=known))
    message = _(
        "afnor:{name}: the project file has no platform of that name: write its addresses (api, oauth) under `plateformes`, "
        "or use `afnor:` with CHORUS_CONFIG_AFNOR_API and CHORUS_CONFIG_AFNOR_OAUTH"
    )
    return UsageFault(request.say(message, name=printable(without_credentials(where))))


def _missing(where: str, names: list[str], request: SourceRequest) -> Unavailable:
    message = _(
        "« {source} » cannot be read: set {names} in the environment (the platform gives them with the access to its API)"
    )
    told = request.say(message, source=printable(f"afnor:{where}"), names=", ".join(names))
    known = ", ".join(printable(f"afnor:{name}") for name in request.project.platforms)
    if API in names and known:
        told += " " + request.say(_("Or name a platform of the project file: {known}"), known=known)
    return Unavailable(told)
