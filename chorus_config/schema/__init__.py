"""Floor 1: the JSON Schemas, which own the shape of every document; jsonschema-rs accepts, jsonschema explains."""

from __future__ import annotations
