"""What may be digested of sensitive values: a keyed token, from which nobody can tell the value."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chorus_config.diff.expand import Expanded
from chorus_config.diff.fields import is_sensitive, leaves
from chorus_config.model.address import Address

# From a sensitive value and the address that holds it to a token that does not give the value away.
Seal = Callable[[str, Address], str]


def keyed(secret: bytes) -> Seal:
    """Return the seal of a store, keyed with the secret that its first apply made."""
    return lambda value, address: hmac.new(secret, f"{address}\n{value}".encode(), hashlib.sha256).hexdigest()


def salted() -> Seal:
    """Return the seal used while there is no store: scrypt, salted with the address, slow on purpose."""
    return lambda value, address: hashlib.scrypt(value.encode(), salt=str(address).encode(), n=2**12, r=8, p=1, dklen=32).hex()


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="surrogatepass")


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_many(rows: Iterable[object]) -> str:
    """Return the digest of a list of rows, of which one is held at a time."""
    made = hashlib.sha256(b"[")
    for number, row in enumerate(rows):
        made.update((b"," if number else b"") + canonical(row))
    made.update(b"]")
    return made.hexdigest()


def sealed_body(expanded: Expanded, seal: Seal) -> object:
    """Return a body fit for a digest: resources by address, each sensitive leaf replaced by its token."""
    resources = [[str(address), _sealed(address, resource, seal)] for address, resource in expanded.resources.items()]
    return [sorted(expanded.lists), resources]


def _sealed(address: Address, resource: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    found = leaves(resource)
    hidden = [path for path in found if is_sensitive(address.group, path)]
    return {**found, **{path: sealed(found[path], address, seal) for path in hidden}}


def sealed(value: object, address: Address, seal: Seal) -> object:
    """Return the token of a sensitive value; what is not written has none."""
    if value is None or value == "":
        return value
    return seal(value if isinstance(value, str) else canonical(value).decode(), address)
