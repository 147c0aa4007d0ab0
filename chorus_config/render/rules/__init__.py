"""The catalogue of rules, and the page of one."""

from __future__ import annotations
