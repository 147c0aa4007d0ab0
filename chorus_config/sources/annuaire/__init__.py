"""Public lists and extracts in files: structures, services, budgets, establishments, addresses of invoices, users."""

from __future__ import annotations
