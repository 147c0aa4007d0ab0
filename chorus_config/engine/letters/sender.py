"""Whoever signs a letter: the principal manager, with the structure that they speak for, as far as sheet and account say."""

from __future__ import annotations

from chorus_config.engine.letters.situation import Situation, block, has_siret, text
from chorus_config.model.letter import Sender


def sender_of(situation: Situation, root: str, ref: str, *, holds: bool) -> Sender:
    """Return the sender for a structure (`root`, "" for none) and the reference of its principal manager ("" for none), "
    "who `holds` that role already or not."""
    body = situation.sheets.get(root, {})
    own, address = situation.own(root), block(body, "adresse_postale")
    account = situation.sheets.get(f"comptes/{ref}", {})
    person = situation.account(ref)
    return Sender(
        root=root,
        label=text(own, "libelle"),
        legal_name=text(own, "raison_sociale"),
        address=situation.address_lines(root),
        telephone=text(address, "telephone"),
        mailbox=text(own, "adresse_electronique"),
        person=situation.person(ref),
        holds=holds,
        has_siret=has_siret(own),
        person_telephone=text(block(account, "adresse_postale"), "telephone"),
        person_mailbox=text(person, "adresse_electronique_contact"),
    )
