"""From the text of a file, or of all files of a project, to findings."""

from __future__ import annotations
