"""What may be shown of sensitive values (a mask), and digested of them (a keyed token, which does not give them away)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from chorus_config.diff.expand import Expanded, collapse, expand
from chorus_config.diff.fields import is_sensitive, leaves, pointer, steps
from chorus_config.model.address import Address
from chorus_config.model.iban import holds_iban, short_form
from chorus_config.model.project import Body
from chorus_config.model.secrets import HIDDEN, masked_data, names_secret
from chorus_config.schema.packaged import STRICT, schema

# From a sensitive value and the address that holds it to a token that does not give the value away; it can be handed to
# another process.
TokenOf = Callable[[str, Address], str]


def masked(value: object) -> object:
    """Return a sensitive value as people may see it: `FR76 **** 0189`; what is short shows its beginning only."""
    if value is None or value == "":
        return value
    if not isinstance(value, str):
        return HIDDEN
    compact = value.replace(" ", "")
    if len(compact) < 6:
        return HIDDEN
    return short_form(compact) if len(compact) >= 15 else f"{compact[:2]} {HIDDEN}"


def shown_value(group: str, path: str, value: object) -> object:
    """Return the value of a field as people may see it: masked when the field is sensitive, and wherever it holds an IBAN."""
    if not is_sensitive(group, path):
        return masked_data(value)
    if any(map(names_secret, steps(path))):
        return value if value is None or value == "" else HIDDEN
    return masked(value)


def is_hidden(group: str, path: str, value: object) -> bool:
    """Tell whether a value of a field is not shown as it is."""
    if isinstance(value, str):
        return is_sensitive(group, path) or holds_iban(value)
    return is_sensitive(group, path) or (isinstance(value, (list, dict)) and holds_iban(canonical(value).decode()))


def hides(value: object) -> bool:
    """Tell whether something is masked in a value as it is shown: another value may look the same."""
    return HIDDEN in str(value)


def masked_body(body: Body) -> Body:
    """Return a sheet or account as people may see it: its sensitive values masked, its blocks in the order of the portal."""
    made = collapse(Expanded(masked_resources(body), expand(body).lists))
    kind = STRICT["compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"]
    return {key: made[key] for key in schema(kind)["properties"] if key in made}


def masked_resources(body: Body) -> dict[Address, dict[str, Any]]:
    """Return the resources of a sheet or account by address, as people may see them."""
    return {address: _masked_block(address.group, resource, "") for address, resource in expand(body).resources.items()}


def _masked_block(group: str, node: Mapping[str, Any], at: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in node.items():
        path = at + pointer((key,))
        if isinstance(value, Mapping):
            made[key] = _masked_block(group, value, path)
        else:
            made[key] = shown_value(group, path, value)
    return made


def keyed_tokens(secret: bytes) -> TokenOf:
    """Return the tokens of a store, keyed with the secret that its first apply made."""
    return partial(_keyed, secret)


def _keyed(secret: bytes, value: str, address: Address) -> str:
    import hmac  # noqa: PLC0415 - a check masks, and makes no digest
    from hashlib import sha256  # noqa: PLC0415

    return hmac.new(secret, f"{address}\n{value}".encode(), sha256).hexdigest()


def salted_tokens() -> TokenOf:
    """Return the tokens used while there is no store: scrypt, salted with the address, slow on purpose."""
    return _salted


def _salted(value: str, address: Address) -> str:
    from hashlib import scrypt  # noqa: PLC0415

    return scrypt(value.encode(), salt=str(address).encode(), n=2**12, r=8, p=1, dklen=32).hex()


_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: sorted keys, no blanks, UTF-8."""
    return _CANONICAL.encode(value).encode(errors="surrogatepass")


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    from hashlib import sha256  # noqa: PLC0415

    return sha256(canonical(value)).hexdigest()


def canonical_pieces(document: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the canonical JSON of a document in pieces; its lists, or `Rows`, row by row."""
    from chorus_config.model.streamed.rows import Rows  # noqa: PLC0415 - a check makes no digest

    yield b"{"
    for number, key in enumerate(sorted(document)):
        value = document[key]
        yield (b"," if number else b"") + canonical(key) + b":"
        if isinstance(value, (list, Rows)):
            yield b"["
            yield from ((b"," if at else b"") + canonical(row) for at, row in enumerate(value))
            yield b"]"
        else:
            yield canonical(value)
    yield b"}"


def digest_of_document(document: Mapping[str, Any]) -> str:
    """Return the digest of a document, whose lists may be `Rows`: the same as that of the document with plain lists."""
    from hashlib import sha256  # noqa: PLC0415

    made = sha256()
    for piece in canonical_pieces(document):
        made.update(piece)
    return made.hexdigest()


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
    resources = [
        [token_of_address(address, token_of), _tokenised(address, resource, token_of)]
        for address, resource in expanded.resources.items()
    ]
    return [sorted(expanded.lists), resources]


def _tokenised(address: Address, resource: Mapping[str, Any], token_of: TokenOf) -> dict[str, Any]:
    found = leaves(resource)
    hidden = [path for path, value in found.items() if is_hidden(address.group, path, value)]
    return {**found, **{path: token_for(found[path], address, token_of) for path in hidden}}


def token_of_address(address: Address, token_of: TokenOf) -> str:
    """Return an address fit for a digest: as written, or its token when an IBAN stands in it."""
    written = str(address)
    return token_of(written, address.parent) if holds_iban(written) else written


def token_for(value: object, address: Address, token_of: TokenOf) -> object:
    """Return the token of a sensitive value; what is not written has none."""
    if value is None or value == "":
        return value
    return token_of(value if isinstance(value, str) else canonical(value).decode(), address)
