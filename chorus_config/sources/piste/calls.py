"""The calls of the API, and why one failed, as a person needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable
from chorus_config.sources.http.faults import ApiFault
from chorus_config.sources.http.session import Session
from chorus_config.sources.piste.values import number
from chorus_config.yamltext.characters import cut, printable

# An empty search is an error there: seen on invoices, not verified on structures.
_NO_RESULT: Final = frozenset({20000, "TRA_MSG_00.015"})
_SHOWN: Final = 160
_MAILBOX: Final = re.compile(r"\S*@\S*")
# How the gateway says that the technical account is wrong, and not the token.
_WRONG_ACCOUNT: Final = re.compile("login|password", re.IGNORECASE)


class StructuresApi:
    """Asks the operations of the API. Raises Unavailable for all that is no answer of success."""

    def __init__(self, session: Session, name: str, say: Translator) -> None:
        self._session = session
        self._name = name
        self.say = say

    def ask(self, operation: str, body: Mapping[str, Any], about: str = "") -> Mapping[str, Any]:
        """Return the answer of an operation; `about` is the identifiant of the structure that is asked about."""
        status, data, fault = self._called(operation, body)
        code = data.get("codeRetour")
        if code is not None and _number_or(code) != 0:
            # With 200 or with 400, the error of Chorus Pro itself says more than the status.
            if operation == "rechercher" and _NO_RESULT & {_number_or(code), _number_or(data.get("libelle"))}:
                return {}
            raise self._refused(data, operation, about)
        if fault is not None:
            raise self._told(fault, operation, about)
        if status != 200 or code is None:
            raise self.unusable(operation, about, self.say(_("there is no codeRetour in it")))
        return data

    def _called(self, operation: str, body: Mapping[str, Any]) -> tuple[int, Mapping[str, Any], ApiFault | None]:
        """Return the status and the data of an answer, {} for what is no object, and the fault when it is no success."""
        fault = None
        try:
            answer = self._session.post(f"/{operation}", body)
            status, data = answer.status, answer.data
        except ApiFault as error:
            fault, status, data = error, error.status, error.data
        return status, data if isinstance(data, Mapping) else {}, fault

    def unusable(self, operation: str, about: str, why: str) -> Unavailable:
        """Return the error of an answer that cannot be used as it is; `why` is in the user's language."""
        message = _("{name}: the answer of {operation}{about} cannot be used: {why}. Nothing was taken over from this reading")
        return Unavailable(self.say(message, name=self._name, operation=operation, about=self._about(about), why=why))

    def _about(self, about: str) -> str:
        return f" ({printable(about)})" if about else ""

    def _refused(self, data: Mapping[str, Any], operation: str, about: str) -> Unavailable:
        """Return the error that Chorus Pro itself tells, with its code and words."""
        message = _("{name}: {operation}{about} is refused by Chorus Pro: codeRetour {code}, {words}")
        if about and operation != "rechercher":
            message = _(
                "{name}: {operation}{about} is refused by Chorus Pro: codeRetour {code}, {words}. The structure or service may "
                "have gone meanwhile, or the technical account has no right on it"
            )
        code, words = said(data.get("codeRetour")), said(data.get("libelle"))
        return Unavailable(
            self.say(message, name=self._name, operation=operation, about=self._about(about), code=code, words=words)
        )

    def _told(self, fault: ApiFault, operation: str, about: str) -> Unavailable:
        """Return what a status means here."""
        data = fault.data if isinstance(fault.data, Mapping) else {}
        message = _MESSAGES.get(fault.status)
        if fault.status == 401 and ("ErrorCode" in data or _WRONG_ACCOUNT.search(fault.challenge)):
            message = _WRONG_LOGIN
        if fault.status == 403 and operation != "rechercher":
            message = _NO_RIGHT
        if message is None:
            return fault
        return Unavailable(
            self.say(message, name=self._name, operation=operation, about=self._about(about), why=_why(fault.challenge, data))
        )


_WRONG_LOGIN: Final = _(
    "{name}: login or password of the technical account is refused (401{why}). Check CPRO_LOGIN and CPRO_PASSWORD, and that "
    "both are of this environment. The password ends after 424 days: the principal manager renews it in « Raccordements », "
    "« Compte technique »"
)
_NO_RIGHT: Final = _(
    "{name}: {operation}{about} is refused (403{why}): the technical account has no right on this structure. Every account can "
    "read a public structure, a private one only those attached to it. Check what the account is attached to"
)
_MESSAGES: Final = {
    401: _(
        "{name}: the credentials are refused (401{why}), also with a new token. Check CPRO_LOGIN and CPRO_PASSWORD, which ends "
        "after 424 days, and that PISTE_CLIENT_ID is of the same environment"
    ),
    403: _(
        "{name}: access is refused (403{why}). At piste.gouv.fr, see in the application of this environment that the API "
        "« Structures » is selected and its terms of use are accepted; then that the technical account is not blocked"
    ),
    404: _("{name}: {operation} is not known there (404). Check CHORUS_CONFIG_PISTE_API: it is the address before /cpro"),
}


def said(value: Any) -> str:
    """Return the words of Chorus Pro as they may be shown: one line, no mailbox, not long; "?" for none."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return "?"
    return cut(printable(_MAILBOX.sub("…", " ".join(str(value)[:2000].split()))), _SHOWN) or "?"


def _why(challenge: str, data: Mapping[str, Any]) -> str:
    words = [said(one) for one in (challenge, data.get("Description")) if isinstance(one, str) and one.strip()]
    return "".join(f", {one}" for one in words)


def _number_or(value: Any) -> str | int | None:
    """Return a number, also of one that came as a text, else a text, else None."""
    bare = value.strip() if isinstance(value, str) else value
    found = number(bare)
    return bare if found is None and isinstance(bare, str) else found
