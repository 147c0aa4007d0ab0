"""Floor 0: frozen data for all other rooms, and the errors that end a command. Nothing here reads or writes."""

from __future__ import annotations
