"""What is to be entered on the portal (a worksheet), and what of it was confirmed."""

from __future__ import annotations
