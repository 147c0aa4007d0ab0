"""Reading a saved plan from its file."""

from __future__ import annotations

from chorus_config.commands.options import Request
from chorus_config.pipelines.planfile import Saved, read_plan
from chorus_config.texts.mark import _
from chorus_config.words.errors import NoInput, Refused

_MAX_BYTES = 256 * 1024 * 1024


def load_plan(request: Request) -> Saved:
    """Return the plan in the file `PLAN`. Raises NoInput when there is none, Refused when it cannot be one."""
    name = request.own["plan"]
    path = request.directory / name
    try:
        if not path.is_file():
            raise NoInput(request.say(_("no such file: {names}"), names=name))
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(request.say(_("{name} is too large to be a plan"), name=name))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(request.say(_("{name} is not a whole plan: it is truncated or damaged; plan again"), name=name)) from None
    except OSError as error:
        raise NoInput(request.say(_("{name} cannot be read: {why}"), name=name, why=error.strerror or "?")) from error
    return read_plan(text, name, request.say)
