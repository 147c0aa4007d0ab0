"""CP018: a text was damaged on its way into the file.

Typographic quotation marks that became part of the value, one mark without its partner, letters read in another encoding
(`TrÃ©bourg`), pieces of a web page (`&eacute;`), no-break spaces where no blank, or a plain one, belongs. An error where the
field has a form (identifiers, telephone, e-mail, codes), a warning elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleContext, RuleTexts
from chorus_config.rules.judges.body import is_blank, joined_texts, texts_where
from chorus_config.rules.judges.traces import may_hold_damage

if TYPE_CHECKING:
    from chorus_config.rules.judges.damage import Damage

# Fields that hold names and sentences; all others of these lists have a form.
_NAMES: Final = frozenset({
    "raison_sociale", "libelle", "adresse", "complement_1", "complement_2", "ville", "pays", "nom", "prenom", "operateur",
    "langue", "espaces", "habilitations",
})  # fmt: skip
_PROSE: Final = frozenset({"description", "motif"})
# In these, what stands in the place of an odd blank is a plain one; the others hold none.
_WITH_BLANKS: Final = frozenset({"telephone", "fax", "iban", "code", "ref", "services"})
_FORMS: Final = _WITH_BLANKS | {
    "type_identifiant", "identifiant", "statut", "adresse_electronique", "adresse_electronique_contact", "code_postal", "bic",
    "role", "mode", "comptabilite", "date_creation", "date_debut", "date_fin", "le", "fiche", "regle", "jusqu_au", "echeance",
    "date_de_reference",
}  # fmt: skip

_SPACES: Final = {"\u00a0": _("a no-break space"), "\u202f": _("a narrow no-break space")}
_OTHER_SPACE: Final = _("a space of an unusual width")

TEXTS = RuleTexts(
    title=_("Text damaged on its way"),
    why=_(
        "What was pasted goes to the portal as it stands: suppliers do not find the name, and an identifier or a number with "
        "one foreign sign designates nobody."
    ),
    source=_("project advice, after what word processors, spreadsheets and mail programs do to texts"),
    messages={
        "": _('« {label} » is {value}: the quotation marks {found} are part of it; "{text}" was probably meant'),
        "stray": _('« {label} » is {value}: the quotation mark {found} has no partner; "{text}" was probably meant'),
        "encoding": _(
            '« {label} » is {value}: its letters were read in another encoding ({found}); "{text}" was probably meant'
        ),
        "entity": _('« {label} » is {value}: {found} comes from a web page; "{text}" was probably meant'),
        "lost": _("« {label} » is {value}: the sign {found} stands where a letter was lost"),
        "blank": _('« {label} » is {value}: {problem} ({found}) stands in it; "{text}" was probably meant'),
    },
    remedy=_("Write: `{quoted}`."),
    remedies={"lost": _("Type the value again.")},
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: “VALMONT”
  pays: "France"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each text of a sheet, an account or the project file that was damaged."""
    if not may_hold_damage(joined_texts(body) if context.texts is None else context.texts):
        return
    for path, text in texts_where(body, may_hold_damage):
        fault = None if is_blank(text) else _damaged(path, text)
        if fault is not None:
            yield fault


def _damaged(path: Path, text: str) -> Fault | None:
    """Return the fault of one text, None when it is as it was meant, or in a field whose texts nobody judges."""
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    form = key in _FORMS and path[-1] != "adresse"
    if not (form or key in _NAMES or key in _PROSE):
        return None
    from chorus_config.rules.judges.damage import damage  # noqa: PLC0415 - hardly any sheet is damaged

    found = damage(text, form=form, prose=key in _PROSE, blank=" " if key in _WITH_BLANKS else "")
    return None if found is None else _fault(path, text, found, form=form)


def _fault(path: Path, text: str, found: Damage, *, form: bool) -> Fault:
    args: dict[str, object] = {"value": text, "found": found.found, "text": found.meant}
    case = ("" if found.case == "around" else found.case) if found.meant else "lost"
    if case == "blank":
        args |= {"found": f"U+{ord(found.found):04X}", "problem": _SPACES.get(found.found, _OTHER_SPACE)}
    return Fault("CP018", path, case, args=args, level="error" if form else None)
