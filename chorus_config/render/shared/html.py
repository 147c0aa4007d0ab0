"""One self-contained page of HTML: no script, nothing fetched, and nothing that anybody wrote can become a tag.

Everything that a template prints is made visible (no control or hidden character acts), then escaped. Templates hold no
words: those come translated.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from chorus_config.render.shared.markdown import quoted
from chorus_config.render.shared.values import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_CODE: Final = re.compile("`([^`]+)`")


def page(template: str, **values: Any) -> str:
    """Return the page that a template of this package makes of its values. Raises UndefinedError when one is missing."""
    return _templates().get_template(template).render(values)


def tied(headline: str) -> str:
    """Return a headline in which no line ends between a number and what it counts."""
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", headline)


@cache
def _templates() -> Environment:
    # Imported late: only who asks for a page pays for it.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("chorus_config.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"quoted": quoted, "spans": _spans}
    return made


def _printed(value: object) -> object:
    """Make a text visible before it is escaped; what a template made itself is left as it is."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _spans(text: str) -> list[tuple[str, bool]]:
    """Return a sentence in pieces, each with whether it stands between backticks."""
    return [(piece, index % 2 == 1) for index, piece in enumerate(_CODE.split(text)) if piece]
