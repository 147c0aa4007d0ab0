"""What a file really is, whatever its name ends in: by its first bytes, before anybody reads it for a table."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.sources.annuaire.files import WORKBOOK

_START: Final = 64
_ARCHIVE: Final = b"PK"
# Workbooks of before 2007, and all that are locked with a password. Source: [MS-CFB] 2.2, the signature of the header.
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PAGES: Final = (b"<!doctype", b"<html")
_MARK: Final = b"\xef\xbb\xbf"


def why_no_table(path: Path) -> str:
    """Return a message id that says why a file holds no table, "" for one that may, or that cannot be looked into."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return ""
        with path.open("rb") as file:
            start = file.read(_START)
    except (OSError, ValueError):
        return ""
    if start.startswith(_COMPOUND):
        return _(
            "it is a workbook of an older format (XLS), or one that is protected by a password: open it with the spreadsheet, "
            "take the password away, and save it as XLSX"
        )
    if start.removeprefix(_MARK).lstrip().lower().startswith(_PAGES):
        return _("it is a web page, and no table: fetch the file again, or save it as XLSX with the spreadsheet")
    return _why_no_workbook(path, start) if path.name.casefold().endswith(".xlsx") else ""


def _why_no_workbook(path: Path, start: bytes) -> str:
    if not start:
        return _("it is empty, and no XLSX workbook: save it again with the spreadsheet")
    if not start.startswith(_ARCHIVE):
        return _(
            "it is no XLSX workbook, whatever its name says: open it with the spreadsheet and save it as XLSX; if it is a text "
            "with separators, give it a name that ends in .csv"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            found = WORKBOOK in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return _("the workbook is truncated or damaged: take another copy of it, or save it again with the spreadsheet")
    return "" if found else _("it is no XLSX workbook: open it with the spreadsheet, and save it as XLSX")
