"""The formats of each kind of result, by name; of a command that is not named here, text and JSON."""

from __future__ import annotations

from typing import Final

# Each is `render/findings/<name>.py`.
FINDINGS_FORMATS: Final = ("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
# Each is `render/plan/<name>.py`.
PLAN_FORMATS: Final = ("text", "json", "markdown", "html")
# The formats of findings that say how each is mended.
FORMATS_WITH_FIXES: Final = frozenset({"json", "github", "sarif"})
