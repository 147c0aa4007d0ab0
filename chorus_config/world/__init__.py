"""Floor 3: the world. Files, git, the store, the environment: everything that can fail for reasons of its own."""

from __future__ import annotations
