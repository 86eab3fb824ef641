"""JSON Schemas of the definition language, one for each vocabulary, for editors that suggest and check while typing."""

from typing import Any

from procedures import vocabulary
from procedures.grammar import GRAMMAR, REQUIRED, Shape
from procedures.words import Lang

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Containers of a definition; the others belong to the organisation files.
_ELSEWHERE = frozenset({"unit", "person", "post", "mandate"})
#: A step leads on in exactly one of these ways.
_WAYS_ON = ("to", "outcomes", "fork", "first_of", "end")
_TITLES = {"vi": "Quy trình", "en": "Procedure"}


def schema(lang: Lang) -> dict[str, Any]:
    """Return the schema (draft 2020-12) of definitions with keys in `lang`.

    Editors read YAML scalars as numbers and the like, the loader reads all of them as text: a text may be any scalar.
    """
    inner = [container for container in GRAMMAR if container != "root" and container not in _ELSEWHERE]
    return {
        "$schema": DIALECT,
        "$id": f"urn:quytrinh:definition:{lang}",
        "title": _TITLES[lang],
        **_container("root", lang),
        "$defs": {container: _container(container, lang) for container in inner},
    }


def _container(container: str, lang: Lang) -> dict[str, Any]:
    described = {
        spelling: {"description": word.description(lang)} | _shape(GRAMMAR[container][word.id], lang)
        for spelling, word in vocabulary.spellings(container, lang).items()
    }
    needed = [vocabulary.key(container, id_, lang) for id_ in REQUIRED.get(container, ())]
    found: dict[str, Any] = {"type": "object", "properties": described, "additionalProperties": False}
    if needed:
        found["required"] = needed
    if container == "step":
        found["oneOf"] = [{"required": [vocabulary.key("step", id_, lang)]} for id_ in _WAYS_ON]
    return found


def _shape(shape: Shape, lang: Lang) -> dict[str, Any]:
    ways: list[dict[str, Any]] = []
    if shape.values:
        ways.append({"enum": list(shape.values)})
    elif shape.text:
        ways.append({"type": ["string", "number", "boolean"]})
    if shape.items is not None:
        ways.append({"type": "array", "items": _shape(shape.items, lang)})
    if shape.names is not None:
        ways.append({"type": "object", "additionalProperties": _shape(shape.names, lang)})
    if shape.block is not None:
        ways.append({"$ref": f"#/$defs/{shape.block}"})
    return ways[0] if len(ways) == 1 else {"anyOf": ways}
