"""Floor 0: the words. Frozen data that every other floor speaks; nothing here computes, reads or writes."""

from __future__ import annotations
