"""A structure that Hélios or the portal does not know: it is asked for, since no public structure is created from the portal.

Source: guide 2016 (the structures come from Hélios); AIFE, « Administrer les structures publiques et les comptes utilisateurs
».
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import CERTIFICATE, Situation
from chorus_config.i18n.translator import _
from chorus_config.model.letter import LetterCase, LetterTexts, Recipient, Row, Said

_BEFORE: Final = (
    _(
        "Look for the SIRET on the portal first: if the structure is there, nothing is to be asked for. Simply confirm its "
        "operation (`chorus-config confirm`)."
    ),
)
_AFTER: Final = (
    _(
        "Once the structure is there, check its sheet with `chorus-config worksheet`, then note it with `chorus-config "
        "confirm`."
    ),
)
_ENCLOSED: Final = (CERTIFICATE,)
_SUBJECT_2016: Final = (
    _("Chorus Pro: a structure that « Mes structures » lacks"),
    _("Chorus Pro: structures that « Mes structures » lacks"),
)
_LACKING_2016: Final = (
    _("The structure below does not appear in Chorus Pro, under « Activités du Gestionnaire », « Mes structures »."),
    _("The structures below do not appear in Chorus Pro, under « Activités du Gestionnaire », « Mes structures »."),
)
_SUBJECT: Final = (_("Chorus Pro: creation of a public structure"), _("Chorus Pro: creation of public structures"))
_LACKING: Final = (
    _(
        "The structure below cannot be found in Chorus Pro (domain « Organisation », « Structures », « Gérer une "
        "structure »), and the portal does not let us create a public structure ourselves."
    ),
    _(
        "The structures below cannot be found in Chorus Pro (domain « Organisation », « Structures », « Gérer une "
        "structure »), and the portal does not let us create a public structure ourselves."
    ),
)
_HELIOS_2016: Final = (
    _(
        "Since Chorus Pro takes its structures from Hélios, I would kindly ask you to check that this budget is "
        "registered there under the SIRET below, and to have it passed on to Chorus Pro."
    ),
    _(
        "Since Chorus Pro takes its structures from Hélios, I would kindly ask you to check that these budgets are registered "
        "there under the SIRETs below, and to have them passed on to Chorus Pro."
    ),
)
_HELIOS: Final = (
    _(
        "As its accounts are kept in Hélios, I would kindly ask you to have it created in Chorus Pro with the reference "
        "data below."
    ),
    _(
        "As their accounts are kept in Hélios, I would kindly ask you to have them created in Chorus Pro with the "
        "reference data below."
    ),
)
_ELSEWHERE: Final = (
    _("As its accounts are not kept in Hélios, I would kindly ask you to create it with the reference data below."),
    _("As their accounts are not kept in Hélios, I would kindly ask you to create them with the reference data below."),
)
_UNTIL_THEN: Final = (
    _("Until then our suppliers can send it no electronic invoice."),
    _("Until then our suppliers can send them no electronic invoice."),
)


def _texts(recipient: Recipient, *, renewed: bool) -> LetterTexts:
    helios = _HELIOS if renewed else _HELIOS_2016
    asked = helios if recipient == "accountant" else _ELSEWHERE
    lacking = _LACKING if renewed else _LACKING_2016
    subject = _SUBJECT if renewed else _SUBJECT_2016
    return LetterTexts(subject, (lacking, asked, _UNTIL_THEN), _BEFORE, _AFTER, _ENCLOSED)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose creation is still to be checked, and that nothing shows on the portal.

    None that is private: whoever manages it creates it there.
    """
    for root in situation.structures():
        operation = situation.open_at.get(root)
        waits = operation is not None and (operation.op, operation.gesture) == ("create", "verify")
        if not situation.is_private(root) and (situation.forced or (waits and not situation.is_known(root))):
            recipient = situation.recipient(root)
            former = situation.former(root)
            replaced = (Row(Said(_("Takes the place of")), (former,)),) if former else ()
            rows = (*situation.creation_rows(root), *replaced)
            texts, operations = _texts(recipient, renewed=situation.renewed), situation.waiting(root, "create")
            to_check = not (situation.forced or situation.is_lacking(root))
            yield LetterCase(root, recipient, texts, rows, operations, to_check=to_check)
