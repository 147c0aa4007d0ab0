"""`python -m chorus_config` is the same door as the `chorus-config` command."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

# So many containers are made before somebody looks for those that nobody reaches: while a program is read nearly all stay, and
# looking after every 700 of them, as Python does, takes longer than reading its rules.
_MADE_AT_MOST: Final = 50_000
# When jsonschema-rs is read, it asks this module of the standard library what the text means that says when it was built, notes
# it in `__build__`, and nobody looks there. What the module brings (sockets, calendars, encodings) is a tenth of a short run.
_DATES: Final = "email.utils"


def main() -> int:
    """Run the command line and return its exit code, 130 too when somebody interrupts while the program is still read."""
    gc.set_threshold(_MADE_AT_MOST, *gc.get_threshold()[1:])
    try:
        return _door()()
    except KeyboardInterrupt:
        # Nothing was begun yet, and no language is known to say so in.
        return 130
    finally:
        # The process ends here: its memory goes back whole, and nobody has to look through it once more.
        gc.freeze()


def _door() -> Callable[[], int]:
    """Read the program; meanwhile something stands for `email.utils` that leaves dates as they are written."""
    is_missing = _DATES not in sys.modules
    if is_missing:
        stand_in: Any = ModuleType(_DATES)
        stand_in.parsedate_to_datetime = str
        sys.modules[_DATES] = stand_in
    try:
        from chorus_config.cli.main import main as door  # noqa: PLC0415 - reading it takes a moment
    finally:
        if is_missing:
            del sys.modules[_DATES]
    return door


if __name__ == "__main__":
    sys.exit(main())
