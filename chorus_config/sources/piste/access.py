"""Where the API of Chorus Pro is, and with whose account it is asked: the environment has the credentials, no file does.

Source: AIFE, Swagger of the API "Structures" 1.0.0 (hosts, header `cpro-account`), and public clients that run against it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.sources.address import without_credentials
from chorus_config.sources.http.settings import ApiSettings
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

API: Final = "CHORUS_CONFIG_PISTE_API"
OAUTH: Final = "CHORUS_CONFIG_PISTE_OAUTH"
# The application at PISTE, and the technical account of Chorus Pro: two accounts, both are needed.
CLIENT: Final = ("PISTE_CLIENT_ID", "PISTE_CLIENT_SECRET")
ACCOUNT: Final = ("CPRO_LOGIN", "CPRO_PASSWORD")

# By environment: the address before /cpro, that of the tokens.
_ADDRESSES: Final = {
    "production": ("https://api.piste.gouv.fr", "https://oauth.piste.gouv.fr/api/oauth/token"),
    "qualification": ("https://sandbox-api.piste.gouv.fr", "https://sandbox-oauth.piste.gouv.fr/api/oauth/token"),
}
_NAMES: Final = {
    "production": _("the API of Chorus Pro (PISTE, production)"),
    "qualification": _("the API of Chorus Pro (PISTE, qualification)"),
}
_STRUCTURES: Final = "/cpro/structures/v1"
_SCOPE: Final = "openid"
_JSON: Final = "application/json;charset=utf-8"


def environment_of(where: str, request: SourceRequest) -> str:
    """Return the environment that an address names, else that of the project. Raises UsageFault for another one."""
    environment = where or request.project.environment
    if environment not in _ADDRESSES:
        message = _("« piste:{name} » is unknown: there are piste:production and piste:qualification")
        raise UsageFault(request.say(message, name=printable(without_credentials(environment))))
    return environment


def access_to(environment: str, request: SourceRequest) -> ApiSettings:
    """Return how the API is asked. Raises Unavailable when credentials are missing."""
    environ = {name: value.strip() for name, value in request.environ.items() if value.strip()}
    missing = [name for name in (*CLIENT, *ACCOUNT) if name not in environ]
    if missing:
        message = _(
            "« piste:{name} » cannot be read: set {missing} in the environment (PISTE_… are those of the application at PISTE, "
            "CPRO_… those of the technical account of Chorus Pro in the same environment)"
        )
        raise Unavailable(request.say(message, name=environment, missing=", ".join(missing)))
    api, oauth = _ADDRESSES[environment]
    return ApiSettings(
        name=request.say(_NAMES[environment]),
        api=environ.get(API, api).rstrip("/") + _STRUCTURES,
        oauth=environ.get(OAUTH, oauth),
        client_id=environ[CLIENT[0]],
        client_secret=environ[CLIENT[1]],
        scope=_SCOPE,
        headers={"cpro-account": _account(environ), "Accept": _JSON},
        variables=CLIENT,
    )


def _account(environ: Mapping[str, str]) -> str:
    return b64encode(":".join(environ[name] for name in ACCOUNT).encode()).decode()
