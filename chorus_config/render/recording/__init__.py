"""What `observe --record` took over."""

from __future__ import annotations
