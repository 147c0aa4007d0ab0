"""What letters are written from: the sheets, what is known of the portal, the open operations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Final

from msgspec import Struct, field

from chorus_config.diff.names import record_name
from chorus_config.i18n.translator import _
from chorus_config.model.letter import Blank, Recipient, Row, Said
from chorus_config.model.observed.public_lists import PublicLists
from chorus_config.model.operation import Operation
from chorus_config.model.project import Body
from chorus_config.model.project_entries import Member
from chorus_config.model.snapshot import Record
from chorus_config.render.shared.portal import RENEWED

PRINCIPAL: Final = "GESTIONNAIRE_PRINCIPAL"

# What is enclosed wherever a SIRET is asked for: for one, for several.
CERTIFICATE: Final = (
    _("the INSEE certificate (avis de situation) of the SIRET"),
    _("the INSEE certificate (avis de situation) of each SIRET"),
)


class Situation(Struct, frozen=True, dict=True):
    """A project on a day.

    `sheets` are the bodies of its sheets and accounts by root, else what is approved of them; `confirmed` is what is known to
    be on the portal, `observed` what a `source` says, on the day `seen_on` (None where it is not known). `missing` are the
    budgets of the portfolio that no sheet describes, `budgets` the whole portfolio with its names. `kind_asked` says that
    letters are wanted whether or not something calls for them, for the structures that `targets` name.
    """

    day: date
    sheets: Mapping[str, Body]
    operations: tuple[Operation, ...] = ()
    confirmed: Mapping[str, Body] = field(default_factory=dict)
    observed: Mapping[str, Body] = field(default_factory=dict)
    source: str = ""
    seen_on: date | None = None
    budgets: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    lists: PublicLists | None = None
    deadline: date | None = None
    members: tuple[Member, ...] = ()
    targets: tuple[str, ...] = ()
    kind_asked: bool = False

    @property
    def forced(self) -> bool:
        """Whether letters are wanted for structures that were named, whatever calls for them."""
        return self.kind_asked and bool(self.targets)

    @property
    def renewed(self) -> bool:
        """Whether the portal of today is meant, not that of the guide."""
        return self.day >= RENEWED

    def is_meant(self, root: str) -> bool:
        """Tell whether a structure is among those asked for."""
        return not self.targets or any(fnmatchcase(root, target) for target in self.targets)

    def structures(self) -> Iterator[str]:
        """Yield the structures asked for that have a sheet, in the order of the portfolio, then of their identifiants."""
        yield from (root for root in self.in_order if self.is_meant(root))

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """All structures that have a sheet, in the order of the portfolio, then of their identifiants."""
        found = [root for root in self.sheets if not root.startswith("comptes/")]
        place = {root: number for number, root in enumerate(self.budgets)}
        return tuple(sorted(found, key=lambda root: (place.get(root, len(place)), root)))

    def sender_root(self, root: str) -> str:
        """Return the structure that speaks for another (or itself): of the same SIREN, the first that has a sheet.

        A project without members is one house: its first structure speaks for the rest. "" where none can.
        """
        own = next((one for one in self.in_order if one[:9] == root[:9]), "")
        return own or ("" if self.members else next(iter(self.in_order), ""))

    @cached_property
    def open_at(self) -> Mapping[str, Operation]:
        """The open operations by address."""
        return {one.address: one for one in self.operations}

    def waiting(self, address: str, op: str, path: str = "") -> tuple[int, ...]:
        """Return the number of the open operation `op` at an address (on a field, where one is named), () for none."""
        operation = self.open_at.get(address)
        if operation is None or operation.op != op or (path and path not in operation.paths):
            return ()
        return (operation.id,)

    def is_known(self, root: str) -> bool:
        """Tell whether anything shows a structure or account on the portal: a source, a public list, what was confirmed."""
        listed = self.lists.of(root) if self.lists is not None else None
        return root in self.observed or root in self.confirmed or (listed is not None and listed.listed)

    def is_lacking(self, root: str) -> bool:
        """Tell whether a public list that has every structure of a body lacks this one."""
        listed = self.lists.of(root) if self.lists is not None else None
        return listed is not None and not listed.listed and self._lists_all(root)

    def _lists_all(self, root: str) -> bool:
        return self.lists is not None and (self.lists.complete or root[:9] in self.lists.whole)

    def to_check(self, operations: Collection[int]) -> bool:
        """Tell whether all that calls for a letter is operations that are to be checked on the portal first."""
        gestures = {one.gesture for one in self.operations if one.id in operations}
        return not self.forced and gestures == {"verify"}

    def on_portal(self, root: str) -> Body:
        """Return what is known of a structure on the portal: of a source where it speaks, else what was confirmed."""
        return self.observed.get(root) or self.confirmed.get(root) or {}

    def own(self, root: str) -> Mapping[str, Any]:
        """Return the block of a structure's own fields, as its sheet says."""
        return block(self.sheets.get(root, {}), "informations_generales")

    def recipient(self, root: str) -> Recipient:
        """Return who registers a structure: the comptable public where its accounts are kept in Hélios, else the support."""
        if self.is_private(root):
            return "support"
        accounting = self.sheets.get(root, {}).get("comptabilite", "helios")
        return "accountant" if accounting == "helios" else "support"

    def is_private(self, root: str) -> bool:
        """Tell whether a sheet says that a structure is no public body's: it is created on the portal, and not in Hélios."""
        return self.own(root).get("structure_privee") is True

    def former(self, root: str) -> str:
        """Return the SIRET that a sheet takes the place of, "" for none."""
        return text(block(self.sheets.get(root, {}), "remplace"), "identifiant")

    def name(self, root: str) -> str:
        """Return what people call a structure, "" for nothing."""
        body = self.sheets.get(root) or self.on_portal(root)
        named = (record_name(Record(root, body)) if body else "") or self.budgets.get(root, "")
        listed = self.lists.structures.get(root) if self.lists is not None else None
        return named or (listed.budget if listed is not None else "")

    def principal(self, root: str) -> str:
        """Return the reference of the principal manager that a sheet names, "" for none."""
        return principal_of(self.sheets.get(root, {}))

    def known_principal(self, root: str) -> str:
        """Return who is known to be the principal manager: of a source that reports users, else of what was confirmed."""
        return principal_of(self.observed.get(root, {})) or principal_of(self.confirmed.get(root, {}))

    def person(self, ref: str) -> str:
        """Return the name of whoever has an account, "" where neither a file nor the portal says it."""
        own = self.account(ref)
        return " ".join(filter(None, (text(own, "prenom"), text(own, "nom"))))

    def account(self, ref: str) -> Mapping[str, Any]:
        """Return what is known of whoever has an account, empty where nothing is."""
        root = f"comptes/{ref}"
        return block(self.sheets.get(root) or self.on_portal(root), "informations_personnelles")

    def person_rows(self, ref: str) -> tuple[str | Blank, ...]:
        """Return the lines that name whoever has an account: the name, the mailbox; what is not known is to be filled in."""
        what = Said(_("first name and name of {ref}"), {"ref": ref}) if ref else Said(_("first name and name"))
        mailbox = text(self.account(ref), "adresse_electronique_contact")
        return (self.person(ref) or Blank(what), *((mailbox,) if mailbox else ()))

    def address_lines(self, root: str) -> tuple[str, ...]:
        """Return the lines of the postal address of a structure, as they stand on a letter."""
        address = block(self.sheets.get(root, {}), "adresse_postale")
        lines = [text(address, key) for key in ("adresse", "complement_1", "complement_2")]
        lines.append(" ".join(filter(None, (text(address, "code_postal"), text(address, "ville")))))
        return tuple(filter(None, lines))

    def creation_rows(self, root: str) -> tuple[Row, ...]:
        """Return the rows that a structure is created with; what no sheet says is to be filled in."""
        telephone = text(block(self.sheets.get(root, {}), "adresse_postale"), "telephone")
        mailbox = text(self.own(root), "adresse_electronique")
        return (
            Row(Said(_("Postal address")), self.address_lines(root) or (Blank(Said(_("street, postcode, town"))),)),
            Row(Said(_("E-mail address")), (mailbox or Blank(Said(_("mailbox of the structure"))),)),
            Row(Said(_("Telephone number")), (telephone or Blank(Said(_("number of the structure"))),)),
            Row(Said(_("Principal manager")), self.person_rows(self.principal(root))),
        )

    def seen_rows(self, root: str) -> tuple[Row, ...]:
        """Return the row that says where a structure was seen so, none where no source was asked."""
        if root not in self.observed:
            return ()
        if self.seen_on is None:
            return (Row(Said(_("Seen")), (self.source,)),)
        return (Row(Said(_("Seen")), (Said(_("{day} ({source})"), {"day": self.seen_on, "source": self.source}),)),)

    def last_day(self, root: str) -> date | None:
        """Return the last day that counts for a structure, None for none, or when it is past."""
        own = next((one.deadline for one in self.members if one.deadline and root.startswith(one.siren)), None)
        deadline = own or self.deadline
        last = deadline - timedelta(days=1) if deadline is not None else None
        return last if last is not None and last >= self.day else None


def block(body: Body, name: str) -> Mapping[str, Any]:
    """Return a block of a body, empty where it is none."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def text(of: Mapping[str, Any], key: str) -> str:
    """Return a text on one line, "" where there is none."""
    value = of.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def has_siret(own: Mapping[str, Any]) -> bool:
    """Tell whether the identifiant of a structure is a SIRET, as its own fields say; most are."""
    return bool(own.get("type_identifiant", "SIRET") == "SIRET")


def entries(body: Body, name: str) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of a list of a body; what is no entry is left out."""
    found = body.get(name)
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list | tuple) else ()


def principal_of(body: Body) -> str:
    """Return the reference of the principal manager of a body, "" for none."""
    return next((text(one, "ref") for one in entries(body, "utilisateurs") if one.get("role") == PRINCIPAL), "")


def service_of(body: Body, code: str) -> Mapping[str, Any] | None:
    """Return a service of a body, None where its list lacks it or is not there."""
    return next((one for one in entries(body, "services") if one.get("code") == code), None)
