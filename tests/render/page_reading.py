"""How these tests read a page: by a parser that is not ours, against the tags and attributes that templates may write."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_TAGS: Final = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "nav", "h1", "h2", "h3",
    "h4", "h5", "p", "ul", "li", "dl", "div", "dt", "dd", "del", "ins", "code", "em", "strong", "span", "a",
    "table", "thead", "tbody", "tr", "th", "td", "br", "wbr", "aside", "ol", "label", "input",
    # What a page draws is made of these two, with numbers alone.
    "svg", "rect",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "aria-label", "aria-hidden", "data-label",
    "type", "viewbox", "preserveaspectratio", "x", "y", "width", "height",
}  # fmt: skip
_VOID: Final = {"meta", "br", "wbr", "input"}


class Page(HTMLParser):
    """What a page holds: its tags with attributes in order, its headings, and the text that is seen, without the style."""

    def __init__(self, text: str) -> None:
        """Read a page, and fail on tags that nest wrongly or are not ours."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.comments: list[str] = []
        self.codes: list[str] = []
        self.text, self._open = "", list[str]()
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        assert tag in _TAGS, tag
        assert {name for name, _value in attrs} <= _ATTRIBUTES, attrs
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3", "h4", "h5"}:
            self.headings.append((int(tag[1]), ""))
        if tag == "code":
            self.codes.append("")

    def handle_endtag(self, tag: str) -> None:
        """End the tag that is open."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if "style" in self._open:
            return
        self.text += data
        if {"h1", "h2", "h3", "h4", "h5"} & {*self._open}:
            level, told = self.headings[-1]
            self.headings[-1] = level, told + data
        if self._open and self._open[-1] == "code":
            self.codes[-1] += data

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.comments.append(data)

    @property
    def shape(self) -> list[str]:
        """The names of the tags in order."""
        return [tag for tag, _attributes in self.tags]

    def attributes(self, tag: str, name: str) -> list[str]:
        """Return an attribute of all tags of a name that have it."""
        return [value or "" for one, attributes in self.tags if one == tag and (value := attributes.get(name)) is not None]
