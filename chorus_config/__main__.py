"""`python -m chorus_config` is the same door as the `chorus-config` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code, 130 too when somebody interrupts while the program is still read."""
    try:
        from chorus_config.cli.main import main as door  # noqa: PLC0415 - reading it takes a moment

        return door()
    except KeyboardInterrupt:
        # Nothing was begun yet, and no language is known to say so in.
        return 130


if __name__ == "__main__":
    sys.exit(main())
