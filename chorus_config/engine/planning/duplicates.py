"""Two files of one name: how that is told, with both places."""

from __future__ import annotations

from msgspec.structs import replace

from chorus_config.diff.fields import path_of, pointer
from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.model.address import Address
from chorus_config.model.finding import Fault, Finding, Related
from chorus_config.model.project import Body
from chorus_config.rules.catalogue import texts
from chorus_config.yamltext.document import Document


def duplicate_claim(root: Address, body: Body) -> tuple[str, str]:
    """Return rule and pointer of the CP011 that a second file of a root gets."""
    return "CP011", pointer(path_of(root, body))


def duplicate_findings(second: Document, first: Document, root: Address, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return the CP011 of a file whose identifiant (or ref) an earlier file has; both places are shown."""
    path = path_of(root, second.body)
    span = first.place(path)
    other = Related(first.path, span.line, span.column, settings.say(texts("CP011").messages["first"]))
    fault = Fault("CP011", path, args={"value": root.owner, "other": first.path})
    findings = to_findings((fault,), second, root.owner, settings)
    return tuple(replace(finding, related=(other,)) for finding in findings)
