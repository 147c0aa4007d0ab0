"""The project file with what an import adds to it: budgets of the portfolio, waivers for real SIRETs that fail the checksum."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.edit import CannotEdit, edited, extended
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.values import flow, key_text


class ProjectAdditions(Struct, frozen=True):
    """What an import adds: settings that the file lacks, budgets (identifiant, libelle), waivers, each as its row."""

    settings: Mapping[str, str]
    budgets: Sequence[Mapping[str, str]] = ()
    waivers: Sequence[Mapping[str, str]] = ()


def new_project_file(added: ProjectAdditions, head: Sequence[str]) -> bytes:
    """Return the text of a project file that is not there yet. `head` are its lines of comment, without their sign."""
    lines = [*(f"# {line}" for line in head), "type: projet", "version: 1"]
    lines += [f"{key}: {value if value.isalpha() else flow(value)}" for key, value in added.settings.items()]
    lines += [*_portfolio(added.budgets), *_waivers(added.waivers)]
    return "".join(f"{line}\n" for line in lines).encode()


def project_file_with(raw: bytes, added: ProjectAdditions) -> bytes:
    """Return a project file with what is added, all else untouched. Raises CannotEdit."""
    data: Any = parse(raw).data
    portfolio = data.get("portefeuille")
    if added.budgets:
        if portfolio is None:
            raw = _appended(raw, _portfolio(added.budgets))
        elif isinstance(portfolio, dict) and "budgets" in portfolio:
            raw = extended(raw, ("portefeuille", "budgets"), added.budgets)
        else:
            raw = _with_budgets(raw, added.budgets)
    if added.waivers:
        known = data.get("derogations")
        raw = _appended(raw, _waivers(added.waivers)) if known is None else extended(raw, ("derogations",), added.waivers)
    for key, value in added.settings.items():
        if key not in data:
            raw = edited(raw, (key,), value, tuple(schema(STRICT["projet"])["properties"]))
    return raw


def _with_budgets(raw: bytes, budgets: Sequence[Mapping[str, str]]) -> bytes:
    """Return a file whose portfolio has no budgets with these, one a line where it is written over several lines."""
    path, order = ("portefeuille", "budgets"), ("nom", "echeance", "budgets")
    short = extended(edited(raw, path, [], order), path, [dict(row) for row in budgets])
    line = next((one for one in short.splitlines(keepends=True) if re.match(rb"[ ]+budgets: \[", one)), b"")
    end = line[len(line.rstrip(b"\r\n")) :] or b"\n"
    blanks = b" " * (len(line) - len(line.lstrip(b" ")))
    rows = [blanks + b"  - " + _row(row).encode() for row in budgets]
    long = short.replace(line, end.join([blanks + b"budgets:", *rows, b""]), 1) if line else short
    return long if parse(long).data == parse(short).data else short


def _appended(raw: bytes, lines: Sequence[str]) -> bytes:
    """Return a file with a block behind its last line. Raises CannotEdit when a reader would take it for something else."""
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    whole = raw if raw.endswith(b"\n") else raw + end
    after = whole + b"".join(line.encode() + end for line in lines)
    before, parsed = parse(raw), parse(after)
    added = parse("\n".join((*lines, "")).encode()).data
    if parsed.stopped or parsed.faults or not isinstance(before.data, dict) or parsed.data != {**before.data, **_block(added)}:
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    return after


def _block(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _portfolio(budgets: Sequence[Mapping[str, str]]) -> list[str]:
    return ["portefeuille:", "  budgets:", *(f"    - {_row(row)}" for row in budgets)] if budgets else []


def _waivers(waivers: Sequence[Mapping[str, str]]) -> list[str]:
    return ["derogations:", *(f"  - {_row(row)}" for row in waivers)] if waivers else []


def _row(row: Mapping[str, str]) -> str:
    """Return a row on one line; the id of a rule stands without quotes, as people write it."""
    return "{" + ", ".join(f"{key_text(key)}: {value if key == 'regle' else flow(value)}" for key, value in row.items()) + "}"
