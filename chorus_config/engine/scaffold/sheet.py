"""The first sheet: what was answered, each field with what a newcomer has to know, the rest ready to be taken up."""

from __future__ import annotations

from typing import Final

from chorus_config.engine.scaffold.comments import beside, comment, outside
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.scaffold import Answers
from chorus_config.yamltext.values import flow

# What stands where nobody gave the address yet: CP010 finds it.
_LATER: Final = "à compléter"
_NOWHERE: Final = "00000"


def sheet_path(answers: Answers) -> str:
    """Return where the sheet of a structure stands in a new project."""
    return f"structures/{answers.siret}.yaml"


def sheet_text(answers: Answers, say: Translator) -> str:
    """Return the text of the first sheet, with its comments in a language."""
    lines = [
        "# yaml-language-server: $schema=../schemas/fiche-structure.schema.json",
        *comment(
            say(
                _(
                    "The sheet of one structure (one budget, one SIRET), block by block as on the portal. What follows a # is "
                    "not read. A field that is not written is not managed: the portal keeps its value."
                )
            )
        ),
        "type: fiche-structure",
        "version: 1",
        *beside("comptabilite: helios", say(_("the public accountant keeps the books in Hélios; write autre if not"))),
        *_general(answers, say),
        *_address(answers, say),
        *_services(say),
        *_users(say),
        *_settings(say),
    ]
    return "".join(f"{line}\n" for line in lines)


def _general(answers: Answers, say: Translator) -> list[str]:
    label = answers.label or answers.name
    return [
        "informations_generales:",
        *beside(f"  raison_sociale: {flow(answers.name)}", say(_("for the record: INSEE's, never changed from here"))),
        "  type_identifiant: SIRET",
        *beside(f"  identifiant: {flow(answers.siret)}", say(_("check it on the « avis de situation » of INSEE"))),
        *beside(f"  libelle: {flow(label)}", say(_("the name by which suppliers search for it on the portal"))),
        *comment(say(_("The mailbox of a service, read during holidays too; never that of one person.")), 2),
        f"  adresse_electronique: {flow(answers.email)}",
        *comment(say(_("The status that the portal shows: ACTIF before suppliers send their invoices.")), 2),
        "  # statut: ACTIF",
    ]


def _address(answers: Answers, say: Translator) -> list[str]:
    return [
        "adresse_postale:",
        f"  adresse: {flow(answers.address or _LATER)}",
        f"  code_postal: {flow(answers.postal_code or _NOWHERE)}",
        f"  ville: {flow(answers.town or _LATER)}",
        '  pays: "France"',
        *beside('  # telephone: "+33 536490110"', say(_("in the international form"))),
    ]


def _services(say: Translator) -> list[str]:
    return [
        *comment(
            say(
                _(
                    "The services to which suppliers address their invoices. Most bodies need no other than "
                    "FACTURES_PUBLIQUES, which the portal makes. To manage them, take the # away below; the list is then "
                    "complete: a service of the portal that it lacks would be removed."
                )
            )
        ),
        *outside(
            [
                "services:",
                '  - code: "FACTURES_PUBLIQUES"',
                '    libelle: "Service des factures publiques"',
                "    actif: true",
                '  - code: "ST-TECH"',
                f"    libelle: {flow(say(_('Technical services')))}",
                "    actif: true",
            ]
        ),
    ]


def _users(say: Translator) -> list[str]:
    return [
        *comment(
            say(
                _(
                    "Who is attached to the structure, by the name of their account file (comptes/REF.yaml). One principal "
                    "manager, and somebody who can stand in for that person. This list, too, is complete."
                )
            )
        ),
        *outside(
            [
                "utilisateurs:",
                '  - ref: "gestionnaire"',
                "    role: GESTIONNAIRE_PRINCIPAL",
                '  - ref: "suppleance"',
                "    role: UTILISATEUR",
                '    habilitations: ["Organisation modification"]',
            ]
        ),
    ]


def _settings(say: Translator) -> list[str]:
    return [
        *comment(
            say(
                _(
                    "What suppliers must write on each invoice. A box that is ticked has every invoice without that mention "
                    "rejected: tell them first."
                )
            )
        ),
        *outside(
            ["parametres:", "  engagement_juridique_obligatoire: false", "  code_service_obligatoire: false"],
        ),
    ]
