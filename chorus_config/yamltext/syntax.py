"""libyaml's syntax errors, worded so that the person who wrote the file knows what to do."""

from __future__ import annotations

from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import START, Fault, Span
from chorus_config.yamltext.layout import layout_fault

NOT_CLOSED: Final = _("a quotation mark is not closed")
BEHIND: Final = _(
    "something stands behind the closing quotation mark: a comment begins with « # », and a text that holds quotation marks "
    'holds them as « \\" » between double quotes'
)
NO_LIST: Final = _("a dash begins an item of a list, and this block is none: delete the dash")
BULLET: Final = _("an item of a list begins with a hyphen and a space: `- `")
TAB: Final = _("the indentation holds a tab: use spaces")

# What libyaml says, to what we say; the first row whose words occur in its complaint wins.
PROBLEMS: Final = (
    ("while scanning a quoted scalar", NOT_CLOSED),
    (
        "mapping values are not allowed",
        _("there is a colon too many: a text that holds « : » goes between double quotes"),
    ),
    (
        "could not find expected ':'",
        _("a line is neither « key: value » nor part of a list: is a colon missing, or the space behind it?"),
    ),
    (
        "cannot start any token",
        _("a value begins with a character that YAML keeps for itself: write it between double quotes"),
    ),
    ("tab character", TAB),
    ("did not find expected '-' indicator", _("the items of this list do not begin in the same column")),
    (
        "did not find expected key",
        _("the keys of this block do not begin in the same column, or a quotation mark is too many"),
    ),
    ("expected ',' or ']'", _("a square bracket is not closed, or a comma is missing")),
    ("expected ',' or '}'", _("a curly bracket is not closed, or a comma is missing")),
    (
        "unknown escape character",
        _("unknown escape after a backslash: double the backslash, or use single quotes"),
    ),
    (
        "block sequence entries are not allowed",
        _("a list item cannot begin here: put it on a line of its own"),
    ),
    ("document start", _("something stands before or after the document")),
)
# The same, of what is CP003; libyaml stumbles over a name where what YAML offers there is not meant at all.
FEATURES: Final = (
    ("directive", "directive"),
    ("incompatible YAML", "directive"),
    ("while scanning an alias", "alias"),
    ("while scanning an anchor", "anchor"),
    ("while scanning a tag", "tag"),
    ("while parsing a tag", "tag"),
)
# Of these libyaml knows where they began, and stumbles far behind.
_BEGUN: Final = ("while scanning a quoted scalar", "could not find expected ':'", "expected ',' or")
_NEXT_EXPECTED: Final = ("did not find expected key", "did not find expected '-'")
_BULLETS: Final = frozenset("-–—‒•·▪●◦*")
OTHER: Final = _("the text cannot be read as YAML here")


def syntax_fault(error: Any, text: str) -> Fault:
    """Return the fault of a `yaml.YAMLError` in a text, placed where libyaml stumbled; `problem` is a message id.

    What libyaml cannot read because it does not know a directive, or a second document, is CP003 and not CP001.
    """
    complaint = " ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Fault("CP001", args={"problem": OTHER}, span=START)
    return (
        _second_document(text, mark, complaint)
        or _bullet(text, mark)
        or _feature(error, complaint)
        or layout_fault(text, error)
        or _out_of_place(text, mark, complaint)
        or _worded(text, error, complaint)
    )


def _second_document(text: str, mark: Any, complaint: str) -> Fault | None:
    second = "<document start>" in complaint and "\n..." in text
    return Fault("CP003", case="document", span=_span(mark.line, mark.column)) if second else None


def _feature(error: Any, complaint: str) -> Fault | None:
    """Return the CP003 of a feature of YAML in which libyaml found a fault of its own; a directive has its whole line."""
    feature = next((case for sign, case in FEATURES if sign in complaint), "")
    if not feature:
        return None
    begun = getattr(error, "context_mark", None) or error.problem_mark
    return Fault("CP003", case=feature, span=_span(error.problem_mark.line, 0 if feature == "directive" else begun.column))


def _out_of_place(text: str, mark: Any, complaint: str) -> Fault | None:
    """Return the fault of what stands where libyaml expected the next key or item, if it tells itself what it is."""
    if not any(sign in complaint for sign in _NEXT_EXPECTED):
        return None
    return _behind_quotes(text, mark.index) or _needless_dash(text, mark)


def _worded(text: str, error: Any, complaint: str) -> Fault:
    mark, begun = error.problem_mark, getattr(error, "context_mark", None)
    if text[mark.index : mark.index + 1] == "\t":
        complaint = "tab character"
    elif begun is not None and begun.line != mark.line and any(sign in complaint for sign in _BEGUN):
        mark = begun
    problem = next((message for sign, message in PROBLEMS if sign in complaint), OTHER)
    return Fault("CP001", args={"problem": problem}, span=_span(mark.line, mark.column))


def _span(line: int, column: int) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 2)


def _bullet(text: str, mark: Any) -> Fault | None:
    """Return the fault of a line that begins with a dash without a space, or with what word processors make of one."""
    start = text.rfind("\n", 0, mark.index) + 1
    line = text[start:].partition("\n")[0]
    column = len(line) - len(line.lstrip(" "))
    sign, behind = line[column : column + 1], line[column + 1 : column + 2]
    if sign not in _BULLETS or not sign or (sign == "-" and not behind.isalpha()) or mark.column > column + 1:
        return None
    return Fault("CP001", args={"problem": BULLET}, span=_span(mark.line, column))


def _behind_quotes(text: str, at: int) -> Fault | None:
    """Return the fault of a text that libyaml took to end before `at`: at its first mark if that is on an earlier line."""
    closing = len(text[:at].rstrip(" ")) - 1
    quote = text[closing : closing + 1]
    opening = text.rfind(quote, 0, closing) if quote in {"'", '"'} else -1
    if opening < 0:
        return None
    line = text.count("\n", 0, opening)
    if "\n" in text[opening:closing]:
        column = opening - (text.rfind("\n", 0, opening) + 1)
        return Fault("CP001", args={"problem": NOT_CLOSED}, span=_span(line, column))
    return Fault("CP001", args={"problem": BEHIND}, span=_span(line, at - (text.rfind("\n", 0, at) + 1)))


def _needless_dash(text: str, mark: Any) -> Fault | None:
    dash = text[mark.index : mark.index + 2] == "- " and not text[text.rfind("\n", 0, mark.index) + 1 : mark.index].strip(" ")
    return Fault("CP001", args={"problem": NO_LIST}, span=_span(mark.line, mark.column)) if dash else None
