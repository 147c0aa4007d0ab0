"""What the fast engine refuses in a document, once it has said no."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from chorus_config.schema.accept import validator

KeywordPath = tuple[str | int, ...]


class Refusal(Struct, frozen=True):
    """One refusal of the fast engine: the failing keyword (its path goes through `$ref`), the instance, the keys it names."""

    keyword: KeywordPath
    path: KeywordPath
    value: object
    keys: tuple[str, ...] = ()


def refusals(name: str, day: date, data: object) -> tuple[Refusal, ...]:
    """Return every refusal of a document by a packaged schema as in force on `day`.

    Of one with half a character in a text (no file holds any) it is only said that something is refused.
    """
    try:
        return tuple(_refusal(error) for error in validator((name,), day).iter_errors(data))
    except UnicodeEncodeError:
        return (Refusal((), (), data),)


def _refusal(error: Any) -> Refusal:
    named = getattr(error.kind, "property", None)
    keys = (named,) if isinstance(named, str) else tuple(getattr(error.kind, "unexpected", ()))
    return Refusal(tuple(error.evaluation_path), tuple(error.instance_path), error.instance, keys)
