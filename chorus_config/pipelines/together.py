"""What can only be seen between files."""

from __future__ import annotations

from dataclasses import replace

from chorus_config.pipelines.judge import place_of
from chorus_config.pipelines.setting import Setting
from chorus_config.pipelines.tell import Subject, tell
from chorus_config.resources.fields import pointer
from chorus_config.rules.catalogue import texts
from chorus_config.words.address import Address
from chorus_config.words.document import Body, Document
from chorus_config.words.finding import Fault, Finding, Related
from chorus_config.words.position import START
from chorus_config.yamltext.places import places


def claimed(root: Address, body: Body) -> tuple[str, str]:
    """Return rule and pointer of the CP011 that a second file of a root gets."""
    return "CP011", pointer(place_of(root, body))


def clash(second: Document, first: Document, root: Address, setting: Setting) -> tuple[Finding, ...]:
    """Return the CP011 of a file whose identifiant (or ref) an earlier file has; both places are shown."""
    path = place_of(root, second.body)
    span = places(first.raw).values.get(path, START)
    other = Related(first.path, span.line, span.column, setting.say(texts("CP011").messages["first"]))
    fault = Fault("CP011", path, args={"value": root.owner, "other": first.path})
    told = tell((fault,), Subject(second.path, second.kind, root.owner, places(second.raw)), setting)
    return tuple(replace(finding, related=(other,)) for finding in told)
