"""`python -m chorus_config` is the same door as the `chorus-config` command."""

from __future__ import annotations

import sys

from chorus_config.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
