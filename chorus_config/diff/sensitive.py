"""What may be shown of sensitive values (a mask), and digested of them (a keyed token, which does not give them away)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chorus_config.diff.expand import Expanded, collapse, expand
from chorus_config.diff.fields import is_sensitive, leaves, pointer
from chorus_config.model.address import Address
from chorus_config.model.project import Body
from chorus_config.schema.packaged import STRICT, schema

# From a sensitive value and the address that holds it to a token that does not give the value away.
TokenOf = Callable[[str, Address], str]


def masked(value: object) -> object:
    """Return a sensitive value as people may see it: `FR76 **** 0189`; what is short shows its beginning only."""
    if value is None or value == "":
        return value
    if not isinstance(value, str):
        return "****"
    compact = value.replace(" ", "")
    if len(compact) < 6:
        return "****"
    return f"{compact[:4]} **** {compact[-4:]}" if len(compact) >= 15 else f"{compact[:2]} ****"


def masked_body(body: Body) -> Body:
    """Return a sheet or account as people may see it: its sensitive values masked, its blocks in the order of the portal."""
    known = expand(body)
    shown = {address: _hidden(address.group, resource, "") for address, resource in known.resources.items()}
    made = collapse(Expanded(shown, known.lists))
    kind = STRICT["compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"]
    return {key: made[key] for key in schema(kind)["properties"] if key in made}


def _hidden(group: str, node: Mapping[str, Any], at: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in node.items():
        path = at + pointer((key,))
        if isinstance(value, Mapping):
            made[key] = _hidden(group, value, path)
        else:
            made[key] = masked(value) if is_sensitive(group, path) else value
    return made


def keyed_tokens(secret: bytes) -> TokenOf:
    """Return the tokens of a store, keyed with the secret that its first apply made."""
    import hmac  # noqa: PLC0415 - a check masks, and makes no digest
    from hashlib import sha256  # noqa: PLC0415

    return lambda value, address: hmac.new(secret, f"{address}\n{value}".encode(), sha256).hexdigest()


def salted_tokens() -> TokenOf:
    """Return the tokens used while there is no store: scrypt, salted with the address, slow on purpose."""
    from hashlib import scrypt  # noqa: PLC0415

    return lambda value, address: scrypt(value.encode(), salt=str(address).encode(), n=2**12, r=8, p=1, dklen=32).hex()


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="surrogatepass")


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    from hashlib import sha256  # noqa: PLC0415

    return sha256(canonical(value)).hexdigest()


def digest_of_many(rows: Iterable[object]) -> str:
    """Return the digest of a list of rows, of which one is held at a time."""
    from hashlib import sha256  # noqa: PLC0415

    made = sha256(b"[")
    for number, row in enumerate(rows):
        made.update((b"," if number else b"") + canonical(row))
    made.update(b"]")
    return made.hexdigest()


def tokenised_body(expanded: Expanded, token_of: TokenOf) -> object:
    """Return a body fit for a digest: resources by address, each sensitive leaf replaced by its token."""
    resources = [[str(address), _tokenised(address, resource, token_of)] for address, resource in expanded.resources.items()]
    return [sorted(expanded.lists), resources]


def _tokenised(address: Address, resource: Mapping[str, Any], token_of: TokenOf) -> dict[str, Any]:
    found = leaves(resource)
    hidden = [path for path in found if is_sensitive(address.group, path)]
    return {**found, **{path: token_for(found[path], address, token_of) for path in hidden}}


def token_for(value: object, address: Address, token_of: TokenOf) -> object:
    """Return the token of a sensitive value; what is not written has none."""
    if value is None or value == "":
        return value
    return token_of(value if isinstance(value, str) else canonical(value).decode(), address)
