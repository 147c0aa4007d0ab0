"""The rules that a schema cannot say, by id: each takes the body of a document and its scene, and yields faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from chorus_config.rules.cp010 import check as cp010
from chorus_config.rules.cp012 import check as cp012
from chorus_config.rules.cp015 import check as cp015
from chorus_config.rules.cp102 import check as cp102
from chorus_config.rules.cp105 import check as cp105
from chorus_config.rules.cp106 import check as cp106
from chorus_config.rules.cp107 import check as cp107
from chorus_config.rules.cp203 import check as cp203
from chorus_config.rules.cp204 import check as cp204
from chorus_config.rules.cp302 import check as cp302
from chorus_config.rules.cp303 import check as cp303
from chorus_config.rules.cp305 import check as cp305
from chorus_config.rules.cp403 import check as cp403
from chorus_config.rules.cp405 import check as cp405
from chorus_config.rules.cp407 import check as cp407
from chorus_config.rules.cp408 import check as cp408
from chorus_config.rules.cp502 import check as cp502
from chorus_config.rules.cp504 import check as cp504
from chorus_config.rules.cp505 import check as cp505
from chorus_config.rules.cp605 import check as cp605
from chorus_config.rules.cp706 import check as cp706
from chorus_config.rules.cp707 import check as cp707
from chorus_config.rules.cp803 import check as cp803
from chorus_config.words.finding import Fault
from chorus_config.words.scene import Scene

Check = Callable[[dict[str, Any], Scene], Iterable[Fault]]

SHEET_CHECKS: Final[tuple[Check, ...]] = (
    cp010,
    cp012,
    cp102,
    cp105,
    cp106,
    cp107,
    cp203,
    cp204,
    cp302,
    cp303,
    cp305,
    cp403,
    cp405,
    cp407,
    cp408,
    cp502,
    cp504,
    cp505,
    cp605,
    cp706,
    cp707,
)
ACCOUNT_CHECKS: Final[tuple[Check, ...]] = (cp010, cp012, cp203, cp204, cp803)
PROJECT_CHECKS: Final[tuple[Check, ...]] = (cp015,)
