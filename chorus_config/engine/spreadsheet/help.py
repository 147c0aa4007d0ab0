"""The page of help in a workbook: what each page is, how it is filled in, where it goes."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import Translator, _

NAME: Final = "Aide"

_LINES: Final = (
    _("How to fill in this workbook"),
    _(
        "« Structures » has one row a structure: a budget with a SIRET of its own. « Services » and « Utilisateurs » have one "
        "row a service or user, and say in the first column to which structure it belongs. « Comptes » has one row a person, "
        "whose reference is the one that « Utilisateurs » names."
    ),
    _("Columns with a star (*) are to be filled in. Point at the title of a column: a note says what is expected there."),
    _("An empty cell is left as it is on the portal. To have the portal's own text erased, write « (vide) » in the cell."),
    _(
        "But a list is complete: of a structure that has a row in « Services » or « Utilisateurs », what has no row there is "
        "to be removed from the portal. A structure without any row keeps its list. For a list that is really to be empty, "
        "write one row with « aucun » in place of the code or of the reference."
    ),
    _(
        "Boxes of the portal are « oui » or « non ». Dates are written 31/12/2026. Several values in one cell are separated "
        "by « ; »."
    ),
    _("Keep the service FACTURES_PUBLIQUES as it is: « Ne surtout pas le modifier / supprimer. »"),
    _(
        "The titles are locked, without a password, so that nobody changes them by mistake. Rows may be added, sorted and "
        "deleted."
    ),
    _("No password and no login stands in this workbook, nor in any file."),
    _(
        "When it is filled in, `chorus-config import FILE.xlsx` shows what it would write, and each cell that is to be "
        "corrected."
    ),
)
_WITHOUT_BANK: Final = _("Bank details are not in this workbook, since an IBAN is a target of fraud.")
_WITH_BANK: Final = _(
    "This workbook holds IBANs in full: it is to be kept like a bank document, sent by a protected way, and deleted after use."
)


def help_lines(say: Translator, *, bank: bool) -> tuple[str, ...]:
    """Return the lines of the page, the first is its title; `bank`: the workbook has bank details."""
    return (*map(say, _LINES), say(_WITH_BANK if bank else _WITHOUT_BANK))
