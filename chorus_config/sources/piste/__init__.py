"""`piste:production` and `piste:qualification`: the structures API of Chorus Pro, which only reads."""

from __future__ import annotations
