"""What a table says of a sheet that is there, but for the way it is written there: what `fix` would put right is no change."""

from __future__ import annotations

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.fixing.rounds import mend_text
from chorus_config.engine.importing.sheet import says_the_same
from chorus_config.model.project import Body, TextFile
from chorus_config.yamltext.parse import parse


def says_already(there: TextFile, wanted: bytes) -> bool:
    """Tell whether a sheet says what is wanted of it, as it stands: in whatever order."""
    before, after = _body(there.raw), _body(wanted)
    return before is not None and after is not None and says_the_same(before, after)


def differs_in_writing(there: TextFile, wanted: bytes, settings: CheckSettings) -> bool:
    """Tell whether a sheet differs from what is wanted only by what `fix` would write otherwise: nobody changed the table."""
    after = _body(wanted)
    mended = _body(mend_text(there, settings).raw) if after is not None else None
    return mended is not None and after is not None and says_the_same(mended, after)


def _body(raw: bytes) -> Body | None:
    data = parse(raw).data
    return data if isinstance(data, dict) else None
