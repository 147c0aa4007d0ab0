"""What an observed source says, at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import managed
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable, shown


def snapshot_text(snapshot: Snapshot, say: Translator, paint: Paint) -> str:
    """Return one line for each structure and account, and what they sum up to."""
    lines = [paint(say(_("{source}, taken {at}"), source=printable(snapshot.source), at=snapshot.taken_at or "?"), "title")]
    total = 0
    for record in snapshot.records.values():
        known = expand(record.body)
        count = sum(len(managed(*item)) for item in known.resources.items())
        total += count
        lines.append("  ".join(("", *_record(record, known, count, say))))
    structures = len(snapshot.records)
    lines.append(
        say.count(_("{n} structure or account, {fields} fields reported."),
                  _("{n} structures and accounts, {fields} fields reported."), structures, fields=total)
    )  # fmt: skip
    return "\n".join([*lines, say(_("What is not reported is not known: it is never taken for « no » or for empty."))]) + "\n"


def _record(record: Record, known: Expanded, count: int, say: Translator) -> Iterator[str]:
    yield printable(record.root)
    own = next(iter(known.resources.values()), {})
    if isinstance(own.get("libelle"), str):
        yield shown(own["libelle"])
    yield say.count(_("{n} field reported"), _("{n} fields reported"), count)
    if parse_address(record.root).group == "":
        services = sum(address.group == "services" for address in known.resources)
        yield (
            say.count(_("{n} service"), _("{n} services"), services)
            if "services" in known.lists
            else say(_("services: not reported"))
        )
