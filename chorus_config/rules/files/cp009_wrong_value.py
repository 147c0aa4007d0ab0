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
        "list": _("`{key}` is {value}: {expected} is expected"),
        "block": _("`{key}` is {value}: {expected} is expected"),
        "text": _("`{key}` is {value}: {expected} is expected"),
        "number": _("`{key}` is {value}: {expected} is expected"),
        "boolean": _("`{key}` is {value}: {expected} is expected"),
        "meant_boolean": _("`{key}` is {value}: {expected} is expected"),
        "constant": _("`{key}` is {value}: {allowed} is expected"),
        "dash": _("`{key}` is a block of keys: a list is expected, with a dash before each of its entries"),
        "nothing": _("Nothing is written after `{key}`: a word of the list is expected: {allowed}"),
        "nothing_boolean": _("Nothing is written after `{key}`: true or false is expected"),
        "nothing_number": _("Nothing is written after `{key}`: {expected} is expected"),
        "nothing_items": _("Nothing is written after `{key}`: {expected} is expected"),
        "nothing_block": _("Nothing is written after `{key}`: its keys are expected below it"),
        "nothing_list": _(
            "Nothing is written after `{key}`: an empty list would ask for every entry to be removed from the portal; "
            "without the line, the portal's list is left as it is"
        ),
        "enum": _("`{key}` is {value}, outside the list: {allowed}"),
        "near": _("`{key}` is {value}: {suggestion} is expected, or another of the list: {allowed}"),
        "empty": _("The file is empty: a document that begins with `type:` is expected"),
        "root": _("The document is not a block of keys: it is expected to begin with `type:`"),
        "date": _("`{key}` is {value}: a calendar date written YYYY-MM-DD is expected"),
        "length": _("`{key}` is too long: {limit} at most are expected"),
    },
    remedy=_("Correct the value, or delete the key if it is optional."),
    remedies={
        "list": _("Write a list, such as `{example}`."),
        "block": _("Write a block of keys, such as `{example}`."),
        "text": _("Write a text between double quotes, such as `{example}`."),
        "number": _("Write a whole number, such as `{example}`."),
        "boolean": _("Write `true` for a ticked box, `false` for an empty one, without quotes."),
        "meant_boolean": _("Write: `{pasted}`."),
        "constant": _("Write: `{example}`."),
        "dash": _("Put a dash before `{first}:`, and the other keys of the entry below it, such as `{example}`."),
        "nothing": _("Choose one of: {allowed}. Without the line, nothing is decided here, and what is known stays as it is."),
        "nothing_boolean": _(
            "Write `true` for a ticked box, `false` for an empty one. Without the line, the box stays as it is."
        ),
        "nothing_number": _("Write a whole number, such as `{example}`."),
        "nothing_items": _("Write: `{example}`."),
        "nothing_block": _(
            "Write its keys below it, such as `{example}`; a block that you do not manage is left out altogether."
        ),
        "nothing_list": _(
            "Delete the line if the portal's list is to be left as it is; else write the list, such as `{example}`."
        ),
        "enum": _("Choose one of: {allowed}."),
        "near": _("Write: `{pasted}`."),
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
