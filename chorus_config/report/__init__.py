"""Floor 1: the views. Each format is a pure function of the model; all say the same."""

from __future__ import annotations
