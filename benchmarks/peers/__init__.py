"""The peers that `chorus-config` is measured against: the catalogue, and those scripts that are written here."""

from __future__ import annotations
