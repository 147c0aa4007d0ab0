"""CP012: the name that a file is to bear; nothing in it changes."""

from __future__ import annotations

from collections.abc import Iterable

from chorus_config.model.finding import Fault


def expected_name(faults: Iterable[Fault]) -> str:
    """Return the name that a file is to bear after its identifiant or ref, "" where it bears it, or where nobody knows."""
    return next((str(fault.args["expected_name"]) for fault in faults if "expected_name" in fault.args), "")
