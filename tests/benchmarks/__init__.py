"""The measurements measure what they say: their sheets, figures, page and picture. Nothing here looks at a clock."""

from __future__ import annotations
