"""Floor 3: where sheets come from: files, folders, git revisions."""

from __future__ import annotations
