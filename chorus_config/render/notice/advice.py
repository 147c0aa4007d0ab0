"""What holds for every supplier, and what whoever sends a notice checks before.

Source: DGFiP, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro part, p. 19 to 24 (what a
supplier needs, rejections, what stays on Chorus Pro), general part p. 40 (scheme, platform, when the directory is fed);
lengths: rules of Chorus Pro as public clients check them (gobl, module fr.ctc; Dolibarr 691 and 962).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.invoicing import (
    DIRECTORY_OPENS,
    LONGEST_CODE,
    LONGEST_COMMITMENT,
    LONGEST_NAME,
    PLATFORMS_OPEN,
    SCHEME,
)
from chorus_config.model.notice import Notice
from chorus_config.render.notice.view import called, day_words, is_inactive
from chorus_config.render.shared.text import field_label

SOURCES: Final = _(
    "Sources: DGFiP, external specifications of electronic invoicing v3.1 (31 October 2025), general part p. 40 and Chorus Pro "
    "part p. 19 to 24; lengths: rules of Chorus Pro as public invoicing software checks them."
)
CAUTIONS: Final = _("Before you send this: not for suppliers, take this part out")
# Of many structures whose sheets leave the same unsaid, the first are named.
_MOST: Final = 5


def advice(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what every supplier needs to know."""
    day = notice.holds_on
    if day < DIRECTORY_OPENS:
        yield say(_("The directory of electronic invoicing opens on {day}: until then, none holds these addresses."),
                  day=day_words(DIRECTORY_OPENS, say))  # fmt: skip
    # Nothing can be deposited for a structure that is inactive.
    if day < PLATFORMS_OPEN and not all(map(is_inactive, notice.told)):
        yield say(
            _("Until {day}, no invoice to a public body goes through an approved platform: deposit it on Chorus Pro, with the "
              "SIRET and the service code."),
            day=day_words(PLATFORMS_OPEN - timedelta(days=1), say),
        )  # fmt: skip
    yield from _when_to_correct(notice, say)
    yield say(_("You need an active structure of your own, with its SIRET, on Chorus Pro, even if you send through an approved "
                "platform."))  # fmt: skip
    yield say(
        _("Write the electronic invoicing address exactly as it stands here (BT-49, scheme {scheme}): the platform behind it "
          "is always Chorus Pro."),
        scheme=SCHEME,
    )  # fmt: skip
    yield say(_("Write the SIRET of the recipient in the invoice (BT-46, scheme 0009), and the service code where the address "
                "ends with one (BT-46, scheme 0224, or BT-10)."))  # fmt: skip
    yield say(_("If the order does not give the commitment number or the service code that is asked for here, ask whoever "
                "ordered before you send the invoice."))  # fmt: skip
    yield say(
        _("At most: {name} characters for a name, {code} for a service code, {commitment} for a commitment number."),
        name=LONGEST_NAME, code=LONGEST_CODE, commitment=LONGEST_COMMITMENT,
    )  # fmt: skip
    yield say(_("Invoices of works (marchés de travaux), mémoires de frais de justice and refund requests stay on Chorus Pro: "
                "do not send them through a platform."))  # fmt: skip
    if day >= PLATFORMS_OPEN:
        yield say(_("An invoice to an address that is not in force comes back with the status 213 Rejected, reason REJ_ADR; "
                    "without a mandatory mention, 213, reason REJ_CONT_B2G. What the recipient turns down itself comes back as "
                    "210 Refused."))  # fmt: skip


def _when_to_correct(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield until when a supplier corrects what changes: each row has its day, or waits for the directory."""
    days = {one.on or notice.since for one in notice.changes}
    if days - {None}:
        yield say(_("Correct the addresses and mentions in your invoicing software before the day of each row."))
    if None in days:
        yield say(_("Where a row has no day, correct the addresses and mentions in your invoicing software as soon as the "
                    "directory shows the change."))  # fmt: skip


def cautions(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what is to be checked before the notice is sent; it is no part of what suppliers read."""
    yield say(_("This is what the sheets say, not what the portal shows: compare the two with `drift`."))
    yield say(_("A change on the portal reaches the directory on the next day at the earliest; how long it takes is not "
                "verified."))  # fmt: skip
    yield from _unsigned(notice, say)
    yield from _one_sided(notice, say)
    for boxes, names in _unsaid(notice).items():
        listed = ", ".join(f"«\u00a0{box_label(box)}\u00a0»" for box in boxes)
        message = _("{names}: the sheet says nothing of {boxes}. Look on the portal: it may close an address or ask for more.")
        yield say(message, names=_named(names, say), boxes=listed)
    if notice.left_out:
        yield say(
            _("Sheets left out, whose content or structure cannot be read: {n}. The notice is not whole."),
            n=len(notice.left_out),
        )


def _unsigned(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what the head of a notice lacks of its sender."""
    if notice.told and not notice.sender:
        yield say(_("Nothing says who sends this: add the name of your body, or give `portefeuille` its `nom` in the project "
                    "file."))  # fmt: skip
    lacking = [called(one) for one in notice.told if one.siret not in notice.contacts]
    if lacking:
        yield say(_("{names}: the sheet has no mailbox. Add whom suppliers may ask."), names=_named(lacking, say))


def _one_sided(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield what sheets that are new or gone do not tell of the portal."""
    if not notice.compared:
        return
    new = [called(one) for one in notice.told if one.described == "new" and not one.replaces]
    gone = [called(one) for one in notice.structures if one.described == "gone" and not one.changes]
    if new:
        yield say(_("{names}: the sheet is new. These addresses may be in the directory already."), names=_named(new, say))
    if gone:
        yield say(_("{names}: the sheet is gone. What becomes of its addresses is not known from the sheets: suppliers are "
                    "told nothing of them."), names=_named(gone, say))  # fmt: skip


def _named(names: Sequence[str], say: Translator) -> str:
    more = say.count(_(" and {n} other"), _(" and {n} others"), len(names) - _MOST) if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _unsaid(notice: Notice) -> dict[tuple[str, ...], list[str]]:
    """Return what sheets do not write, with the names of their structures."""
    found: dict[tuple[str, ...], list[str]] = {}
    for structure in notice.told:
        if structure.unsaid:
            found.setdefault(structure.unsaid, []).append(called(structure))
    return found


def box_label(box: str) -> str:
    """Return the portal's label of a box that a sheet does not write."""
    group = "services" if box == "/engagement_obligatoire" else ""
    return field_label(group, box, key=False)
