"""Lists beside those of structures and services: INSEE's establishments, DGFiP's budgets, addresses of invoices, users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec.structs import replace

from chorus_config.i18n.translator import _
from chorus_config.model.observed.directory import Budget, DirectoryUser, Establishment
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.observed.source import Asked
from chorus_config.sources.annuaire.cells import flag, is_scientific, plain_name, siren, text_of
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.tables import Counted, Table, selected
from chorus_config.sources.request import SourceRequest

# CBUDG of DGFiP's lists: 1 is the main budget (public code that reads them); that all others are annexes is inferred.
_MAIN_BUDGET: Final = frozenset({"1", "principal", "bp", "budgetprincipal"})
_OPEN: Final = {"A": True, "F": False}
_STREET: Final = (
    "numeroVoieEtablissement", "indiceRepetitionEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement",
)  # fmt: skip
_COMPLEMENT: Final = ("complementAdresseEtablissement", "distributionSpecialeEtablissement")
_NAMES: Final = ("denominationUsuelleEtablissement", "enseigne1Etablissement")
_SIRET: Final = re.compile(r"(?<![0-9])[0-9]{14}(?![0-9])")
# What a status says of a person who is no longer attached, as `plain_name` writes it.
_INACTIVE: Final = frozenset(
    {"inactif", "inactive", "nonactif", "nonactive", "desactive", "desactivee", "non", "n", "no", "false", "faux", "0", "i"}
)
_WORDS: Final = _(
    "note: {name}: no source says how the columns of this export are called, they were matched by words:"
    " check what was understood"
)


class _Named:
    """The cells of a row by the name of their column; "" for a column that is not there."""

    __slots__ = ("at",)

    def __init__(self, table: Table) -> None:
        self.at: Mapping[str, int] = table.columns

    def text(self, row: Sequence[str], name: str) -> str:
        """Return the text in a column."""
        column = self.at.get(plain_name(name), self.at.get(name, -1))
        return (text_of(row[column]) or "") if column >= 0 else ""

    def joined(self, row: Sequence[str], names: Iterable[str]) -> str:
        """Return the texts in several columns, one behind the other."""
        return " ".join(filter(None, (self.text(row, name) for name in names)))


def read_establishments(table: Table, request: SourceRequest, counted: Counted) -> dict[str, Establishment]:
    """Return INSEE's establishments that are asked for, by SIRET."""
    cells = _Named(table)
    found = {}
    for owner, row in selected(table, "siret", request, counted):
        names = (cells.text(row, name) for name in _NAMES)
        found[owner] = Establishment(
            owner,
            _OPEN.get(cells.text(row, "etatAdministratifEtablissement").upper()),
            next(filter(None, names), ""),
            cells.joined(row, _STREET),
            cells.joined(row, _COMPLEMENT),
            cells.text(row, "codePostalEtablissement"),
            cells.text(row, "libelleCommuneEtablissement"),
        )
    return found


def read_budgets(table: Table, request: SourceRequest, counted: Counted) -> dict[Budget, None]:
    """Return the distinct budgets of a list with one row an account."""
    cells = _Named(table)
    found: dict[Budget, None] = {}
    last: tuple[str, ...] = ()
    pick = tuple(cells.at.get(name, -1) for name in ("lbudg", "nomen", "siren", "cbudg", "exer"))
    for owner, row in selected(table, "ident", request, counted):
        # The accounts of a budget stand together: it is made once.
        these = (owner, *(row[at] if at >= 0 else "" for at in pick))
        if these != last:
            last = these
            name, nomenclature, unit, kind, year = these[1:]
            budget = Budget(
                owner, text_of(name) or "", nomenclature.strip(), siren(unit) or owner[:9], _kind(kind), _year(year)
            )
            found[budget] = None
    return found


def read_addresses(table: Table, request: SourceRequest, counted: Counted) -> list[DirectoryLine]:
    """Return the addresses of invoices of the portal's own CSV that are asked for."""
    at = table.columns
    found = []
    for row in table.rows:
        counted.rows += 1
        if len(row) <= max(at["siren"], at["adresse"]):
            if any(row):
                raise _short(table, request)
            continue
        if is_scientific(row[at["siren"]]):
            message = _("{value} is what a spreadsheet left of a SIREN: fetch the list again")
            why = request.say(message, value=row[at["siren"]].strip())
            raise unusable(request.say, table.name, why, table.place(at["siren"]))
        line = _address_line(row, at)
        if line is not None and request.asked.concerns(line.owner):
            counted.kept += 1
            found.append(line)
    return found


def _address_line(row: Sequence[str], at: Mapping[str, int]) -> DirectoryLine | None:
    address = row[at["adresse"]].strip().removeprefix("0225:")
    if not address:
        return None
    parts = address.split("_", 2)
    siret = parts[1] if len(parts) > 1 and _SIRET.fullmatch(parts[1]) else ""
    active = flag(row[at["active"]]) if "active" in at and at["active"] < len(row) else None
    return DirectoryLine(address, siret, active)


def read_users(table: Table, request: SourceRequest, counted: Counted) -> list[DirectoryUser]:
    """Return the users of the portal's export; those of a structure that is not asked for are left out."""
    table.notes.add(_WORDS, "")
    at = table.columns
    found = []
    for row in table.rows:
        counted.rows += 1
        cells = {key: text_of(row[column]) or "" for key, column in at.items() if column < len(row)}
        names = (cells.get(key, "") for key in ("email", "last_name", "first_name", "role", "structure"))
        user = DirectoryUser(*names)
        if not user.role and cells.get("rights"):
            user = replace(user, role=cells["rights"])
        if user.email and plain_name(cells.get("status", "")) not in _INACTIVE and _is_wanted(user, request.asked):
            counted.kept += 1
            found.append(user)
    return found


def _is_wanted(user: DirectoryUser, asked: Asked) -> bool:
    """Tell whether a person is of a structure that is asked for, or of one that its row does not say."""
    named = user.sirets
    return not named or any(map(asked.covers, named))


def _short(table: Table, request: SourceRequest) -> Exception:
    message = _("the row has too few cells: correct it, or fetch the list again")
    return unusable(request.say, table.name, request.say(message), table.place(None))


def _kind(text: str) -> Literal["principal", "annexe", ""]:
    word = plain_name(text)
    return "" if not word else "principal" if word in _MAIN_BUDGET else "annexe"


def _year(text: str) -> int:
    year = text.strip()[:4]
    return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else 0
