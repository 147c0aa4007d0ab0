"""The national directory of e-invoicing, as the API of any approved platform serves it."""

from __future__ import annotations
