"""From the sheets and a state to a plan: what changes, what is found about it, what stands against it."""

from __future__ import annotations
