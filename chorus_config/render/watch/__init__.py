"""What happened since an earlier snapshot."""

from __future__ import annotations
