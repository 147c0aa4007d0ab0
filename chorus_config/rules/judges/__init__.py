"""What several rules judge by: checksums, telephone numbers, mailboxes, the blocks of a body."""

from __future__ import annotations
