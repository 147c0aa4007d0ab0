"""libyaml's syntax errors, worded so that the person who wrote the file knows what to do."""

from __future__ import annotations

from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import START, Fault, Span
from chorus_config.yamltext.layout import layout_fault

TAB: Final = _("the indentation holds a tab: use spaces")

# What libyaml says, to what we say; the first row whose words occur in its complaint wins.
PROBLEMS: Final = (
    ("while scanning a quoted scalar", _("a quotation mark is not closed")),
    (
        "mapping values are not allowed",
        _("there is a colon too many: a text that holds « : » goes between double quotes"),
    ),
    (
        "could not find expected ':'",
        _("a line is neither « key: value » nor part of a list: is a colon missing?"),
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
OTHER: Final = _("the text cannot be read as YAML here")


def syntax_fault(error: Any, text: str) -> Fault:
    """Return the fault of a `yaml.YAMLError` in a text, placed where libyaml stumbled; `problem` is a message id.

    What libyaml cannot read because it does not know a directive, or a second document, is CP003 and not CP001.
    """
    complaint = " ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    mark = getattr(error, "problem_mark", None)
    span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark is not None else START
    if "directive" in complaint or "incompatible YAML" in complaint:
        return Fault("CP003", case="directive", span=Span(span.line, 1, span.line, 2))
    if "<document start>" in complaint and "\n..." in text:
        return Fault("CP003", case="document", span=span)
    layout = layout_fault(text, error)
    if layout is not None:
        return layout
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        complaint = "tab character"
    problem = next((message for sign, message in PROBLEMS if sign in complaint), OTHER)
    return Fault("CP001", args={"problem": problem}, span=span)
