"""`.pre-commit-config.yaml` of a new project: sheets are checked before each commit, changes before each push.

Where nobody knows which repository the program came from, the hooks run the program that is installed: they work at once.
"""

from __future__ import annotations

from typing import Final

from chorus_config.engine.scaffold.comments import comment
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.scaffold import Origin

# As `.pre-commit-hooks.yaml` has them.
_HOOKS: Final = {
    "chorus-config-validate-all": ("chorus-config validate", "[pre-commit, pre-merge-commit, manual]"),
    "chorus-config-changes": ("chorus-config diff --from-pre-commit", "[pre-push, manual]"),
}


def pre_commit_text(origin: Origin | None, say: Translator) -> str:
    """Return the text of `.pre-commit-config.yaml`."""
    head = _("pre-commit runs these checks by itself before each commit and push. Once per clone: pre-commit install")
    lines = [
        *comment(say(head)),
        "default_install_hook_types: [pre-commit, pre-push]",
        "repos:",
        *(_from(origin) if origin is not None else _local(say)),
    ]
    return "".join(f"{line}\n" for line in lines)


def _from(origin: Origin) -> list[str]:
    ids = [f"      - id: {name}" for name in _HOOKS]
    return [f"  - repo: {origin.url}", f'    rev: "{origin.commit}"', "    hooks:", *ids]


def _local(say: Translator) -> list[str]:
    names = {
        "chorus-config-validate-all": say(_("chorus-config (the whole project)")),
        "chorus-config-changes": say(_("chorus-config (what the push changes)")),
    }
    lines = [
        *comment(say(_("« local »: the chorus-config that is installed on this machine.")), 2),
        "  - repo: local",
        "    hooks:",
    ]
    for name, (entry, stages) in _HOOKS.items():
        lines += [
            f"      - id: {name}",
            f"        name: {names[name]}",
            f"        entry: {entry}",
            "        language: system",
            "        pass_filenames: false",
            "        always_run: true",
            "        require_serial: true",
            f"        stages: {stages}",
        ]
    return lines
