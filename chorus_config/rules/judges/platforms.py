"""What approved platforms, through which suppliers invoice public bodies, see of a sheet: since when, where, and how soon."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.invoicing import PLATFORMS_OPEN, address_text
from chorus_config.rules.judges.checksums import is_fourteen_digits

# From this day on suppliers may invoice through an approved platform, which looks addresses up in the national directory.
SINCE: Final = PLATFORMS_OPEN.isoformat()
# How soon, as far as it is known. Rules name the documents in their source: general file, p. 40 and 45; annex 7, G1.87.
WHEN_SEEN: Final = _(
    "The sheet is the source of the national directory: what is entered on the portal goes there, changes every day, the whole "
    "every Sunday night. An approved platform sees a change the next day at the earliest; for those that come from the portal "
    "this delay is not verified."
)


def service_address(identifiant: str, code: str, *, public: bool) -> str | None:
    """Return the electronic invoicing address of a service, `SIREN_SIRET_CODE`; None for what has none that is known.

    Only a public body has a line in the directory for each service, and only under its SIRET.
    """
    if not public or not is_fourteen_digits(identifiant):
        return None
    return address_text(identifiant, code)
