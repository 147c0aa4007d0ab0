"""The shapes of the directory API, made from what public client code sends and reads: what the simulator is held to."""

from __future__ import annotations

from typing import Any, Final

_ANY: Final = {"type": "string"}
_TEXT: Final = {"type": "string", "minLength": 1}
_SIREN: Final = {"type": "string", "pattern": "^[0-9]{9}$"}
_SIRET: Final = {"type": "string", "pattern": "^[0-9]{14}$"}
_FLAG: Final = {"type": "boolean"}
_CRITERION: Final = {
    "type": "object",
    "required": ["op", "value"],
    "properties": {"op": {"enum": ["strict", "contains"]}, "value": _TEXT},
    "additionalProperties": False,
}
_ADDRESS: Final = {
    "type": "object",
    "properties": {
        "addressLine1": _ANY,
        "addressLine2": _ANY,
        "addressLine3": _ANY,
        "postalCode": _ANY,
        "locality": _ANY,
        "countrySubdivision": _ANY,
        "countryName": _ANY,
        "countryCode": {"type": "string", "pattern": "^[A-Z]{2}$"},
    },
    "additionalProperties": False,
}
_ESTABLISHMENT: Final = {
    "type": "object",
    "required": ["siret", "siren", "name", "administrativeStatus"],
    "properties": {
        "siret": _SIRET,
        "siren": _SIREN,
        "name": _TEXT,
        "administrativeStatus": {"enum": ["A", "C"]},
        "address": _ADDRESS,
        "b2gAdditionalData": {
            "type": "object",
            "properties": {
                "pm": _FLAG,
                "pmOnly": _FLAG,
                "managesPaymentStatus": _FLAG,
                "managesLegalCommitmentCode": _FLAG,
                "managesLegalCommitmentOrServiceCode": _FLAG,
                "serviceCodeStatus": _FLAG,
            },
            "additionalProperties": False,
        },
    },
}
_ROUTING_CODE: Final = {
    "type": "object",
    "required": ["siret", "routingIdentifier", "routingIdentifierType"],
    "properties": {
        "siret": _SIRET,
        "routingIdentifier": {**_TEXT, "maxLength": 100},
        "routingIdentifierType": {"type": "string", "pattern": "^[0-9]{4}$"},
        "routingCodeName": {"type": "string", "maxLength": 100},
        "administrativeStatus": {"enum": ["A", "C"]},
        "managesLegalCommitmentCode": _FLAG,
        "address": _ADDRESS,
    },
}
_LINE: Final = {
    "type": "object",
    "required": ["addressingIdentifier", "siren"],
    "properties": {
        "addressingIdentifier": {"type": "string", "pattern": "^[0-9]{9}(_.+)?$", "maxLength": 125},
        "siren": _SIREN,
        "siret": _SIRET,
        "addressingSuffix": _TEXT,
        "directoryLineStatus": {"enum": ["Upcoming", "Enabled", "Disabled"]},
        "routingCode": _ROUTING_CODE,
        "platform": {
            "type": "object",
            "properties": {"platformType": {"enum": ["WK", "DFH"]}, "platformStatus": _TEXT},
        },
    },
}


def _page(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["results"],
        "properties": {"totalNumberOfResults": {"type": "integer"}, "results": {"type": "array", "items": entry}},
    }


SEARCH: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["filters", "limit", "ignore"],
    "properties": {
        "filters": {
            "type": "object",
            "minProperties": 1,
            "properties": {"siren": _CRITERION, "siret": _CRITERION},
            "additionalProperties": False,
        },
        "sorting": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "sortingOrder"],
                "properties": {"field": _TEXT, "sortingOrder": {"enum": ["ascending", "descending"]}},
                "additionalProperties": False,
            },
        },
        "fields": {"type": "array", "items": _TEXT},
        "include": {"type": "array", "items": {"const": "routingCode"}},
        "limit": {"type": "integer", "minimum": 1, "maximum": 100},
        "ignore": {"type": "integer", "minimum": 0},
    },
    "additionalProperties": False,
}
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "/siret/code-insee": _ESTABLISHMENT,
    "/siren/code-insee": {
        "type": "object",
        "required": ["siren", "entityType", "administrativeStatus"],
        "properties": {
            "siren": _SIREN,
            "businessName": _TEXT,
            "entityType": {"enum": ["Public", "PrivateVatRegistered"]},
            "administrativeStatus": {"enum": ["A", "C"]},
        },
    },
    "/siret/search": _page(_ESTABLISHMENT),
    "/routing-code/search": _page(_ROUTING_CODE),
    "/directory-line/search": _page(_LINE),
    "not found": {
        "type": "object",
        "required": ["errorCode", "errorMessage"],
        "properties": {"errorCode": {"const": "NOT_FOUND"}, "errorMessage": _TEXT},
    },
}
