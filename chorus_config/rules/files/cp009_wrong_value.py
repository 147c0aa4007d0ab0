"""CP009: a value is of the wrong type, or outside its list.

A box is `true` or `false`, a choice is one of the words of its list, a date is written YYYY-MM-DD; a text
stands between double quotes.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Wrong type, or value outside the list"),
    why=_("The portal offers no such choice: the value cannot be entered, and whoever fills in the screen will have to guess."),
    source=_("project advice: format of the sheets, version 1"),
    messages={
        "": _("`{key}` is {value}, which is not accepted here"),
        "type": _("`{key}` is {value}: {expected} is expected"),
        "enum": _("`{key}` is {value}, outside the list: {allowed}"),
        "near": _("`{key}` is {value}: {suggestion} is expected, or another of the list: {allowed}"),
        "empty": _("The file is empty: a document that begins with `type:` is expected"),
        "root": _("The document is not a block of keys: it is expected to begin with `type:`"),
        "date": _("`{key}` is {value}: a calendar date written YYYY-MM-DD is expected"),
        "length": _("`{key}` is too long: {limit} at most are expected"),
    },
    remedy=_("Correct the value, or delete the key if it is optional."),
    remedies={
        "type": _("Replace the value by {expected}."),
        "enum": _("Choose one of: {allowed}."),
        "near": _("Write {suggestion}."),
        "empty": _("Write the sheet, starting from the one that the README explains, or delete the file."),
        "root": _("Write the sheet as `key: value` lines, starting from the one that the README explains."),
        "date": _('Write year, month and day between double quotes, such as `"2016-10-31"`.'),
        "length": _("Shorten it to {limit} at most."),
    },
    fails="""\
parametres:
  code_service_obligatoire: "oui"
""",
    passes="""\
parametres:
  code_service_obligatoire: true
""",
)
