"""Files written from the code: `python -m tools.schemas` rewrites them, and a test fails when one is not current."""

from __future__ import annotations

import json
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from cst import contract
from cst.source import schema
from tests.support import ROOT

KINDS = (
    contract.Plan,
    contract.Verdict,
    contract.Entry,
    contract.Listing,
    contract.Graph,
    contract.Screening,
    contract.Known,
    contract.Faults,
    contract.Changes,
    contract.Import,
)
PLAIN: dict[Any, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


def contract_schema() -> str:
    """The JSON contract as JSON Schema: one definition for each shape, and any of the kinds at the top."""
    definitions: dict[str, Any] = {}
    tops = [_shape(kind, definitions) for kind in KINDS]
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What cst says with --json",
        "oneOf": tops,
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(whole, indent=2) + "\n"


def _required(shape: Any) -> list[str]:
    """The fields that are always there: `__required_keys__` does not see what annotations kept as text say."""
    hints = get_type_hints(shape, include_extras=True).items()
    return [name for name, hint in hints if get_origin(hint) is not NotRequired]


def _shape(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_typeddict(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            fields = {name: _shape(inner, definitions) for name, inner in get_type_hints(hint).items()}
            definitions[hint.__name__] = {
                "description": (hint.__doc__ or "").strip(),
                "type": "object",
                "properties": fields,
                "required": sorted(_required(hint)),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_shape(inner, definitions) for inner in arguments]}
    if origin is list:
        return {"type": "array", "items": _shape(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _shape(arguments[1], definitions)}
    return PLAIN.get(hint, {})


FILES = {
    "data/toolkit.schema.json": schema.published,
    "docs/cst.schema.json": contract_schema,
}

if __name__ == "__main__":
    for name, text in FILES.items():
        (ROOT / name).write_text(text(), encoding="utf-8")
        print(f"wrote {name}")
