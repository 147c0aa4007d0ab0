"""Whether an e-mail address is valid, by its form: nothing is asked of the network.

What is plainly right is passed here; email-validator judges the rest.
"""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 254
# Last words of names that no mail reaches.
_NOWHERE: Final = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})


def is_valid(address: str) -> bool:
    """Tell whether an address has the form of one that mail can reach."""
    return len(address) <= _LONGEST and (is_plainly_valid(address) or _library_passes(address))


def is_plainly_valid(address: str) -> bool:
    """Tell whether an address is one of the many that are right at first sight: words, single dots and hyphens, one @."""
    name, _at, domain = address.partition("@")
    last = domain.rpartition(".")[2]
    return (
        address.isascii()
        and len(name) <= 64
        and len(domain) <= 63
        and "." in domain
        and len(last) > 1
        and last.isalpha()
        and last.lower() not in _NOWHERE
        and all(map(str.isalnum, name.replace("-", ".").replace("_", ".").split(".")))
        and all(map(str.isalnum, domain.replace("-", ".").split(".")))
    )


def _library_passes(address: str) -> bool:
    # Late, and seldom: importing it doubles the start of a run on one file.
    from email_validator import validate_email  # noqa: PLC0415 - slow to import

    try:
        validate_email(address, check_deliverability=False)
    except ValueError:
        return False
    return True
