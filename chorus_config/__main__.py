"""`python -m chorus_config` is the same door as the `chorus-config` command."""

from __future__ import annotations

import gc
import sys
from typing import Final

# So many containers are made before somebody looks for those that nobody reaches: while a program is read nearly all stay, and
# looking after every 700 of them, as Python does, takes longer than reading its rules. A great plan makes as many that stay.
_MADE_AT_MOST: Final = 200_000


def main() -> int:
    """Run the command line and return its exit code, 130 too when somebody interrupts while the program is still read."""
    gc.set_threshold(_MADE_AT_MOST, *gc.get_threshold()[1:])
    try:
        from chorus_config.cli.main import main as door  # noqa: PLC0415 - reading it takes a moment

        return door()
    except KeyboardInterrupt:
        # Nothing was begun yet, and no language is known to say so in.
        return 130
    finally:
        # The process ends here: its memory goes back whole, and nobody has to look through it once more.
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
