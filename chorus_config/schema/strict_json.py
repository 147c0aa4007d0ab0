"""JSON read strictly: what two readers could take for two things is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chorus_config.i18n.translator import _


class NotStrict(ValueError):
    """A text that is no strict JSON: `message` is a message id that says why, `values` what stands in it."""

    def __init__(self, message: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.values = values or {}


def strict_json(text: str) -> Any:
    """Return the document of a text. Raises NotStrict for a key twice, a fraction or a number that JSON does not have.

    None of our documents holds a fraction. Half a surrogate pair is JSON, but no text: it is refused too.
    """
    try:
        loaded = json.loads(text, object_pairs_hook=_keys_once, parse_float=_no_number, parse_constant=_no_number)
        json.dumps(loaded, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise NotStrict(*_what_stopped(text, error)) from error
    except UnicodeEncodeError as error:
        raise NotStrict(_("it holds half a character, which is no text")) from error
    except RecursionError as error:
        raise NotStrict(_("it is nested too deep")) from error
    except NotStrict:
        raise
    except ValueError as error:
        # Python reads no number of thousands of digits.
        raise NotStrict(_("it holds a number that is too long")) from error
    return loaded


def _what_stopped(text: str, error: json.JSONDecodeError) -> tuple[str, Mapping[str, object]]:
    """Say where reading stopped: at the end of what is truncated, or before."""
    if not text.strip():
        return _("it is empty"), {}
    if error.pos >= len(text.rstrip()):
        return _("it is truncated JSON: it ends too early, on line {line}"), {"line": error.lineno}
    return _("it is damaged JSON: line {line}, column {column} cannot be read"), {"line": error.lineno, "column": error.colno}


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _value in pairs]
        raise NotStrict(_("a block holds the key {key} twice"), {"key": next(key for key in keys if keys.count(key) > 1)})
    return made


def _no_number(text: str) -> Any:
    raise NotStrict(_("{number} is no number that it may hold: only whole numbers are"), {"number": text[:40]})
