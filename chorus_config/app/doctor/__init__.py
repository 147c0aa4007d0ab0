"""What may hinder the work in a project, looked at without changing anything."""

from __future__ import annotations
