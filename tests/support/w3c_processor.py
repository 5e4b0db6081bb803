"""An independent JSON-LD processor, which knows the W3C's context and asks nobody for others.

`anno.jsonld` is the context that stands at http://www.w3.org/ns/anno.jsonld. Copyright © 2017
W3C (MIT, ERCIM, Keio, Beihang), under the W3C Software and Document License.
"""

import json
from pathlib import Path
from typing import Any

from pyld import jsonld

from annotations.core.w3c import ANNO, CONTEXT

_CONTEXT = json.loads(
    (Path(__file__).parent / "anno.jsonld").read_text(encoding="utf-8")
)


def expand(document: dict[str, Any]) -> dict[str, Any]:
    (node,) = jsonld.expand(document, {"documentLoader": _load})
    return dict(node)


def compact(document: dict[str, Any]) -> dict[str, Any]:
    """Say again, in our context, all that a processor understood."""
    return dict(jsonld.compact(document, CONTEXT, {"documentLoader": _load}))


def triples(document: dict[str, Any]) -> list[str]:
    """Return the RDF that a document is, a statement each."""
    written: str = jsonld.to_rdf(
        document, {"documentLoader": _load, "format": "application/n-quads"}
    )
    return written.splitlines()


def _load(address: str, _options: Any = None) -> dict[str, Any]:
    assert address == ANNO, f"the tests fetch nothing from {address}"
    return {"contextUrl": None, "documentUrl": address, "document": _CONTEXT}
