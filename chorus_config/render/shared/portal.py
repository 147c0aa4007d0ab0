"""The screens of Chorus Pro, of 2016 and of today: the one table that every gesture is told from.

A screen is a block that somebody fills in, with its fields in the order in which they stand there. Each field that the schemas
know to be on a portal stands on one screen of it (tests/render/shared/test_portal.py).

Sources: the guide of 2016; AIFE, « Gérer les structures », « Gérer votre structure et ses utilisateurs », « Évolution des rôles
d'utilisateurs », « Mon compte », page on the PIGP, « domaine Organisation »; DGFiP and AIFE, external specifications v3.1. What
none of them shows is said to be unverified.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, Literal

from msgspec import Struct

from chorus_config.i18n.translator import _

# The day of the portal of today.
RENEWED: Final = date(2023, 2, 21)
_LAST: Final = date(2023, 2, 20)
# A second factor for everybody.
SECOND_FACTOR: Final = date(2024, 9, 18)

# What a source shows: path and labels; the path alone (the labels are then those of 2016); neither.
Certainty = Literal["documented", "path", "unverified"]
# How a field stands on a screen: to be filled in; the same, where no source shows it; shown and greyed; to be asked for by a
# request of its own; told by the person, since the project's own name for it is not there.
Kind = Literal["entry", "unsourced", "greyed", "asked", "person"]


class Step(Struct, frozen=True):
    """One step of a way: a label that is clicked on, or (`is_label` false) a message of ours; `{root}` is filled in."""

    text: str
    is_label: bool = True


class PortalField(Struct, frozen=True):
    """A field on a screen, by its JSON Pointer inside the resource; its label there is the schema's title.

    `effect` is a value, and what suppliers meet once it is set.
    """

    path: str
    kind: Kind = "entry"
    effect: tuple[object, str] | None = None


class Screen(Struct, frozen=True):
    """A block of the portal, the way to it, and what whoever stands before it must know.

    `group` is that of the addresses that it is about ("" the structure itself). `way` is walked one step after the other.
    `alone` says what must not be touched, `answer` what the portal does then, `undo` how it is taken back. `source` is
    where the way stands. `published` says that the national directory repeats what stands there.
    """

    name: str
    group: str
    block: str
    way: tuple[Step, ...]
    fields: tuple[PortalField, ...]
    certainty: Certainty
    source: str
    alone: str
    answer: str
    undo: str
    since: date = date.min
    until: date = date.max
    published: bool = False

    def is_of(self, day: date) -> bool:
        """Tell whether it is a screen of the portal of a day."""
        return self.since <= day <= self.until


def _fields(*paths: str, kind: Kind = "entry") -> tuple[PortalField, ...]:
    return tuple(PortalField(path, kind) for path in paths)


def _postal(block: str) -> tuple[PortalField, ...]:
    names = ("adresse", "complement_1", "complement_2", "code_postal", "ville", "pays", "telephone", "fax")
    return _fields(*(f"{block}/{name}" for name in names))


_IDENTITY: Final = (
    *_fields("/raison_sociale", "/type_identifiant", "/identifiant", "/date_creation", "/statut", kind="greyed"),
    *_fields(
        "/libelle", "/adresse_electronique", "/recevoir_cycles_de_vie_edi", "/emetteur_flux_edi",
        "/demande_rattachement_active", "/centre_gestion_agricole", "/structure_privee",
    ),
)  # fmt: skip
_NO_SUPPLIER: Final = _("no supplier will reach any address of this structure any more")
_TELL_FIRST: Final = _("suppliers must be told first: `chorus-config notice --changes` writes what to send them")
_STATUS_FIELD: Final = (PortalField("/statut", "asked", ("INACTIF", _NO_SUPPLIER)),)
_BANK: Final = _fields("/libelle", "/iban", "/bic")
_SERVICE: Final = (
    *_fields("/code", "/libelle", "/description", "/actif", "/date_debut", "/date_fin"),
    PortalField("/engagement_obligatoire", effect=(True, _TELL_FIRST)),
    *_postal("/adresse_postale"),
)
_BOXES: Final = (
    *_fields("/parametres/reception_donnees_edi"),
    PortalField("/parametres/engagement_juridique_obligatoire", effect=(True, _TELL_FIRST)),
    *_fields("/parametres/structure_avec_moa"),
    PortalField("/parametres/code_service_obligatoire", effect=(True, _TELL_FIRST)),
    *_fields("/parametres/mise_en_paiement_non_remontee"),
    PortalField("/parametres/engagement_ou_code_service_obligatoire", effect=(True, _TELL_FIRST)),
)
_WORKS_ONLY: Final = (PortalField("/parametres/moa_uniquement", "unsourced", (True, _NO_SUPPLIER)),)
_USER: Final = (*_fields("/ref", kind="person"), *_fields("/role"))
_PERSON: Final = _fields("/adresse_electronique_contact", "/nom", "/prenom")
_ACCOUNT_GREYED: Final = _fields(
    *(
        f"/parametres/{name}"
        for name in ("date_creation", "date_reactivation", "date_desactivation", "etat", "date_modification")
    ),
    kind="greyed",
)

# Ways

_PENCIL: Final = Step(_("the pencil on the line {root}"), is_label=False)
_ROOT: Final = Step("{root}", is_label=False)
_NAME: Final = Step(_("your name"), is_label=False)
_NO_WAY: Final = Step(_("no screen: it is asked of the comptable public (Hélios) or of the support"), is_label=False)


def _clicks(*labels: str) -> tuple[Step, ...]:
    return tuple(map(Step, labels))


_SHEET_2016: Final = (*_clicks("Activités du Gestionnaire", "Mes structures"), _PENCIL)
_STRUCTURES: Final = _clicks("Organisation", "Structures", "Gérer une structure")
_SHEET: Final = (*_STRUCTURES, Step("Modifier"), _ROOT)
_STATUS: Final = (*_STRUCTURES, Step(_("« Activer » or « Désactiver »"), is_label=False), _ROOT)
_USERS: Final = (*_clicks("Organisation", "Utilisateurs"), _ROOT)
_ACCOUNT_2016: Final = _clicks("Mon Compte")
_ACCOUNT: Final = (_NAME, Step("Mon compte"))
_GUIDE: Final = _("guide 2016")
_AIFE_SHEET: Final = _("AIFE, « Gérer les structures » and « Gérer votre structure et ses utilisateurs »")
_AIFE_USERS: Final = _("AIFE, « Gérer votre structure et ses utilisateurs » and « domaine Organisation »")
_AIFE_ACCOUNT: Final = _("AIFE, « Mon compte »")

# What is left alone, what follows, how it is taken back

_ONLY_THESE: Final = _("every other field of this screen stays as it is")
_ALONE_IDENTITY: Final = _(
    "« Raison sociale », « Type identifiant », « Identifiant » and « Statut » are greyed: nothing is entered there; every "
    "other field stays as it is"
)
_ALONE_BANK: Final = _(
    "only for a structure that deposits invoices outside Hélios: the others leave this block empty; compare the whole IBAN "
    "with the bank's document, since it is masked here"
)
_ALONE_SERVICES: Final = _("FACTURES_PUBLIQUES is never changed nor removed, nor any service that is not named here")
_ALONE_USERS_2016: Final = _("only the role can be changed; the persons come from Hélios")
_ALONE_USERS: Final = _(
    "the line of the principal manager, unless this page names it: the role is handed on by whoever has it, never taken away"
)
_ALONE_SPACES: Final = _("« Mon Compte », « Factures émises » and « Factures reçues » are open by default: they stay")
_ALONE_BOXES: Final = _(
    "every box that is not named here: what suppliers must give, and which invoices arrive at all, depends on them"
)
_ALONE_ACCOUNT_2016: Final = _(
    "« Mes rattachements aux structures » and « Mes abonnements aux espaces », which Hélios fills in, and « Pièces jointes », "
    "which is not your concern"
)
_ALONE_ACCOUNT: Final = _("« Mes rattachements » and « Mes habilitations »: the principal manager sets them")

_READ_AGAIN: Final = _(
    "what the portal shows then is not documented; open the screen again, and tick only what stands there as it does here"
)
_REQUESTED: Final = _(
    "who is attached, and with which habilitations, may stay pending until it is accepted (menu « Approbations »): tick it "
    "once the person is listed"
)
# What a screen's fields mean beyond it, since the directory is open.
PUBLISHED: Final = _(
    "the national directory, and with it every supplier's software, follows the next day at the earliest (delay not verified)"
)
_ANSWERED: Final = _("the answer comes later: tick it once the structure is shown with its new status")
_ASKED_BACK: Final = _("ask for the other status in the same way")
_FORMER_VALUE: Final = _(
    "enter the former value again: it stands on the left of the arrow; where there is none, note what the screen shows first"
)
_UNDO_SERVICE: Final = _(
    "untick « Service actif » of a service that was added by mistake, and tick it again on one that was closed; whether the "
    "portal deletes a service is not verified"
)
_UNDO_USER: Final = _("detach who was attached by mistake, attach who was detached; set the former role or habilitation again")
_UNDO_USER_2016: Final = _("set the former role again")
_UNDO_SPACE: Final = _("close what was opened, open what was closed")
_UNDO_BANK: Final = _("remove the line that was added, enter the former one again; how today's screen does it is not verified")

SCREENS: Final = (
    # The portal of the guide.
    Screen("2016-identity", "", "Informations générales", _SHEET_2016, _IDENTITY, "documented", _GUIDE,
           _ALONE_IDENTITY, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    Screen("2016-status", "", "Statut", (_NO_WAY,), _STATUS_FIELD, "documented", _GUIDE,
           _ONLY_THESE, _ANSWERED, _ASKED_BACK, until=_LAST),
    Screen("2016-address", "", "Adresse postale du siège", _SHEET_2016, _postal("/adresse_postale"), "documented", _GUIDE,
           _ONLY_THESE, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    Screen("2016-bank", "coordonnees_bancaires", "Coordonnées bancaires", _SHEET_2016, _BANK, "path", _GUIDE,
           _ALONE_BANK, _READ_AGAIN, _UNDO_BANK, until=_LAST),
    Screen("2016-services", "services", "Services", _SHEET_2016, _SERVICE, "path", _GUIDE,
           _ALONE_SERVICES, _READ_AGAIN, _UNDO_SERVICE, until=_LAST),
    Screen("2016-spaces", "espaces", "Espaces", _SHEET_2016, _fields("/nom"), "path", _GUIDE,
           _ALONE_SPACES, _READ_AGAIN, _UNDO_SPACE, until=_LAST),
    Screen("2016-users", "utilisateurs", "Utilisateurs rattachés à la structure", _SHEET_2016,
           (*_USER, *_fields("/services", "/espaces")), "path", _GUIDE,
           _ALONE_USERS_2016, _READ_AGAIN, _UNDO_USER_2016, until=_LAST),
    Screen("2016-settings", "", "Paramètres", _SHEET_2016, (*_BOXES, *_WORKS_ONLY), "documented", _GUIDE,
           _ALONE_BOXES, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    Screen("2016-account-person", "comptes", "Mes informations personnelles", _ACCOUNT_2016, _PERSON, "documented", _GUIDE,
           _ALONE_ACCOUNT_2016, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    Screen("2016-account-address", "comptes", "Adresse postale", _ACCOUNT_2016, _postal("/adresse_postale"), "documented",
           _GUIDE, _ALONE_ACCOUNT_2016, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    Screen("2016-account-settings", "comptes", "Mes paramètres", _ACCOUNT_2016,
           (*_ACCOUNT_GREYED, *_fields("/parametres/langue", "/parametres/recevoir_notifications"),
            *_fields("/rattachements", "/abonnements", "/pieces_jointes", kind="greyed")),
           "documented", _GUIDE, _ALONE_ACCOUNT_2016, _READ_AGAIN, _FORMER_VALUE, until=_LAST),
    # The portal of today: the ways are documented, the blocks are named as in 2016.
    Screen("identity", "", "Informations générales", _SHEET, _IDENTITY, "path", _AIFE_SHEET,
           _ALONE_IDENTITY, _READ_AGAIN, _FORMER_VALUE, since=RENEWED),
    Screen("status", "", "Statut", _STATUS, _STATUS_FIELD, "path", _AIFE_SHEET,
           _ONLY_THESE, _ANSWERED, _ASKED_BACK, since=RENEWED, published=True),
    Screen("address", "", "Adresse postale du siège", _SHEET, _postal("/adresse_postale"), "path", _AIFE_SHEET,
           _ONLY_THESE, _READ_AGAIN, _FORMER_VALUE, since=RENEWED, published=True),
    Screen("bank", "coordonnees_bancaires", "Coordonnées bancaires", _SHEET, _BANK, "unverified", _AIFE_SHEET,
           _ALONE_BANK, _READ_AGAIN, _UNDO_BANK, since=RENEWED),
    Screen("services", "services", "Services", _SHEET, _SERVICE, "path", _AIFE_SHEET,
           _ALONE_SERVICES, _READ_AGAIN, _UNDO_SERVICE, since=RENEWED, published=True),
    Screen("users", "utilisateurs", "Utilisateurs rattachés à la structure", _USERS,
           (*_USER, *_fields("/habilitations", "/services")), "path", _AIFE_USERS,
           _ALONE_USERS, _REQUESTED, _UNDO_USER, since=RENEWED),
    Screen("settings", "", "Paramètres", _SHEET, (*_BOXES, *_WORKS_ONLY), "path", _AIFE_SHEET,
           _ALONE_BOXES, _READ_AGAIN, _FORMER_VALUE, since=RENEWED, published=True),
    Screen("account-person", "comptes", "Mes informations personnelles", _ACCOUNT, _PERSON, "path", _AIFE_ACCOUNT,
           _ALONE_ACCOUNT, _READ_AGAIN, _FORMER_VALUE, since=RENEWED),
    Screen("account-address", "comptes", "Adresse postale", _ACCOUNT, _postal("/adresse_postale"), "unverified", _AIFE_ACCOUNT,
           _ALONE_ACCOUNT, _READ_AGAIN, _FORMER_VALUE, since=RENEWED),
    Screen("account-settings", "comptes", "Mes paramètres", _ACCOUNT,
           (*_ACCOUNT_GREYED, *_fields("/parametres/langue", "/parametres/notifications"),
            *_fields("/rattachements", "/abonnements", "/pieces_jointes", kind="greyed")),
           "path", _AIFE_ACCOUNT, _ALONE_ACCOUNT, _READ_AGAIN, _FORMER_VALUE, since=RENEWED),
)  # fmt: skip


class AccessStep(Struct, frozen=True):
    """One step of coming in for the first time, on the portals from `since` to `until`."""

    text: str
    since: date = date.min
    until: date = date.max


# Sources: guide 2016; AIFE, « Premiers pas », « Administrer les structures publiques et les comptes utilisateurs », page on the
# PIGP, « double authentification ».
ACCESS: Final = (
    AccessStep(_("At Hélios, your account was made by itself, from your Hélios account: sign in at the Portail de la DGFiP as "
                 "usual. Outside Hélios, how one comes in is not in the guide: ask the support."), until=_LAST),
    AccessStep(_("There, choose Chorus Pro. The first time, the page of your account opens by itself; later, click on "
                 "« Mon Compte »."), until=_LAST),
    AccessStep(_("Check your contact address and tick « Recevoir des notifications » first: without them nobody is told of an "
                 "invoice."), until=_LAST),
    AccessStep(_("Your account: the manager of a local body comes in through the PIGP (Portail internet de la gestion "
                 "publique), for which the « correspondant dématérialisation » of the DGFiP opens the access: ask the "
                 "comptable public. "
                 "Everybody else makes their account directly on Chorus Pro."), since=RENEWED),
    AccessStep(_("Sign in: from the PIGP, Chorus Pro opens without you being signed in, click on « Se connecter », no second "
                 "password is asked for; all others sign in on Chorus Pro itself."), since=RENEWED),
    AccessStep(_("Have the means of your second factor at hand: it is asked of everybody since 18 September 2024."),
               since=SECOND_FACTOR),
    AccessStep(_("Your account must be attached to the structure: its principal manager accepts that (menu « Approbations »). "
                 "Then click on your name, « Mes rattachements »: the structure is listed."), since=RENEWED),
)  # fmt: skip


@cache
def screen_of(group: str, path: str, day: date, *, checked: bool = False) -> Screen | None:
    """Return the screen of the portal of a day on which a field is entered or, if `checked`, is read."""
    there = [
        (one, field) for one in SCREENS if one.group == group and one.is_of(day) for field in one.fields if _holds(field, path)
    ]
    entered = [] if checked else [one for one, field in there if field.kind != "greyed"]
    return next(iter((*entered, *(one for one, _field in there))), None)


def _holds(field: PortalField, path: str) -> bool:
    """Tell whether a path is a field, or inside it (a list is one field)."""
    return path == field.path or path.startswith(f"{field.path}/")


def access_steps(day: date) -> tuple[str, ...]:
    """Return the steps of coming in for the first time on the portal of a day, as message ids."""
    return tuple(step.text for step in ACCESS if step.since <= day <= step.until)


_EFFECTS: Final = {(one.group, field.path): field.effect for one in SCREENS for field in one.fields if field.effect}


def effect_of(group: str, path: str, value: object) -> str:
    """Return what suppliers meet once a field is set to a value, as a message id; "" for nothing."""
    set_to, message = _EFFECTS.get((group, path), (None, ""))
    return message if value is not None and value == set_to else ""
