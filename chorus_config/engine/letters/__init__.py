"""Letters to the comptable public or the support, for what nobody can do on the portal. One kind, one file."""

from __future__ import annotations
