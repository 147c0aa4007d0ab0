"""The verdict on a plan, before any format: what changes, what stands against it, and the decisions it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from chorus_config.diff.operations import each_operation
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.plan import Acceptance, Plan
from chorus_config.model.project import PROJECT_FILE
from chorus_config.render.plan.view import ShownStructure
from chorus_config.render.shared.dates import day_text, instant_text
from chorus_config.render.shared.gestures import tally as gesture_tally
from chorus_config.render.shared.values import location
from chorus_config.yamltext.characters import printable

_OBJECT: Final = re.compile("[0-9a-f]{40,64}")
_ENDS: Final = {
    ("plan", True): _("{counts}: this plan can be applied."),
    ("plan", False): _("{counts}: this plan cannot be applied."),
    ("diff", True): _("{counts}: nothing blocks these changes."),
    ("diff", False): _("{counts}: these changes are blocked."),
}
_NOTHING: Final = {
    "": _("No change in what could be compared; {managed}."),
    "plan": _("No change: what is approved is what the sheets want; {managed}."),
    "diff": _("No change: the sheets want the same on both sides; {managed}."),
    "observed": _("No change: all that the source reports is what the sheets want; {managed}."),
}
# Where an acceptance, a waiver or a level is written down.
ORIGINS: Final = {"project": PROJECT_FILE, "option": "--accept"}


class Blocker(Struct, frozen=True):
    """What blocks one structure, or structures told as one: how many changes, and by which errors.

    An error is told once: its rule, message and remedy, and every place (`path:line:col`) where it was found. `named` holds
    the structures with their labels; it is empty for the errors that no change carries.
    """

    named: tuple[tuple[str, str], ...]
    count: int
    errors: tuple[tuple[str, str, str, tuple[str, ...]], ...]


def blockers(plan: Plan, parts: Iterable[ShownStructure]) -> Iterator[Blocker]:
    """Yield what blocks each part of a plan, then the errors beside the changes."""
    for part in parts:
        if part.blocked:
            blocking = [one for item in part.items for one in item.findings if one.against]
            errors = _alike(found for one in blocking for found in one.everywhere)
            yield Blocker(part.named, part.blocked * len(part.roots), errors)
    if errors := _alike(finding for finding in plan.findings if finding.level == "error"):
        yield Blocker((), 0, errors)


def _alike(findings: Iterable[Finding]) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    alike: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.message, finding.help), []).append(location(finding))
    return tuple((*error, tuple(dict.fromkeys(locations))) for error, locations in alike.items())


def headline(plan: Plan, say: Translator) -> str:
    """Return the verdict in one sentence, which counts structures; it quotes nothing that anybody wrote."""
    if plan.applyable and not (plan.changes or plan.moves or plan.decisions):
        return tally(plan, say)
    counts = ", ".join(_counts(plan, say))
    if not (plan.changes or plan.applyable):
        counts = say(_("Not all that the sheets want is known"))
    # What starts from an observed source is shown and entered, never applied.
    return say(_ENDS["diff" if plan.observed else plan.kind, plan.applyable], counts=counts)


def _counts(plan: Plan, say: Translator) -> Iterator[str]:
    roots = {(change.address.group == "comptes", change.address.root) for change in plan.changes}
    accounts = sum(is_account for is_account, _root in roots)
    high = sum(change.risk == "high" and not change.blocked for change in plan.changes)
    if accounts == len(roots):
        yield say(_("No structure changed"))
    counted = (
        (_("{n} structure changed"), _("{n} structures changed"), len(roots) - accounts),
        (_("{n} account changed"), _("{n} accounts changed"), accounts),
        (_("{n} change blocked"), _("{n} changes blocked"), plan.blocked),
        (_("{n} high-risk change"), _("{n} high-risk changes"), high),
        (_("{n} acceptance"), _("{n} acceptances"), len(plan.accepted)),
        (_("{n} decision changed"), _("{n} decisions changed"), len(plan.decisions)),
        (_("{n} file moved"), _("{n} files moved"), len(plan.moves)),
    )
    yield from (say.count(one, many, number) for one, many, number in counted if number)


def tally(plan: Plan, say: Translator) -> str:
    """Return how many changes ask a person for what, and how many fields are managed."""
    managed = say.count(_("{n} field is managed"), _("{n} fields are managed"), plan.managed)
    if not plan.changes:
        # No sentence claims more than was compared: something stands against a plan without a change.
        known = ("observed" if plan.observed else plan.kind) if plan.applyable else ""
        return say(_NOTHING[known], managed=managed)
    message = _("Comparison: {counts}; {managed}.") if plan.kind == "diff" else _("Plan: {counts}; {managed}.")
    return say(message, counts=_gestures(plan, say), managed=managed)


def counted(plan: Plan, say: Translator) -> str:
    """Return the same without the word « Plan », for a page whose title it is."""
    if not plan.changes:
        return tally(plan, say)
    managed = say.count(_("{n} field is managed"), _("{n} fields are managed"), plan.managed)
    return say(_("{counts}; {managed}."), counts=_gestures(plan, say), managed=managed)


def _gestures(plan: Plan, say: Translator) -> str:
    """Return how many changes ask a person for what, those last for which there is nothing to enter."""
    day = date.fromisoformat(plan.as_of)
    return gesture_tally((next(each_operation([change], day), None) for change in plan.changes), say)


def compared(plan: Plan, say: Translator) -> str:
    """Return what is compared with what, under the rules of which day, as a sentence of a page."""
    day = day_text(plan.as_of, say)
    if plan.observed:
        return say(_("From what an observed source says to what the sheets want, rules of {day}."), day=day)
    if plan.kind == "plan":
        return say(_("From what is approved to what the sheets want, rules of {day}."), day=day)
    before, after = _sides(plan, say)
    return say(_("From {before} to {after}, rules of {day}."), before=before, after=after, day=day)


def title(plan: Plan, say: Translator) -> str:
    """Return what is compared with what, under the rules of which day; nothing in it can act on a terminal."""
    day = day_text(plan.as_of, say)
    if plan.observed:
        return say(_("Plan: from what an observed source says to what the sheets want, rules of {day}"), day=day)
    if plan.kind == "plan":
        return say(_("Plan: from what is approved to what the sheets want, rules of {day}"), day=day)
    before, after = _sides(plan, say)
    return say(_("Comparison: from {before} to {after}, rules of {day}"), before=before, after=after, day=day)


def _sides(plan: Plan, say: Translator) -> tuple[str, str]:
    """Return what people call the two sides of a comparison."""
    base = plan.before.source.removeprefix("git:")
    before = say(_("the git index")) if base == "index" else revision(base)
    return before, revision(plan.desired.commit) if plan.desired.commit else say(_("the working tree"))


def state(plan: Plan, say: Translator) -> str:
    """Return which state a plan starts from: its number and time."""
    if plan.observed:
        return say(_("taken {when}"), when=instant_text(plan.before.taken_at, say))
    if plan.before.lineage is None:
        return say(_("nothing approved yet"))
    return say(_("state no. {serial} of {when}"), serial=plan.before.serial, when=instant_text(plan.before.taken_at, say))


def commit(plan: Plan, say: Translator) -> str:
    """Return which commit the sheets of a plan are at, "" when that is not known, or for a comparison, whose title says it."""
    if plan.kind == "diff" or not plan.desired.commit:
        return ""
    if plan.desired.dirty:
        return say(_("Sheets of commit {commit}, with changes that are not in it."), commit=revision(plan.desired.commit))
    return say(_("Sheets of commit {commit}."), commit=revision(plan.desired.commit))


def is_risky(plan: Plan) -> bool:
    """Tell whether a plan that may be applied holds a change of high risk."""
    return plan.applyable and any(change.risk == "high" for change in plan.changes)


def narrowed(plan: Plan) -> tuple[str, ...]:
    """Return the paths and targets that narrow a plan."""
    return (*plan.options.paths, *plan.options.targets)


def against(plan: Plan) -> str:
    """Return the sentence that tells a reason, with the places `error` and `why`."""
    if plan.kind == "diff":
        return _("{error}: these changes are blocked: {why}.")
    return _("{error}: this plan cannot be applied: {why}.")


def capital(why: str) -> str:
    """Return a reason as a line of its own, under a headline that says what it is a reason for."""
    return f"{why[:1].upper()}{why[1:]}."


def terms(acceptance: Acceptance, say: Translator) -> str:
    """Return until when an acceptance holds, and where it is written."""
    origin = ORIGINS.get(acceptance.origin, acceptance.origin)
    if acceptance.until is None:
        return say(_("without a last day, {origin}"), origin=origin)
    return say(_("until {day}, {origin}"), day=day_text(acceptance.until, say), origin=origin)


def revision(name: str) -> str:
    """Return the name of a revision as people read it: the beginning of a commit, a branch as it is."""
    return printable(name[:12] if _OBJECT.fullmatch(name) else name)
