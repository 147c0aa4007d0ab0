"""Floor 1: the rules. A folder by what they look at; in it, a file a rule, named by its id and its meaning."""

from __future__ import annotations
