"""What a file plainly is when it is no YAML of ours: told by name, instead of what YAML makes of it (CP017)."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.model.finding import START, Fault, Span

# How files of other programs begin; of several rows, the first.
_BEGINNINGS: Final = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"version https://git-lfs.github.com/spec/", "lfs"),
    (b"/annex/objects/", "annex"),
    (b"\x00GITCRYPT\x00", "encrypted"),
    (b"$ANSIBLE_VAULT;", "encrypted"),
    (b"-----BEGIN PGP MESSAGE-----", "encrypted"),
    (b"age-encryption.org/", "encrypted"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
)
_ZIP: Final = b"PK\x03\x04"
# What the names inside a ZIP say of it; they stand near its beginning.
_IN_ZIP: Final = (
    (b"opendocument.spreadsheet", "spreadsheet"),
    (b"xl/", "spreadsheet"),
    (b"opendocument", "office"),
    (b"word/", "office"),
    (b"ppt/", "office"),
    # The first member of every file of Office.
    (b"[Content_Types].xml", "office"),
)
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# Only the beginning of a file is looked at for its format.
_HEAD: Final = 64 * 1024
_ROWS: Final = 10

_CONFLICT: Final = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)", re.MULTILINE)
_OPENS_CONFLICT: Final = b"<<<<<<< "

_MARKUP: Final = re.compile(r"<(?:!--|!doctype\b|\?xml\b|[A-Za-z][\w:.-]*[\s>/])", re.IGNORECASE)
_HTML: Final = ("<html", "<!doctype html", "<body", "<table")
_TITLE: Final = re.compile(r"<title[^>]{0,80}>([^<]{1,80})", re.IGNORECASE)
_PATCH: Final = re.compile(r"diff --git |From [0-9a-f]{40} |--- \S[^\n]*\n\+\+\+ ")
# What every JSON document of ours begins with.
_OURS: Final = re.compile(r'\{\s*"format_version"\s*:\s*"[0-9.]+"\s*,\s*"type"\s*:\s*"([a-z]+)"')
_READ_BACK: Final = frozenset({"plan", "snapshot"})
# The commands whose documents bear another name than they.
_WRITERS: Final = {
    "findings": "validate",
    "state": "state show",
    "forget": "state forget",
    "locks": "lock list",
    "record": "observe --record",
}
_KEY: Final = re.compile(r"\s*(?:- )?[A-Za-z_]\w*\s?:(?:\s|$)")
_SEPARATORS: Final = (";", "\t", ",")
# Excel reads this first line as an order.
_SEP: Final = re.compile(r"sep=.\s*$")

_BREAKS: Final = (("\x85", "NEL"), ("\u2028", "LS"), ("\u2029", "PS"))


def holds_conflict(raw: bytes) -> bool:
    """Tell whether a file has a line that opens a conflict of git: even inside brackets, where YAML would read on."""
    return _OPENS_CONFLICT in raw and (raw.startswith(_OPENS_CONFLICT) or b"\n" + _OPENS_CONFLICT in raw)


def other_format(raw: bytes) -> Fault | None:
    """Return the CP017 of a file that is plainly something else, None for one that may be meant as YAML of ours.

    Asked of files that hold a conflict, or in which YAML finds nothing of ours: a good one is never looked at.
    """
    known = _by_beginning(raw)
    if known:
        return _whole(known)
    text = _decoded(raw)
    return _conflict(text) or _of_text(text) or _line_ends(text)


def _whole(case: str, **args: object) -> Fault:
    return Fault("CP017", case=case, args=args, span=START)


def _by_beginning(raw: bytes) -> str:
    if raw.startswith(_ZIP):
        return next((case for sign, case in _IN_ZIP if sign in raw[:_HEAD]), "archive")
    return next((case for sign, case in _BEGINNINGS if raw.startswith(sign)), "")


def _conflict(text: str) -> Fault | None:
    found = list(_CONFLICT.finditer(text))
    if not found or {match.group()[0] for match in found} == {"="}:
        # Seven equal signs alone underline a title.
        return None
    first, last = (text.count("\n", 0, match.start()) + 1 for match in (found[0], found[-1]))
    span = Span(first, 1, first, 8)
    if first == last:
        return Fault("CP017", case="mark", args={"mark": found[0].group()}, span=span)
    return Fault("CP017", args={"first": first, "last": last}, span=span)


def _of_text(text: str) -> Fault | None:
    start = text.lstrip()[:_HEAD]
    written = _OURS.match(start)
    if written:
        name = written[1]
        return _whole(name) if name in _READ_BACK else _whole("result", command=_WRITERS.get(name, name))
    if _MARKUP.match(start):
        return _markup(start)
    if _PATCH.match(start):
        return _whole("patch")
    separator = _separator(start)
    return _whole("csv", separator={"\t": "TAB"}.get(separator, separator)) if separator else None


def _markup(start: str) -> Fault:
    if not any(sign in start.lower() for sign in _HTML):
        return _whole("xml")
    found = _TITLE.search(start)
    title = " ".join(found[1].split()) if found else ""
    return _whole("page", title=title) if title else _whole("html")


def _separator(start: str) -> str:
    """Return what parts the columns when the first rows are those of a table, as many columns in each; "" otherwise."""
    rows = [row for row in re.split(r"\r\n|\r|\n", start[: _ROWS * 1024])[: _ROWS + 1] if row.strip() and not _SEP.match(row)]
    rows = rows[:_ROWS]
    # What begins with a bracket is YAML on its lines of flow.
    if start[:1] in "[{" or any(map(_KEY.match, rows)):
        return ""
    return next((sign for sign in _SEPARATORS if _are_rows(rows, sign)), "")


def _are_rows(rows: list[str], separator: str) -> bool:
    import csv  # noqa: PLC0415 - seldom

    try:
        widths = {len(row) for row in csv.reader(rows, delimiter=separator)}
    except csv.Error:
        return False
    # Commas part sentences too, and semicolons some.
    least, fewest = (3, 2) if separator == "," else (2, 1) if len(rows) > 1 else (3, 1)
    return len(widths) == 1 and widths.pop() >= least and len(rows) >= fewest


def _line_ends(text: str) -> Fault | None:
    """Return the CP017 of a text whose lines end as YAML readers do not agree on."""
    feeds = text.count("\n")
    alone = {"CR": re.split(r"\r(?!\n)", text), **{name: text.split(sign) for sign, name in _BREAKS}}
    for name, lines in alone.items():
        # In a value, and there are few such signs, they are no line ends.
        if len(lines) > max(2 if feeds else 1, feeds) and sum(_KEY.match(line) is not None for line in lines) > 1:
            return _whole("line ends", ends=name)
    return None


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    return raw.decode(encoding, "replace").removeprefix("\ufeff")
