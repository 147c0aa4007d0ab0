"""Asking a source over the network for a token and nothing else: whether it is there, and takes the credentials."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from chorus_config.sources.http.session import LIMITS, Session
from chorus_config.sources.http.settings import ApiSettings, Limits, check
from chorus_config.sources.request import SourceRequest

# Whoever asks only whether somebody is there does not wait for long.
_SHORT: Final = Limits(connect=5.0, silence=10.0, call=20.0, answer_bytes=1024 * 1024, depth=LIMITS.depth)


def settings_of(scheme: str, where: str, request: SourceRequest) -> ApiSettings:
    """Return how `afnor:NAME` or `piste:ENVIRONMENT` is asked. Raises UsageFault, Unavailable when a variable is missing."""
    if scheme == "afnor":
        from chorus_config.sources.afnor.access import access_to as platform  # noqa: PLC0415

        settings = platform(where, request).settings
    else:
        from chorus_config.sources.piste.access import access_to, environment_of  # noqa: PLC0415

        settings = access_to(environment_of(where, request), request)
    check(settings, request.say)
    return settings


def token_given(settings: ApiSettings, request: SourceRequest) -> datetime | None:
    """Ask for a token, in one call; return the instant of the server that gave it, None where it says none.

    Raises Unavailable when nobody answers, or the credentials are refused.
    """
    with Session(settings, request, limits=_SHORT) as session:
        told = session.sign_in()
    try:
        found = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
