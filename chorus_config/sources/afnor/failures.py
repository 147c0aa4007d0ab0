"""What a refusal of a platform means for the person who asked, and what an answer is that is none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable
from chorus_config.sources.afnor.access import API, Access
from chorus_config.sources.http.faults import ApiFault
from chorus_config.yamltext.characters import printable

# What a platform calls the header that says for which of its customers somebody asks.
_ORGANIZATION: Final = re.compile(r"organi[sz]ation[ _-]?id", re.IGNORECASE)
# The words of a platform are not shown (they may repeat what was sent); its code is.
_CODE: Final = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def is_not_found(fault: ApiFault) -> bool:
    """Tell whether an answer says that the directory does not know something; any other 404 comes from a wrong address."""
    return fault.status == 404 and error_code(fault.data) == "NOT_FOUND"


def error_code(data: Any) -> str:
    """Return the code of an error as it can be shown, "" without."""
    code = data.get("errorCode") if isinstance(data, Mapping) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def unavailable(fault: ApiFault, access: Access, say: Translator) -> Unavailable:
    """Return a refusal as a person needs it told; what the directory gives no other meaning stays as it is."""
    places = {"name": access.name, "path": printable(fault.path), "status": _status(fault)}
    if fault.status in {400, 401, 403} and _ORGANIZATION.search(json.dumps(fault.data)):
        return Unavailable(say(_organization(access), **places, variable=access.organization_variable))
    if fault.status == 401:
        message = _(
            "{name} does not accept the account any more, though it gave it a token ({path}, {status}): check {variables}, "
            "and that the account is one for the directory API"
        )
        return Unavailable(say(message, **places, variables=", ".join(access.account)))
    if fault.status == 403:
        message = _(
            "{name} does not let this account read the directory ({path}, {status}): ask the platform to open its directory "
            "API to the account of {variables}"
        )
        return Unavailable(say(message, **places, variables=", ".join(access.account)))
    if fault.status == 404:
        return wrong_base(fault.path, access, say)
    if fault.status in {400, 405, 415, 422}:
        message = _(
            "{name} does not accept what the directory is asked ({path}, {status}): its API is perhaps another version than "
            "the one read here; tell the platform the call and the code"
        )
        return Unavailable(say(message, **places))
    return fault


def wrong_base(path: str, access: Access, say: Translator) -> Unavailable:
    """Return that no directory is served at an address."""
    message = _(
        "{name} serves no directory at {api} ({path}: 404): check the address, the whole base with its version is needed, as "
        "in https://…/afnor-directory/v1 ({where})"
    )
    own = access.source == "afnor:"
    where = API if own else say(_("`api` of the platform in the project file"))
    return Unavailable(say(message, name=access.name, api=printable(access.api), path=printable(path), where=where))


def strange(path: str, why: str, access: Access, say: Translator, data: Any = None) -> Unavailable:
    """Return that an answer is none of the directory; `why` is a message id. A code of error in it is shown."""
    code = error_code(data)
    if code:
        message = _("{name} tells an error in an answer that says that all is well ({path}): {code}. Try again later")
        return Unavailable(say(message, name=access.name, path=printable(path), code=code))
    message = _("{name} answers {path} with something else than the directory does: {why}. Nothing of it is used")
    return Unavailable(say(message, name=access.name, path=printable(path), why=say(why)))


def not_whole(path: str, got: int, total: int | None, access: Access, say: Translator) -> Unavailable:
    """Return that a list could not be read to its end."""
    places = {"name": access.name, "path": printable(path), "got": got}
    if total is None:
        message = _(
            "{name} gives a list whose end cannot be told ({path}, {got} entries so far): it changes while it is read, or is "
            "cut short without a word. Nothing of it is used: try again later"
        )
        return Unavailable(say(message, **places))
    message = _(
        "{name} says that a list has {total} entries, and gives {got} ({path}). Nothing of it is used: try again later, then "
        "tell the platform"
    )
    return Unavailable(say(message, **places, total=total))


def _organization(access: Access) -> str:
    if access.organization:
        return _("{name} does not know the organization of {variable} ({path}, {status}): check it with the platform")
    return _(
        "{name} wants to know for which organization it is asked, in the header Organization-Id ({path}, {status}): set "
        "{variable} to the number that the platform gives"
    )


def _status(fault: ApiFault) -> str:
    return f"{fault.status} {error_code(fault.data)}".rstrip()
