"""The rules that look at all files of a project at once, in the order of their ids.

CP013 is not here: it judges waivers, after all others have said which they needed.
"""

from __future__ import annotations

from typing import Final

from chorus_config.rules.cp011 import check as cp011
from chorus_config.rules.cp051 import check as cp051
from chorus_config.rules.cp052 import check as cp052
from chorus_config.rules.cp053 import check as cp053
from chorus_config.rules.cp112 import check as cp112
from chorus_config.rules.cp606 import check as cp606
from chorus_config.words.census import WideCheck

WIDE_CHECKS: Final[tuple[WideCheck, ...]] = (cp011, cp051, cp052, cp053, cp112, cp606)
