"""Letters as one page: each on a sheet of its own, its letterhead left free; what to do beside it is not printed."""

from __future__ import annotations

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.letter import Letters
from chorus_config.render.letter.view import heading, left_out_note, named_structures, shown_letter
from chorus_config.render.shared.html import page, tied


def letters_html(letters: Letters, say: Translator) -> str:
    """Return all letters as a page."""
    pages = [say(_("One letter a page: what stands outside the sheets is not printed."))] if letters.letters else []
    return page(
        "letter.html.j2",
        lang=say.language,
        kind=say(_("Letters")),
        headline=tied(heading(letters, say)),
        tone="risky" if letters.letters else "good",
        facts=[*pages, *filter(None, [left_out_note(letters, say)])],
        reasons=[],
        letters=[(shown_letter(one, say), named_structures(one)) for one in letters.letters],
        labels={
            "before": say(_("Before you send it:")),
            "after": say(_("Once it is answered:")),
            "letterhead": say(_("Letterhead of the body")),
        },
        foot=[],
    )
