"""JSON in a text column, from format 4 on: packed where that is shorter. What an older format wrote plainly is read as it is.

A packed text is `z1:` and the base64 of a zlib stream, whose checksum tells damage. Short texts share a dictionary.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final

# With the dictionary, for one row; without it, for what is long enough to need none.
_ROW: Final = "z1:"
_LONG: Final = "z0:"
# What no packing shortens.
_SHORT: Final = 48
# The window, as a power of two: a small one is made fast, and no row is longer than a few KB.
_WINDOW: Final = 12
# The words of sheets and operations, the commonest last. Part of format 4: what is written with it can be read with it alone,
# so it is never changed, whatever becomes of the schemas.
_WORDS: Final = (
    b'"date_creation":"","date_fin":"","raison_sociale":"","siret_hors_ue":"","motif":"","remplace":{"espaces":['
    b'"coordonnees_bancaires":[{"libelle":"","iban":"FR76","bic":"","par_defaut":false},'
    b'"/iban":"FR76","/bic":"","/par_defaut":false,"/email":"","/nom":"","/prenom":"","/date_debut":"20","/date_fin":"20",'
    b'"type":"compte-utilisateur","version":1,"informations_personnelles":{"ref":"","nom":"","prenom":"","email":""'
    b'"utilisateurs":[{"ref":"","role":"GESTIONNAIRE_SECONDAIRE"},{"ref":"","role":"UTILISATEUR_SIMPLE","habilitations":['
    b'{"/ref":"","/role":"GESTIONNAIRE_PRINCIPAL"}{"/ref":"","/role":"GESTIONNAIRE_SECONDAIRE"}'
    b'{"/ref":"","/role":"UTILISATEUR_SIMPLE","/habilitations":["'
    b'[{"path":"/","before":null,"after":""},{"path":"/adresse_postale/","before":"","after":"'
    b'{"/type_identifiant":"SIRET","/identifiant":"","/statut":"ACTIF","/libelle":"","/adresse_electronique":"",'
    b'"/recevoir_cycles_de_vie_edi":false,"/emetteur_flux_edi":false,"/demande_rattachement_active":true,'
    b'"/centre_gestion_agricole":false,"/structure_privee":false,"/comptabilite":"helios","/adresse_postale/adresse":"",'
    b'"/adresse_postale/complement_1":"","/adresse_postale/complement_2":"","/adresse_postale/code_postal":"",'
    b'"/adresse_postale/ville":"","/adresse_postale/pays":"France","/adresse_postale/telephone":"+33 ",'
    b'"/adresse_postale/fax":"+33 ","/parametres/reception_donnees_edi":false,'
    b'"/parametres/engagement_juridique_obligatoire":false,"/parametres/structure_avec_moa":false,'
    b'"/parametres/code_service_obligatoire":false,"/parametres/mise_en_paiement_non_remontee":false,'
    b'"/parametres/engagement_ou_code_service_obligatoire":false}'
    b'{"comptabilite":"helios","adresse_postale":{"adresse":"","complement_1":"","complement_2":"","code_postal":"",'
    b'"ville":"","pays":"France","telephone":"+33 ","fax":"+33 "},"parametres":{"reception_donnees_edi":false,'
    b'"engagement_juridique_obligatoire":false,"structure_avec_moa":false,"code_service_obligatoire":false,'
    b'"mise_en_paiement_non_remontee":false,"engagement_ou_code_service_obligatoire":false},"type":"fiche-structure",'
    b'"version":1,"informations_generales":{"type_identifiant":"SIRET","identifiant":"","statut":"ACTIF","libelle":"",'
    b'"adresse_electronique":"","recevoir_cycles_de_vie_edi":false,"emetteur_flux_edi":false,'
    b'"demande_rattachement_active":true,"centre_gestion_agricole":false,"structure_privee":false,"raison_sociale":""},'
    b'"services":[{"code":"FACTURES_PUBLIQUES","libelle":"Service des factures publiques","actif":true},{"code":"","libelle":"'
    b'"actif":true,"engagement_obligatoire":false},{"/code":"FACTURES_PUBLIQUES","/libelle":"Service des factures publiques",'
    b'"/actif":true}{"/code":"","/libelle":"","/actif":true,"/engagement_obligatoire":false}'
)


_PLAIN: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(value: object) -> str:
    """Return the text of a value that JSON can say."""
    text = _PLAIN.encode(value)
    if len(text) < _SHORT:
        return text
    maker = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, 5, zlib.Z_DEFAULT_STRATEGY, _WORDS)
    made = _text(_ROW, [maker.compress(text.encode(errors="surrogatepass")), maker.flush()])
    return made if len(made) < len(text) else text


def packed_stream(pieces: Iterable[bytes]) -> str:
    """Return the text of a value whose JSON comes in pieces: of a long one, its packed form alone is held."""
    maker = zlib.compressobj(6)
    return _text(_LONG, [*map(maker.compress, pieces), maker.flush()])


def unpacked(text: str) -> Any:
    """Return the value of a text, packed or plain. Raises ValueError for what is damaged."""
    if text.startswith(_ROW):
        return json.loads(_inflated(zlib.decompressobj(_WINDOW, _WORDS), text))
    if text.startswith(_LONG):
        return json.loads(_inflated(zlib.decompressobj(), text))
    return json.loads(text)


def packed_fields(fields: Iterable[Mapping[str, object]]) -> str:
    """Return the text of an operation's fields: those of a creation, where nothing was before, as values by path."""
    rows = [dict(row) for row in fields]
    values = {str(row["path"]): row["after"] for row in rows if _is_created(row)}
    return packed(values if rows and len(values) == len(rows) else rows)


def unpacked_fields(text: str) -> tuple[Mapping[str, Any], ...]:
    """Return an operation's fields. Raises ValueError, TypeError for what is damaged."""
    found = unpacked(text)
    if isinstance(found, dict) and found and all(path.startswith("/") for path in found):
        return tuple({"path": path, "before": None, "after": value} for path, value in found.items())
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise TypeError(type(found))
    return tuple(found)


def _is_created(row: Mapping[str, object]) -> bool:
    return row.keys() == {"path", "before", "after"} and row["before"] is None and str(row["path"]).startswith("/")


def _text(prefix: str, parts: Iterable[bytes]) -> str:
    return prefix + b64encode(b"".join(parts)).decode("ascii")


def _inflated(reader: Any, text: str) -> bytes:
    try:
        made: bytes = reader.decompress(b64decode(text[len(_ROW) :], validate=True))
    except zlib.error as error:
        raise ValueError(text[:20]) from error
    if not reader.eof or reader.unused_data:
        raise ValueError(text[:20])
    return made
