"""Where the caches of a user lie, on each system."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the folder of the user's caches of this program, None where nobody can tell; it need not exist.

    A relative one is none: it would lie in the project, and git would take what sheets say.
    """
    named = os.environ.get("CHORUS_CONFIG_CACHE_DIR")
    try:
        home = Path.home()
        chosen = Path(named).expanduser() if named else None
    except RuntimeError:
        return None
    if chosen is not None:
        return chosen if chosen.is_absolute() else None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "chorus-config" if base.is_absolute() else None
