"""Floor 1: the languages. Message ids are English sentences, catalogues are gettext's."""

from __future__ import annotations
