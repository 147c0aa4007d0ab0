"""The users of structures from the portal's export: it has persons, a sheet has references, and accounts tell who is who."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.expand import expand
from chorus_config.model.observed.directory import DirectoryUser
from chorus_config.model.snapshot import Record, Snapshot

_MANAGER: Final = "GESTIONNAIRE_PRINCIPAL"
_USER: Final = "UTILISATEUR"
# The weakest first: of several rows of a person the strongest role counts.
_RANKS: Final = ("", _USER, _MANAGER)
# Roles by their words; former secondary managers are users since 2023.
_ROLES: Final = {
    frozenset({"gestionnaire", "principal"}): _MANAGER,
    frozenset({"gestionnaire", "secondaire"}): _USER,
    frozenset({"utilisateur"}): _USER,
    frozenset({"utilisatrice"}): _USER,
}
_FILLERS: Final = frozenset({"role", "profil", "de", "la", "l", "structure", "simple"})
_PLAIN: Final = re.compile("[a-z]+")


class WithUsers(Struct, frozen=True):
    """A snapshot with the users of the structures that an export speaks of, and those of which it could not be said.

    `strangers` are, by structure, how many persons have no account here: its list would be incomplete, and is left out.
    """

    snapshot: Snapshot
    strangers: Mapping[str, int]


def with_users(snapshot: Snapshot, users: Iterable[DirectoryUser], accounts: Mapping[str, Record]) -> WithUsers:
    """Return a snapshot with the users of an export. `accounts` are those of the project, by root (`comptes/REF`).

    A person is known by the mailbox of the account, else by name and first name where only one account has them.
    """
    refs = _refs(accounts)
    found: dict[str, dict[str, str]] = {}
    strangers: dict[str, int] = {}
    for user in users:
        root = next((root for root in (user.structure.strip(), *user.sirets) if root in snapshot.records), None)
        if root is None:
            continue
        ref = refs.get(user.email.casefold()) or refs.get(_name(user.first_name, user.last_name))
        if ref is None:
            strangers[root] = strangers.get(root, 0) + 1
        else:
            roles = found.setdefault(root, {})
            roles[ref] = max(roles.get(ref, ""), _role(user.role), key=_RANKS.index)
    told = {root: [*map(_entry, roles.items())] for root, roles in found.items() if root not in strangers}
    records = {root: _with(record, told.get(root)) for root, record in snapshot.records.items()}
    return WithUsers(replace(snapshot, records=records), strangers)


def _with(record: Record, users: list[dict[str, Any]] | None) -> Record:
    return record if users is None else replace(record, body={**record.body, "utilisateurs": users})


def _refs(accounts: Mapping[str, Record]) -> dict[str, str]:
    """Return the references of accounts by mailbox and by name; what two have in common names neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for record in accounts.values():
        for address, resource in expand(record.body).resources.items():
            for key in _keys(resource):
                if key in found:
                    twice.add(key)
                found[key] = address.owner
    return {key: ref for key, ref in found.items() if key not in twice}


def _keys(resource: Mapping[str, Any]) -> list[str]:
    mailbox, last, first = (str(resource.get(key) or "") for key in ("adresse_electronique_contact", "nom", "prenom"))
    return [key for key in (mailbox.casefold(), _name(first, last) if first and last else "") if key]


def _name(first: str, last: str) -> str:
    """Return a name as it is compared: « DUPONT Élodie » is « Elodie Dupont » written otherwise."""
    plain = unicodedata.normalize("NFD", f"{first} {last}".casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).replace("-", " ").split())


def _entry(said: tuple[str, str]) -> dict[str, Any]:
    ref, role = said
    return {"ref": ref, **({"role": role} if role else {})}


def _role(text: str) -> str:
    """Return the strongest role of a sheet that a cell of the export names, "" where it names none (but an habilitation)."""
    named = (frozenset(_PLAIN.findall(_name("", part))) - _FILLERS for part in re.split("[,;/|+]| et ", text))
    return max(("", *(_ROLES.get(words, "") for words in named)), key=_RANKS.index)
