"""CP014: the path does not lead to a readable file of the project.

Only regular files are read, and links that stay within the project.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Not a readable file of the project"),
    why=_(
        "What is not read is not checked: the sheet would be missing from the plan, or a file from elsewhere "
        "would enter it without review."
    ),
    source=_("project advice"),
    messages={
        "directory": _("A folder stands where a file is expected"),
        "special": _("A pipe, a socket or a device stands where a file is expected"),
        "unreadable": _("The file is there but cannot be read"),
        "outside": _("The symbolic link leads out of the project: a file of the project is expected"),
        "name": _("The name of the file is not written in UTF-8: no other tool could find it again"),
        "link": _("The symbolic link leads to a folder and is not followed: a file is expected"),
    },
    remedy=_("Put the sheet itself in this place."),
    remedies={
        "directory": _("Rename the folder so that it does not end like a sheet."),
        "unreadable": _("Check the access rights of the file and the state of the disk."),
        "outside": _("Copy the file into the project in place of the link."),
        "name": _("Rename the file, after its identifiant."),
        "link": _("Put the folder itself in the project in place of the link."),
    },
    fails="""\
# structures/21169999600016.yaml -> ../../ailleurs/valmont.yaml
""",
    passes="""\
# structures/21169999600016.yaml
""",
)
