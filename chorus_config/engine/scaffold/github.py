"""The workflow of a new project for GitHub: `.github/workflows/fiches.yml`, as docs/ci/github.yml has it."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.scaffold.comments import beside, comment
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.scaffold import Origin

PATH: Final = ".github/workflows/fiches.yml"
_NO_COMMIT: Final = "0" * 40
_CHECKOUT: Final = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
_GITHUB: Final = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def action_of(origin: Origin | None) -> str:
    """Return the action of the repository that the program came from, "" where that is none of GitHub."""
    found = _GITHUB.fullmatch(origin.url) if origin is not None else None
    return f"{found[1]}@{origin.commit}" if origin is not None and found is not None else ""


def github_text(origin: Origin | None, say: Translator) -> str:
    """Return the text of the workflow."""
    action = action_of(origin)
    head = _("Two things to change: the address of chorus-config, and the whole commit of it that you have read.")
    lines = [
        *([] if action else comment(say(head))),
        f"name: {say(_('Chorus Pro sheets'))}",
        "", "on:", "  pull_request:", "  push:", "    branches: [main]", "",
        *comment(say(_("No right by default; each job asks for its own."))),
        "permissions: {}",
        "", "concurrency:", "  group: fiches-${{ github.ref }}",
        "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
        "", "jobs:", "  fiches:", f"    name: {say(_('Sheets'))}", "    runs-on: ubuntu-24.04", "    timeout-minutes: 10",
        "    permissions:",
        *beside("      contents: read", say(_("to read the repository, nothing else"))),
        "    steps:",
        f"      - name: {say(_('Check out the sheets and their history'))}",
        f"        uses: {_CHECKOUT}",
        "        with:",
        *beside("          fetch-depth: 0", say(_("the whole history: diff compares two revisions"))),
        "          persist-credentials: false",
        "",
        f"      - name: {say(_('Check and compare'))}",
        "        id: fiches",
        f"        uses: {action or f'VOTRE-ORGANISATION/chorus-config@{_NO_COMMIT}'}",
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines)
