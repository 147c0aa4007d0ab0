"""Numbers as options take them, and what is told of those that are none, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from chorus_config.i18n.translator import Translator, _
from chorus_config.yamltext.characters import shown

if TYPE_CHECKING:
    _Type = click.ParamType[int | float]
else:
    # Before click 8.5 it takes no type of its own.
    _Type = click.ParamType


class Number(_Type):
    """A number from `least` to `most` (None: no end); a `whole` one has no fraction.

    click has such types of its own; what they tell is put together from English pieces.
    """

    name = "number"

    def __init__(self, say: Translator, least: int, most: int | None = None, *, whole: bool = True) -> None:
        """Remember the range, and the language to refuse in."""
        self._say, self._least, self._most, self._whole = say, least, most, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | float:
        """Return the number that a text is. Raises click's usage error for what is none, and outside of the range."""
        try:
            found = int(value) if self._whole else float(value)
        except ValueError:
            self.fail(self._refused(value), param, ctx)
        # What is no number at all (nan) is in no range.
        if not self._least <= found or (self._most is not None and not found <= self._most):
            self.fail(self._refused(value), param, ctx)
        return found

    def _refused(self, value: Any) -> str:
        say = self._say
        if self._most is None:
            return say(_("{value} is no number from {least} upwards"), value=shown(str(value)), least=self._least)
        message = _("{value} is no number from {least} to {most}")
        return say(message, value=shown(str(value)), least=self._least, most=self._most)
