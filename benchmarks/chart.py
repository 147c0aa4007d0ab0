"""The picture of the figures: a row for each comparison, on one scale of ratios; SVG, light and dark, for telephones too."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Final

from benchmarks import french
from benchmarks.figures import GROUPS, Case, Figures

_WIDTH: Final = 390
_LEFT: Final = 16
_RIGHT: Final = 374
_ROW: Final = 36
_HEAD: Final = 82
# Powers of ten at both ends of the scale.
_LOW: Final = -3
_HIGH: Final = 2
# Groups in which all cases are compared to the same: their heading says it.
_SAME: Final = frozenset({"cache", "validate"})
_STYLE: Final = """\
.fond{fill:#fff}.texte{fill:#1f2328}.discret{fill:#59636e}.grille{stroke:#d1d9e0}.un{stroke:#59636e}.trait{stroke:#0969da}
.point{fill:#0969da}.but{fill:none;stroke:#1a7f37;stroke-width:2}.valeur{font-weight:600}
.texte{stroke:#fff;stroke-width:4px;paint-order:stroke}
text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif}.titre{font-size:16px;font-weight:600}.groupe{font-weight:600}
@media(prefers-color-scheme:dark){.fond{fill:#0d1117}.texte{fill:#f0f6fc;stroke:#0d1117}.discret{fill:#9198a1}.grille{stroke:#3d444d}
.un{stroke:#9198a1}.trait{stroke:#4493f8}.point{fill:#4493f8}.but{stroke:#3fb950}}"""


def chart(figures: Figures) -> str:
    """Return the picture as SVG text."""
    rows = list(_rows(figures))
    height = _HEAD + _ROW * len(rows) + 40
    bottom = height - 34
    parts = [*_head(height), *_grid(bottom)]
    for place, row in enumerate(rows):
        top = _HEAD + _ROW * place
        parts += _comparison(row, top) if isinstance(row, Case) else [_text(_LEFT, top + 24, row, "texte groupe")]
    return "\n".join([*parts, *_legend(height), "</svg>", ""])


def _rows(figures: Figures) -> Iterator[Case | str]:
    """Yield the title of each group that has cases, and its cases."""
    for group, title in GROUPS.items():
        cases = figures.of(group)
        if cases:
            yield title
            yield from cases


def _head(height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH * 3 // 2}" '
        f'height="{height * 3 // 2}" role="img" aria-labelledby="titre resume">'
    )
    yield '<title id="titre">chorus-config : temps rapporté à celui des autres</title>'
    yield (
        '<desc id="resume">Chaque point est un rapport de temps, médiane de paires mesurées en alternance ; '
        "à gauche de 1, chorus-config est plus rapide. Les mêmes chiffres sont dans le tableau de la page.</desc>"
    )
    yield f"<style>{_STYLE}</style>"
    yield f'<rect class="fond" width="{_WIDTH}" height="{height}" rx="6"/>'
    yield _text(_LEFT, 26, "chorus-config à côté des autres", "texte titre")
    yield _text(_LEFT, 46, "Temps ÷ celui de l’autre ; sous 1, plus rapide", "discret")


def _grid(bottom: int) -> Iterator[str]:
    """Yield a line for each power of ten, with its number."""
    for power in range(_LOW, _HIGH + 1):
        at = _at(10.0**power)
        kind = "un" if power == 0 else "grille"
        yield f'<line class="{kind}" x1="{at}" x2="{at}" y1="{_HEAD - 8}" y2="{bottom}"/>'
        label = str(10**power) if power >= 0 else f"0,{'0' * (-power - 1)}1"
        anchor = {_LOW: "start", _HIGH: "end"}.get(power, "middle")
        yield _text(at, _HEAD - 14, label, "discret", anchor)


def _comparison(case: Case, top: int) -> Iterator[str]:
    """Yield a row: what is compared, the ratio, a dot where it lies with its spread, a ring where it should be at most."""
    middle = top + 25
    title = case.title if case.group in _SAME else f"{case.title} : {case.other.label}"
    yield _text(_LEFT, top + 12, title, "texte")
    yield _text(_RIGHT, top + 12, french.number(case.ratio, 2), "texte valeur", "end")
    low, high = _at(min(case.ratios)), _at(max(case.ratios))
    yield f'<line class="trait" x1="{low}" x2="{high}" y1="{middle}" y2="{middle}" stroke-width="2"/>'
    if case.goal is not None:
        yield f'<circle class="but" cx="{_at(case.goal)}" cy="{middle}" r="6"/>'
    yield f'<circle class="point" cx="{_at(case.ratio)}" cy="{middle}" r="4"/>'


def _legend(height: int) -> Iterator[str]:
    yield f'<circle class="point" cx="{_LEFT + 4}" cy="{height - 18}" r="4"/>'
    yield _text(_LEFT + 14, height - 14, "médiane, trait : étendue", "discret")
    yield f'<circle class="but" cx="{_LEFT + 186}" cy="{height - 18}" r="6"/>'
    yield _text(_LEFT + 198, height - 14, "à atteindre, au plus", "discret")


def _at(ratio: float) -> float:
    """Return where a ratio lies from left to right; what is beyond the scale lies at its end."""
    place = (min(max(math.log10(ratio), _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
    return round(_LEFT + place * (_RIGHT - _LEFT), 1)


def _text(left: float, top: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{left}" y="{top}" text-anchor="{anchor}">{escape(text)}</text>'
