"""The fixes there are: by rule, what mends a fault of it, said in a sentence, and when that is more than a way of writing."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from msgspec import Struct

from chorus_config.engine.fixing.mend import FixOf
from chorus_config.i18n.translator import _


class FixRow(Struct, frozen=True):
    """One fix: the rule whose faults it mends, its module beside this one, and what it does.

    `risk` says in which cases what is meant may change: these wait for `--unsafe`; "" for none.
    """

    rule: str
    module: str
    title: str
    risk: str = ""

    @property
    def mend(self) -> FixOf:
        """The function that mends."""
        found: FixOf = import_module(f"chorus_config.engine.fixing.{self.module}").mend
        return found


_ROWS: Final = (
    FixRow(
        "CP001", "layout", _("Put spaces in the place of tabs and of other blanks in the indentation"),
        _("the number of spaces for a tab decides what belongs to which block"),
    ),
    FixRow(
        "CP002", "characters", _("Take out the hidden character"),
        _("a mark that turns the direction of the text, which is read in another order without it"),
    ),
    FixRow("CP006", "quoting", _("Put the text between double quotes")),
    FixRow("CP007", "keys", _("Write the key that was meant"), _("the key is only nearly the one that there is")),
    FixRow("CP008", "constants", _("Write the required line that can say but one thing")),
    FixRow(
        "CP009", "values", _("Write the value, the box or the date as it is expected"),
        _("03/04/2026 may be of March or of April; a word is only nearly one of the list, or names what the portal dropped; a "
          "text is to be parted at its commas"),
    ),
    FixRow(
        "CP012", "file_name", _("Rename the file after its identifiant"),
        _("its name is a SIRET itself: which of the two is right, nobody can tell"),
    ),
    FixRow("CP016", "blanks", _("Write the text on one line, with single blanks"), _("blanks inside a code or a reference")),
    FixRow(
        "CP017", "line_ends", _("Write line ends that every program knows"),
    ),
    FixRow(
        "CP018", "damage", _("Write the text as it was before quotation marks, letters or blanks came in"),
        _("a quotation mark in the middle of a text; letters of an old code page"),
    ),
    FixRow(
        "CP101", "siret", _("Write the 14 digits of the SIRET without blanks"),
        _("13 digits, of which a spreadsheet took the first zero"),
    ),
    FixRow(
        "CP106", "mail", _("Write the e-mail address alone"),
        _("a comma in the place of a dot, (at) in the place of `@`, a blank inside"),
    ),
    FixRow(
        "CP202", "postal_code", _("Write the five digits of the postal code"),
        _("four digits, of which a spreadsheet took the first zero"),
    ),
    FixRow(
        "CP203", "phone_number", _("Write the number in international form"),
        _("nine digits, of which a spreadsheet took the first zero"),
    ),
    FixRow("CP206", "country", _("Write the name of the country"), _("the country is only nearly the one that there is")),
    FixRow("CP302", "account_numbers", _("Write the IBAN in capitals, without signs between")),
    FixRow("CP303", "account_numbers", _("Write the BIC in capitals, without signs between")),
    FixRow(
        "CP401", "public_invoices", _("Write FACTURES_PUBLIQUES as the portal made it"),
        _("the list is empty, or somebody wrote that the service is inactive or requires a commitment"),
    ),
    FixRow(
        "CP601", "values", _("Write the role as the list has it"),
        _("the word is only nearly one of the list, or names what the portal dropped"),
    ),
    FixRow(
        "CP803", "mail", _("Write the e-mail address alone"),
        _("a comma in the place of a dot, (at) in the place of `@`, a blank inside"),
    ),
)  # fmt: skip
FIXES: Final[Mapping[str, FixRow]] = {row.rule: row for row in _ROWS}
# It changes the name of a file, and no byte in it.
RENAMING: Final = "CP012"
