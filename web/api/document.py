"""The OpenAPI document: what FastAPI finds in the routes, with our words in the language that is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from engine.files import KINDS
from procedures.words import Lang, Words, say
from web.api.problem import KIND, TITLES
from web.api.shapes import Told

_ABOUT = say(
    "What officials do on the pages and on the command line, for programs: the same commands, the same rules, the same "
    "rights. Show a token in every request (quytrinh token create). Every command bears an Idempotency-Key: sent "
    "again under the same key it is done once, and answered as the first time. A case has a version (ETag); with "
    "If-Match a command is only done while the case is at that version. Instants are UTC. What goes wrong is told as a "
    "problem (RFC 9457) with a stable code."
)
_PARAMETERS: dict[str, Words] = {
    "Idempotency-Key": say("Names this command for ever: a repeat under the same key answers with the first result"),
    "If-Match": say("The version that the case must still have, as its ETag told"),
    "after": say("Begin behind this place: what `next` of the page before said"),
    "limit": say("How many at most"),
    "case": say("The code of a case"),
    "item": say("The number of the work within its case"),
    "number": say("The number of the file within its case"),
    "code": say("The code of a procedure"),
    "issue": say("The issue; without it the one that applies"),
    "procedure": say("Only of this procedure"),
    "standing": say("Only those that stand so"),
    "search": say("Part of a code or of a title, with or without accents"),
    "unit": say("Only of this unit and those below it"),
    "whose": say("One's own, or that of one's units"),
    "stands": say("Only what stands so"),
    "period": say("A year, quarter or month: 2026, 2026-Q1, 2026-03; without it the year"),
}
_TOKEN = say("A token of this agency, made by quytrinh token create; it speaks for one person")
_DONE = say("Done, or done before under the same key")
_READ = say("What was asked for")


def answers(statuses: Iterable[int], files: bool = False) -> dict[int | str, dict[str, Any]]:  # noqa: FBT001, FBT002
    """Return how a route answers when it is not as it should be; `files` says that what it gives is a file."""
    told = {"schema": {"$ref": "#/components/schemas/Told"}}
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": TITLES[status].into("en"), "content": {KIND: told}} for status in statuses
    }
    if files:
        binary = {"schema": {"type": "string", "format": "binary"}}
        kinds = sorted({one.type for one in KINDS.values()})
        found[200] = {"description": "", "content": dict.fromkeys(kinds, binary)}
    return found


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the part of an operation that tells of its body."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def written(routes: Sequence[BaseRoute], words: Mapping[str, Words], lang: Lang) -> dict[str, Any]:
    """Return the document in a language; `words` say what each operation does, by its id."""
    title = say("quytrinh: the HTTP API").into(lang)
    found = get_openapi(title=title, version=version("quytrinh"), description=_ABOUT.into(lang), routes=routes)
    parts = found["components"]
    parts["schemas"]["Told"] = Told.model_json_schema(ref_template="#/components/schemas/{model}")
    parts["schemas"].update(parts["schemas"]["Told"].pop("$defs", {}))
    parts["schemas"].pop("HTTPValidationError", None)
    parts["schemas"].pop("ValidationError", None)
    parts["securitySchemes"]["token"]["description"] = _TOKEN.into(lang)
    for path in found["paths"].values():
        for operation in path.values():
            _say(operation, words, lang)
    return found


def _say(operation: dict[str, Any], words: Mapping[str, Words], lang: Lang) -> None:
    operation["summary"] = words[operation["operationId"]].into(lang)
    operation.pop("description", None)
    for one in operation.get("parameters", ()):
        _without_null(one)
        if one["name"] in _PARAMETERS:
            one["description"] = _PARAMETERS[one["name"]].into(lang)
    for status, answer in operation["responses"].items():
        fault = TITLES.get(int(status))
        answer["description"] = (fault or (_DONE if "requestBody" in operation else _READ)).into(lang)


def _without_null(parameter: dict[str, Any]) -> None:
    """Let an optional parameter be left out: an address or a header cannot say null."""
    schema = parameter["schema"]
    told = [one for one in schema.pop("anyOf", ()) if one.get("type") != "null"]
    if len(told) == 1:
        parameter["schema"] = {**told[0], **schema}
