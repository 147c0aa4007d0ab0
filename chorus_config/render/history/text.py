"""The history of a store for people: who approved and entered what, when, under which acceptances; the newest last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chorus_config.diff.names import Names
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Acceptance
from chorus_config.model.store_state import HistoryEntry
from chorus_config.render.history.view import History, ShownWrite
from chorus_config.render.plan.verdict import terms
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.shared.gestures import state_of
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import headed, named, operation_lines
from chorus_config.yamltext.characters import printable

EVENTS: Final = {
    "apply": _("approved"),
    "confirm": _("operations confirmed"),
    "record": _("taken over from the portal"),
    "forget": _("no longer managed"),
    "import": _("imported"),
    "reopen": _("opened again"),
}
_DROPPED: Final = _("operations dropped")
_SETTLED: Final = {
    "entered": (_("{n} operation entered."), _("{n} operations entered.")),
    "checked": (_("{n} operation checked."), _("{n} operations checked.")),
    "seen": (_("{n} operation seen on the portal."), _("{n} operations seen on the portal.")),
    "dropped": (_("{n} operation dropped."), _("{n} operations dropped.")),
    "open": (_("{n} operation opened again."), _("{n} operations opened again.")),
}


def history_text(history: History, say: Translator, paint: Paint) -> str:
    """Return the writes; the changes and operations that an id named, where one did."""
    if not history.writes:
        return say(_("Nothing was ever written to the store {path}."), path=printable(history.source)) + "\n"
    whole = history.ident is not None
    blocks = [] if whole else [printable(history.source)]
    blocks += ["\n".join(_write(write, history.names, say, paint, whole=whole)) for write in history.writes]
    return "\n\n".join(blocks) + "\n"


def _write(write: ShownWrite, names: Names, say: Translator, paint: Paint, *, whole: bool) -> Iterator[str]:
    written = write.entry
    by = _author(written, say)
    event = say(_DROPPED if _drops(write) else EVENTS.get(written.event, written.event))
    yield paint(f"{written.serial}  {instant_text(written.at, say)}  {event}", "title") + f"  {by}"
    if written.plan:
        message = _(", commit {commit} with changes that are not in it") if write.dirty else _(", commit {commit}")
        commit = say(message, commit=printable(written.commit[:12])) if written.commit else ""
        changes = say.count(_("{n} change"), _("{n} changes"), write.count)
        yield say(_("  plan {plan}{commit}: {changes}"), plan=printable(written.plan[:12]), commit=commit, changes=changes)
    yield from (f"  {_accepted(row, names, say)}" for row in write.accepted)
    yield from (f"  {headed(root, names.get(root, ''))}" for root in (*write.forgotten, *write.recorded))
    if whole:
        yield from _operations(write, names, say)
        made = (Operation(str(row["address"]), str(row["op"]), tuple(row["fields"])) for row in write.changes)
        yield from operation_lines(made, names, say, paint)
    else:
        yield from _counts(write, say)


_ORIGINS: Final = {"git": _("{name} (git user.name)"), "login": _("{name} (login)")}


def _author(entry: HistoryEntry, say: Translator) -> str:
    """Return who wrote, and where the name comes from when nobody gave it."""
    if not entry.by:
        return say(_("nobody named"))
    return say(_ORIGINS.get(str(entry.document.get("by_origin")), "{name}"), name=printable(entry.by))


def _accepted(row: Mapping[str, Any], names: Names, say: Translator) -> str:
    one = Acceptance(row["rule"], row["address"], row["reason"], row.get("until"), row.get("origin", "project"))
    texts = {"rule": one.rule, "reason": one.reason, "until": terms(one, say)}
    safe = {name: printable(word) for name, word in texts.items()}
    return say(_("Accepted: {rule} on {address}: {reason} ({until})"), address=named(one.address, names), **safe)


def _counts(write: ShownWrite, say: Translator) -> Iterator[str]:
    for state, (one, many) in _SETTLED.items():
        number = sum(_settled(row) == state for row in write.operations)
        if number:
            yield "  " + say.count(one, many, number)


def _drops(write: ShownWrite) -> bool:
    """Tell whether a confirmation confirmed nothing: all that it settled was dropped."""
    return write.entry.event == "confirm" and bool(write.operations) and all(_settled(r) == "dropped" for r in write.operations)


def _settled(row: Mapping[str, Any]) -> str:
    """Return how an operation ended: what was to be checked was not entered, but checked."""
    state = str(row.get("state"))
    return "checked" if (row.get("gesture"), state) == ("verify", "entered") else state


def _operations(write: ShownWrite, names: Names, say: Translator) -> Iterator[str]:
    for row in write.operations:
        state = str(row.get("state"))
        reason = f" ({printable(str(row['reason']))})" if row.get("reason") else ""
        message = _("operation {id}, {address}: {state}")
        address = named(str(row["address"]), names)
        yield "  " + say(message, id=row.get("id"), address=address, state=state_of(row.get("gesture"), state, say)) + reason
