"""Floor 2: decisions. Texts to findings, sheets and a state to a plan, the ledger of operations, drift."""

from __future__ import annotations
