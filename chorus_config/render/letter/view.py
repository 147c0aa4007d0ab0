"""A letter in words, before any format: its parts in the order of a letter, what is to be filled in by hand marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.letter import Blank, Letter, LetterKind, Letters, Recipient, Row, Said, Sender
from chorus_config.render.shared.dates import day_text
from chorus_config.yamltext.characters import printable

TITLES: Final[dict[LetterKind, str]] = {
    "structure": _("Structure that the portal does not know"),
    "budget": _("Budget without a structure"),
    "account": _("Account of a manager"),
    "principal": _("Change of the principal manager"),
    "public-invoices": _("Service FACTURES_PUBLIQUES lost or changed"),
    "status": _("Activation or deactivation"),
    "identity": _("Raison sociale or SIRET to be corrected"),
}
_RECIPIENTS: Final[dict[Recipient, str]] = {
    "accountant": _("to the comptable public"),
    "support": _("to the support of Chorus Pro"),
}
_TO: Final[dict[Recipient, str]] = {
    "accountant": _("For the attention of the comptable public"),
    "support": _("For the attention of the support of Chorus Pro"),
}
_TO_WHERE: Final[dict[Recipient, str]] = {
    "accountant": _("address of the office of the DGFiP that keeps the accounts"),
    "support": _("address or contact form that the portal shows"),
}
_WHO: Final = _("name and office of whoever signs")
_WHERE: Final[dict[Recipient, str]] = {
    "accountant": _("The address of your comptable public is that of your usual mail with them."),
    "support": _("How to reach the support is said on the portal of Chorus Pro: take it from there, and from no other page."),
}


class Line(Struct, frozen=True):
    """A line of a letter; a `blank` is to be filled in by hand."""

    text: str
    blank: bool = False


class ShownLetter(Struct, frozen=True):
    """A letter in the words of a language, part by part; `rows` are the reference data of each structure, label first.

    What the `opening` asks for is told by these below it, and by `common` for all of them; then comes the `closing`.

    `before` and `after` are for whoever sends it, and not part of it. Sentences of ours may hold commands between backticks.
    """

    letter: Letter
    title: str
    to: str
    sender: tuple[Line, ...]
    recipient: tuple[Line, ...]
    dated: str
    subject: str
    rows: tuple[tuple[tuple[str, tuple[Line, ...]], ...], ...]
    common: tuple[tuple[str, tuple[Line, ...]], ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    enclosed: str
    signature: tuple[Line, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def shown_letter(letter: Letter, say: Translator) -> ShownLetter:
    """Return a letter in the words of a language."""
    return ShownLetter(
        letter,
        _title(letter, say),
        say(_RECIPIENTS[letter.recipient]),
        tuple(_sender(letter.sender, say)),
        (Line(say(_TO[letter.recipient])), _blank(_TO_WHERE[letter.recipient], say)),
        say(_("Date: {day}"), day=day_text(letter.day.isoformat(), say)),
        say(_("Subject: {subject}"), subject=said(letter.subject, say)),
        tuple(tuple(_row(row, say) for row in one.rows) for one in letter.references),
        tuple(_common(letter, say)),
        (say(_("Dear Sir or Madam,")), *(said(one, say) for one in letter.paragraphs)),
        tuple(_closing(letter, say)),
        _enclosed(letter, say),
        _signature(letter.sender, say),
        (*(said(one, say) for one in letter.before), say(_WHERE[letter.recipient])),
        tuple(said(one, say) for one in letter.after),
    )


def _title(letter: Letter, say: Translator) -> str:
    title = say(TITLES[letter.kind])
    return say(_("{title}, if the check fails"), title=title) if letter.to_check else title


def said(one: Said, say: Translator) -> str:
    """Return a sentence in a language, its values visible and its days in words."""
    values = {name: _value(value, say) for name, value in one.values.items()}
    return say.count(one.message, one.many, one.number, **values) if one.many else say(one.message, **values)


def heading(letters: Letters, say: Translator) -> str:
    """Return how many letters there are, in one sentence; where there is none, why."""
    count = len(letters.letters)
    if count:
        return _counted(count, sum(one.to_check for one in letters.letters), say)
    targets = ", ".join(letters.targets)
    if letters.kind == "account" and targets:
        return say(
            _(
                "No letter to send for {targets}: whoever is no manager of a body at Hélios creates their own account on "
                "Chorus Pro."
            ),
            targets=targets,
        )
    if letters.kind is not None and not targets:
        return say(_("No letter to send: nothing calls for it. To have it nevertheless, name structures with --target."))
    if targets:
        return say(_("No letter to send for {targets}."), targets=targets)
    return say(_("No letter to send."))


def _counted(count: int, to_check: int, say: Translator) -> str:
    """Return how many letters there are to send, and how many only if the portal does not show what they ask for."""
    told = []
    if count > to_check:
        told.append(say.count(_("{n} letter to send."), _("{n} letters to send."), count - to_check))
    if to_check:
        one = _("{n} letter prepared, to be sent if the check on the portal fails.")
        many = _("{n} letters prepared, to be sent if the check on the portal fails.")
        told.append(say.count(one, many, to_check))
    return " ".join(told)


def left_out_note(letters: Letters, say: Translator) -> str:
    """Return which structures that were named have no letter, and why; "" for none."""
    names = ", ".join(map(printable, letters.left_out))
    one = _("{names} is a private structure: its manager creates it on the portal, and nobody is asked for it.")
    many = _("{names} are private structures: their managers create them on the portal, and nobody is asked for them.")
    return say.count(one, many, len(letters.left_out), names=names) if names else ""


def named_structures(letter: Letter) -> str:
    """Return the structures of a letter by their names beside their identifiants."""
    return ", ".join(f"{one.root} ({one.name})" if one.name else one.root for one in letter.references)


def _value(value: str | date, say: Translator) -> str:
    return day_text(value.isoformat(), say) if isinstance(value, date) else printable(value)


def _blank(what: str, say: Translator) -> Line:
    return Line(say(_("[to be filled in: {what}]"), what=say(what)), blank=True)


def _row(row: Row, say: Translator) -> tuple[str, tuple[Line, ...]]:
    return said(row.label, say), tuple(_line(value, say) for value in row.values)


def _line(value: str | Said | Blank, say: Translator) -> Line:
    if isinstance(value, Blank):
        return Line(say(_("[to be filled in: {what}]"), what=said(value.what, say)), blank=True)
    return Line(said(value, say) if isinstance(value, Said) else value)


def _sender(sender: Sender, say: Translator) -> Iterator[Line]:
    """Yield the lines of the sender: the body, then whoever deals with it."""
    if sender.body:
        yield Line(sender.body)
    else:
        yield _blank(_("name and address of the body"), say)
    if sender.label and sender.label.casefold() != sender.body.casefold():
        yield Line(sender.label)
    if sender.root:
        message = _("SIRET {root}") if sender.has_siret else _("Identifiant {root}")
        yield Line(say(message, root=sender.root))
    yield from map(Line, sender.address)
    yield from _reached(sender.telephone, sender.mailbox, say)
    yield Line(say(_("Dealt with by: {person}"), person=sender.person)) if sender.person else _blank(_WHO, say)
    if sender.person and sender.holds:
        yield Line(say(_("principal manager (gestionnaire principal) in Chorus Pro")))
    own = (sender.person_telephone, sender.person_mailbox)
    if own != (sender.telephone, sender.mailbox):
        yield from _reached(*own, say)


def _reached(telephone: str, mailbox: str, say: Translator) -> Iterator[Line]:
    if telephone:
        yield Line(say(_("Telephone: {number}"), number=telephone))
    if mailbox:
        yield Line(say(_("E-mail: {address}"), address=mailbox))


def _common(letter: Letter, say: Translator) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield what all structures of a letter have in common: from which day, and which operations wait."""
    if letter.last is None:
        when = say(_("as soon as possible"))
    else:
        when = say(_("as soon as possible, and by {last} at the latest"), last=day_text(letter.last.isoformat(), say))
    yield say(_("Wanted")), (Line(when),)
    if letter.operations:
        numbers = ", ".join(map(str, letter.operations))
        one, many = _("operation no. {numbers} of our follow-up"), _("operations no. {numbers} of our follow-up")
        yield say(_("Our references")), (Line(say.count(one, many, len(letter.operations), numbers=numbers)),)


def _closing(letter: Letter, say: Translator) -> Iterator[str]:
    if letter.last is not None:
        last = day_text(letter.last.isoformat(), say)
        yield say(
            _("Our sheets must be set up by {last} at the latest: an answer before that day would be of great help."), last=last
        )
    yield say(_("I thank you for your help, and remain at your disposal for any question."))
    yield say(_("Yours faithfully,"))


def _enclosed(letter: Letter, say: Translator) -> str:
    """Return the line that names what is enclosed, "" for nothing."""
    names = ", ".join(said(one, say) for one in letter.enclosures)
    return say.count(_("Enclosure: {names}"), _("Enclosures: {names}"), len(letter.enclosures), names=names) if names else ""


def _signature(sender: Sender, say: Translator) -> tuple[Line, ...]:
    who = (Line(sender.person),) if sender.person else (_blank(_WHO, say),)
    return (*who, Line(say(_("[signature]")), blank=True))
