"""Floor 1: what is shown. A folder a subject; in it a file a format, each a pure function of the model."""

from __future__ import annotations
