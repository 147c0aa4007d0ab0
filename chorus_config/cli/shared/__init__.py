"""What the commands share: options, questions, where results go."""

from __future__ import annotations
