"""What nobody may be shown of plain data: IBANs wherever they stand, and whatever stands under a key that names a secret."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final

from chorus_config.model.iban import SHORTEST, masked_text

# In place of a value of which nothing may be shown, not even a part.
HIDDEN: Final = "****"
# What holds no text. (A number holds no IBAN: each begins with letters.)
_BARE: Final = frozenset({bool, int, float, type(None)})


def _any_case(*words: str) -> str:
    """Return a pattern of words in capitals or small letters; `_` stands for what may separate two of them."""
    signs = {"_": "[ _-]?", "è": "[EeÈè]", "é": "[EeÉé]"}
    return "|".join("".join(signs.get(sign) or f"[{sign.upper()}{sign}]" for sign in word) for word in words)


# A key that names what gives access to an account. The schemas say the same of each block, to the letter: a test holds them.
SECRET_KEYS: Final = (
    f"{_any_case('mot_de_passe', 'mots_de_passe', 'code_confidentiel', 'identifiant_de_connexion', 'identifiant_connexion')}"
    f"|{_any_case('password', 'passwd', 'passphrase', 'token', 'jeton', 'api_key', 'clé_api', 'clé_privée')}"
    f"|({_any_case('secrèt')})([EeSs]|[^A-Za-zÀ-ÿ]|$)"
    f"|(^|[^A-Za-zÀ-ÿ])({_any_case('mdp', 'pwd', 'pass', 'passe', 'login', 'pin')})([^A-Za-zÀ-ÿ]|$)"
)


@cache
def names_secret(key: str) -> bool:
    """Tell whether a key names what gives access to an account: a password, a secret question, a login, a token."""
    return _secret().search(unicodedata.normalize("NFC", key)) is not None


@cache
def _secret() -> re.Pattern[str]:
    # Costly to compile, and most runs never need it.
    return re.compile(SECRET_KEYS)


def masked_data(value: Any) -> Any:
    """Return plain data (texts, numbers, lists, blocks) as people may see them, keys too; itself when nothing is hidden."""
    if value.__class__ in _BARE:
        return value
    if isinstance(value, str):
        return masked_text(value)
    if _is_clean(value):
        return value
    if isinstance(value, Mapping):
        return {_key(key): HIDDEN if names_secret(str(key)) else masked_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked_data(item) for item in value]
    return value


def _is_clean(value: Any) -> bool:
    """Tell whether data are plain, and nothing in them is to be hidden: of nearly all, no copy is needed."""
    kind = value.__class__
    if kind in _BARE:
        return True
    if kind is str:
        return len(value) < SHORTEST or masked_text(value) is value
    if kind is dict:
        return all(map(_is_clean_key, value)) and all(map(_is_clean, value.values()))
    if kind is list:
        return all(map(_is_clean, value))
    return kind is not tuple and not isinstance(value, (str, Mapping, list))


@lru_cache(maxsize=4096)
def _is_clean_key(key: Any) -> bool:
    return not names_secret(str(key)) and _key(key) == key


def _key(key: Any) -> Any:
    return masked_text(key) if isinstance(key, str) else key
