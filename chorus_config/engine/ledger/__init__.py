"""What is to be entered on the portal: what an approval opens, how it is settled, what a reading records."""

from __future__ import annotations
