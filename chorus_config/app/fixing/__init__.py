"""Changing sheets by span: mending what a check finds, and the same change in many of them."""

from __future__ import annotations
