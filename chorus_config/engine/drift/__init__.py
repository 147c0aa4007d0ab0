"""What an observed source says beside what is approved and confirmed, and how it is adopted into a sheet."""

from __future__ import annotations
