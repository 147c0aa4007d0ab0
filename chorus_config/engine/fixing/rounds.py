"""Mending one text, round by round: what is mended is checked again, and stays only when it was right.

A fix may bring to light what the next one mends. Mending twice changes nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.engine.checking.one_file import check_file, faults_told, owner_of
from chorus_config.engine.fixing.catalogue import FIXES, RENAMING
from chorus_config.engine.fixing.file_name import expected_name
from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault, Finding, Fix, Path
from chorus_config.model.fixing import MendedText, RefusedFix
from chorus_config.model.iban import holds_iban
from chorus_config.model.project import TextFile
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.spans import applied, overlap

# Each round mends something that stays mended; more of them than this no file needs.
_MOST_ROUNDS: Final = 60


# Ids of rules.
Rules = tuple[str, ...]


class _Offer(Struct, frozen=True):
    """A finding, and what mends it."""

    finding: Finding
    mend: Mend


class _Look(Struct, frozen=True):
    """A text as it was checked: its findings, and what is offered for them."""

    text: TextFile
    findings: tuple[Finding, ...]
    offers: tuple[_Offer, ...]


# What a finding is known by in two texts: its rule, its pointer, perhaps its line.
_Key = tuple[str, str, int]
# The offers that were not taken, each with the rules that stopped it.
_Refused = Mapping[_Offer, Rules]


def mend_text(
    text: TextFile, settings: CheckSettings, *, unsafe: bool = False, only: Collection[str] | None = None
) -> MendedText:
    """Return what a text becomes. With `unsafe`, what changes the meaning is mended too; `only` names pointers, None all."""
    look, done = _looked_at(text, settings), list[Finding]()
    refused: _Refused = {}
    for _round in range(_MOST_ROUNDS):
        offers = [one for one in look.offers if (unsafe or one.mend.safe) and (only is None or one.finding.pointer in only)]
        better, kept, refused = _bettered(look, offers, settings)
        done += [_with_fix(one, settings) for one in kept]
        if not kept:
            break
        look = better
    left = tuple(_left(look, refused, settings, unsafe=unsafe))
    return MendedText(look.text.raw, tuple(done), left, tuple(_told(refused, settings)))


def with_fixes(text: TextFile, findings: Sequence[Finding], settings: CheckSettings) -> tuple[Finding, ...]:
    """Return findings of a text, each that `mend_text` mends with its fix: the edits that it would begin with.

    An account number is in no fix, nor are line ends, which whoever shows the file counts in another way.
    """
    look = _looked_at(text, settings)
    offers = [one for one in look.offers if _may_be_shown(one.mend, text)]
    made = {safe: _mended_keys(look, settings, unsafe=not safe) for safe in {one.mend.safe for one in offers}}
    known = {_place(one.finding): one for one in offers if _key(one.finding) in made[one.mend.safe]}
    return tuple(
        replace(one, fix=_with_fix(known[_place(one)], settings).fix) if _place(one) in known else one for one in findings
    )


def _mended_keys(look: _Look, settings: CheckSettings, *, unsafe: bool) -> frozenset[_Key]:
    offers = [one for one in look.offers if unsafe or one.mend.safe]
    _better, kept, _refused = _bettered(look, offers, settings)
    if len(kept) == len(offers):
        # What comes to light in further rounds is no finding of this text.
        return frozenset(_key(one.finding) for one in kept)
    return frozenset(map(_key, mend_text(look.text, settings, unsafe=unsafe).done))


def _may_be_shown(mend: Mend, text: TextFile) -> bool:
    whole = schema(STRICT[text.kind])
    hidden = any(node_at(whole, path).get("x-sensitive") for path in mend.touches)
    return not hidden and not any(edit.text == "\n" or holds_iban(edit.text) for edit in mend.edits)


def name_for(text: TextFile, settings: CheckSettings) -> str:
    """Return the name that a file is to bear, "" where it bears it, or where nobody knows."""
    told = any(one.rule == RENAMING for one in check_file(text, settings).findings)
    return expected_name(faults_told(text, settings)[1]) if told else ""


def _looked_at(text: TextFile, settings: CheckSettings, findings: tuple[Finding, ...] | None = None) -> _Look:
    """Look at a text; `findings` are its own, where they are known."""
    if findings is None:
        findings = check_file(text, settings).findings
    if not any(one.rule in FIXES for one in findings):
        return _Look(text, findings, ())
    document, faults = faults_told(text, settings)
    file, owner, told = FaultyFile(document, text.raw, settings.day), owner_of(document.body), {_place(one) for one in findings}
    offers: list[_Offer] = []
    for fault in faults:
        mend = _mend_of(fault, file)
        if mend is not None:
            found = to_findings((fault,), document, owner, settings)
            offers += [_Offer(finding, mend) for finding in found if _place(finding) in told]
    return _Look(text, findings, tuple(sorted(offers, key=lambda one: (one.finding.span, one.finding.rule))))


def _mend_of(fault: Fault, file: FaultyFile) -> Mend | None:
    row = FIXES.get(fault.rule)
    mend = row.mend(fault, file) if row is not None and fault.rule != RENAMING else None
    return mend if mend is not None and mend.edits else None


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.pointer, finding.span


def _with_fix(offer: _Offer, settings: CheckSettings) -> Finding:
    title = settings.say(FIXES[offer.finding.rule].title)
    return replace(offer.finding, fix=Fix(offer.mend.edits, title, offer.mend.safe))


def _left(look: _Look, refused: Iterable[_Offer], settings: CheckSettings, *, unsafe: bool) -> Iterator[Finding]:
    """Yield what is left to mend, with its fix where `--unsafe` was not given and would mend it."""
    waiting = {} if unsafe else {_place(one.finding): one for one in look.offers if not one.mend.safe}
    for one in refused:
        waiting.pop(_place(one.finding), None)
    for finding in look.findings:
        offer = waiting.get(_place(finding))
        if offer is not None:
            yield _with_fix(offer, settings)
        elif finding.level != "info":
            yield finding


def _told(refused: _Refused, settings: CheckSettings) -> Iterator[RefusedFix]:
    for one, rules in refused.items():
        yield RefusedFix(one.finding, tuple((rule, settings.say(texts(rule).title)) for rule in rules))


def _bettered(look: _Look, offers: Sequence[_Offer], settings: CheckSettings) -> tuple[_Look, tuple[_Offer, ...], _Refused]:
    """Return what a text becomes by some of the offers, these, and those that are refused: all at once, else one by one."""
    together: list[_Offer] = []
    for one in offers:
        if not any(overlap(one.mend.edits, other.mend.edits) for other in together):
            together.append(one)
    if len(together) > 1:
        after = _after(look, together, settings)
        if isinstance(after, _Look):
            return after, tuple(together), {}
    refused: dict[_Offer, Rules] = {}
    for one in offers:
        after = _after(look, [one], settings)
        if isinstance(after, _Look):
            return after, (one,), {}
        refused[one] = after
    return look, (), refused


def _after(look: _Look, offers: Sequence[_Offer], settings: CheckSettings) -> _Look | Rules:
    """Return what a text becomes by offers; where that would not be better, the rules that stop it, none for another reason."""
    try:
        raw = applied(look.text.raw, [edit for one in offers for edit in one.mend.edits])
    except (ValueError, UnicodeEncodeError):
        return ()
    text = replace(look.text, raw=raw)
    findings = check_file(text, settings).findings
    stopped = _stopping(look, findings, offers)
    if stopped or not _only_touched(look.text.raw, raw, offers):
        return stopped
    return _looked_at(text, settings, findings)


def _stopping(look: _Look, after: Sequence[Finding], offers: Sequence[_Offer]) -> Rules:
    """Return the rules that stop offers: those of findings that were to be mended and stay, and of errors that they bring."""
    before, now = Counter(map(_key, look.findings)), Counter(map(_key, after))
    mended = Counter(_key(one.finding) for one in offers)
    stay = [key[0] for key, count in mended.items() if now[key] > before[key] - count]
    errors = [Counter(_key(one) for one in found if one.level == "error") for found in (look.findings, after)]
    brought = [rule for rule, at, _line in errors[1] - errors[0] if not _was_hidden(rule, at, offers)]
    return tuple(dict.fromkeys((*stay, *brought)))


def _was_hidden(rule: str, at: str, offers: Sequence[_Offer]) -> bool:
    """Tell whether an error that shows now was there already, and nobody could see it; else a fix has brought it.

    What is written otherwise and means the same brings none, but where two names become one, and where a value that was good
    enough before is at fault now. Of a guess, only what its value hid itself: another error may say that it is wrong.
    """
    # What brings something to light is tried by itself where errors come that may be another's.
    if all(one.mend.reveals for one in offers):
        return True
    if RULES[rule].repeated:
        return False
    levels = {one.finding.pointer: one.finding.level for one in offers}
    return levels[at] == "error" if at in levels else all(one.mend.safe or one.mend.reveals for one in offers)


def _key(finding: Finding) -> _Key:
    """Return what a finding is known by in two texts; what the loader stops at has no place but its line."""
    return finding.rule, finding.pointer, finding.span.line if finding.pointer == "" else 0


def _only_touched(before: bytes, after: bytes, offers: Sequence[_Offer]) -> bool:
    """Tell whether two texts say the same but at the paths that the offers touch; of what cannot be read, nothing is asked."""
    old, new = parse(before), parse(after)
    if old.stopped:
        return True
    touched = [path for one in offers for path in one.mend.touches]
    return not new.stopped and _others(old.data, touched) == _others(new.data, touched)


def _others(data: object, touched: Sequence[Path]) -> Mapping[Path, object]:
    return {path: value for path, value in _leaves(data, ()) if not any(path[: len(one)] == one for one in touched)}


def _leaves(node: Any, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(node, (dict, list)) and node:
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _leaves(inner, (*path, step))
    else:
        yield path, node
