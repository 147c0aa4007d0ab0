"""What shows of a rule of change what it judges."""

from __future__ import annotations

from msgspec import Struct


class ChangeExample(Struct, frozen=True):
    """What a rule of change judges: two snippets of a sheet, which the diff turns into a change.

    Each is YAML like any example: whole blocks that replace those of the smallest valid sheet. `before` is what was known, ""
    for nothing; `after` what is wished, "" where the sheet is gone. `new_file`: the second stands in a file of its own, and
    the first is gone. `entry` says, of a failing example, where in the sheet its rule finds fault (`utilisateurs/compta`: what
    an acceptance names after the identifiant); "" for the structure itself.
    """

    before: str
    after: str
    entry: str = ""
    new_file: bool = False
