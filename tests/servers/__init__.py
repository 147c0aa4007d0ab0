"""Servers on this machine that stand for others: real HTTP, and able to misbehave."""

from __future__ import annotations
