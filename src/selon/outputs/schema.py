"""The JSON Schema of the record, made from its types.

`python -m selon.outputs.schema > docs/record.schema.json` writes it where it is published.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from selon.types import Reading

VERSION = 1
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> dict[str, Any]:
    """The schema of a record, draft 2020-12. Within a version fields are added, never changed or removed."""
    (reading,), components = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    return {
        "$schema": _DIALECT,
        "$id": f"urn:selon:record:{VERSION}",
        "title": f"Selon record, version {VERSION}",
        "version": VERSION,
        **reading,
        "$defs": dict(sorted(components.items())),
    }


def schema_text() -> str:
    """The schema as it stands in `docs/record.schema.json`."""
    return msgspec.json.format(msgspec.json.encode(record_schema()), indent=2).decode("utf-8") + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
