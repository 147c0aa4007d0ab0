"""Why a file cannot be used, and where; what is to be noted of one that can."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable
from chorus_config.yamltext.characters import printable

UNREADABLE = _("it cannot be read to its end ({why}): fetch it again")


def unusable(say: Translator, name: str, why: str, where: str = "") -> Unavailable:
    """Return the error of a file that cannot be used: `why` and `where` are said already."""
    if where:
        message = _("{name} cannot be used ({where}): {why}")
        return Unavailable(say(message, name=printable(name), where=printable(where), why=why))
    return Unavailable(say(_("{name} cannot be used: {why}"), name=printable(name), why=why))


class FileNotes(Struct):
    """What is to be noted of one file: each thing once, with how often it was met and where first."""

    say: Translator
    note: Callable[[str], None]
    name: str
    met: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, message: str, where: str) -> None:
        """Count what is told by a message with the places {name}, {n} and {first}."""
        count, first = self.met.get(message, (0, where))
        self.met[message] = (count + 1, first)

    def tell(self) -> None:
        """Tell all that was met."""
        for message, (count, first) in self.met.items():
            self.note(self.say(message, name=printable(self.name), n=count, first=printable(first)))
        self.met.clear()
