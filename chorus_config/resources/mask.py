"""What may be shown of sensitive values."""

from __future__ import annotations


def masked(value: object) -> object:
    """Return a sensitive value as people may see it: `FR76 **** 0189`; what is short shows its beginning only."""
    if value is None or value == "":
        return value
    if not isinstance(value, str):
        return "****"
    compact = value.replace(" ", "")
    if len(compact) < 6:
        return "****"
    return f"{compact[:4]} **** {compact[-4:]}" if len(compact) >= 15 else f"{compact[:2]} ****"
