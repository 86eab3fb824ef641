"""Giving commands for a program: one handler for each class of command, made from the class."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, File, Header, Path, Request, Response, UploadFile
from fastapi import Form as FormField
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from engine.commands import AnyCommand, AttachFile
from engine.commands.files import NAME
from engine.files import judge
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.life import StaleVersion
from engine.salts import fresh_salt
from procedures.text import nfc
from procedures.words import say
from web.api.gate import Acts, refused
from web.api.orders import Body, Order, body_of
from web.api.problem import Problem
from web.api.shapes import Outcome
from web.api.telling import outcome, since
from web.giving import give
from web.reading import held
from web.visit import Visit

#: How the id of a case is written.
CASE = "^[A-Z]{1,12}-[0-9]{4}-[0-9]{4,9}$"
#: The largest number of a work item, a file, an issue.
MOST = 2**31 - 1
CaseId = Annotated[str, Path(pattern=CASE, examples=["HS-2026-0001"])]
Key = Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{1,100}$")]
IfMatch = Annotated[str | None, Header(alias="If-Match", pattern='^"[0-9]{1,9}"$')]


async def read_body(request: Request) -> bytes:
    """Return the body as it came; raises Problem when it is not said to be JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, say("the body must be application/json"))
    return await request.body()


Sent = Annotated[bytes, Depends(read_body)]
_File = tuple[UploadFile, str | None]


def read_file(file: Annotated[UploadFile, File()], form: Annotated[str | None, FormField()] = None) -> _File:
    """Return a file that was sent, and which form or result of the step it is said to be."""
    return file, form


SentFile = Annotated[_File, Depends(read_file)]


def opening(order: Order) -> Callable[..., Outcome]:
    """Return the handler that opens a case."""
    model = body_of(order)

    def handler(visit: Acts, key: Key, sent: Sent, answer: Response) -> Outcome:
        told = _read(model, sent)
        came = _give(visit, _made(order, visit, key, told), answer)
        answer.headers["Location"] = f"/api/v1/cases/{came.case}"
        return came

    return handler


def ordering(order: Order) -> Callable[..., Outcome]:
    """Return the handler that gives a command to a case."""
    model = body_of(order)

    def handler(case: CaseId, visit: Acts, key: Key, sent: Sent, answer: Response, expected: IfMatch = None) -> Outcome:
        told = _read(model, sent)
        held(visit, case)  # of what one may not read, nothing is told
        return _give(visit, _made(order, visit, key, told, case=case, **_seen(expected)), answer)

    return handler


def attaching() -> Callable[..., Any]:
    """Return the handler that attaches a file to open work."""

    async def handler(
        case: CaseId,
        item: Annotated[int, Path(ge=1, le=MOST)],
        visit: Acts,
        key: Key,
        sent: SentFile,
        answer: Response,
        expected: IfMatch = None,
    ) -> Outcome:
        return await run_in_threadpool(_attach, visit, case, item, key, sent, answer, expected)

    return handler


def _attach(
    visit: Visit, case: str, item: int, key: str, sent: _File, answer: Response, expected: str | None
) -> Outcome:
    file, form = sent
    held(visit, case)
    judged = judge(nfc(file.filename or ""), file.file)
    if isinstance(judged, Refusal):
        raise refused(visit, judged)
    visit.agency.files.put(file.file, judged.digest)
    command = AttachFile(
        id=_id(visit, key),
        actor=visit.person or "",
        case=case,
        item=item,
        form=None if form is None else nfc(form).strip(),
        digest=judged.digest,
        size=judged.size,
        type=judged.type,
        fields={NAME: judged.name},
        salt=fresh_salt(),
        **_seen(expected),
    )
    return _give(visit, command, answer)


def _read(model: type[Body], sent: bytes) -> Body:
    try:
        return model.model_validate_json(sent)
    except ValidationError as fault:
        wrong = [
            {"where": "/".join(("body", *(str(part) for part in one["loc"]))), "what": one["msg"]}
            for one in fault.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise Problem(422, more={"errors": wrong}) from fault


def _made(order: Order, visit: Visit, key: str, told: Body, **more: object) -> AnyCommand:
    fields: dict[str, object] = {name: getattr(told, name) for name in told.model_fields_set}
    if "salt" in order.kind.model_fields:
        more["salt"] = fresh_salt()
    made: Any = order.kind(id=_id(visit, key), actor=visit.person or "", **fields, **more)  # type: ignore[arg-type]
    return made  # type: ignore[no-any-return]


def _id(visit: Visit, key: str) -> str:
    """Return the id of a command: the key of a program is its own, whatever keys others choose."""
    return f"api/{visit.person}/{key}"


def _seen(expected: str | None) -> dict[str, Any]:
    return {} if expected is None else {"expected_version": int(json.loads(expected))}


def _give(visit: Visit, command: AnyCommand, answer: Response) -> Outcome:
    came = give(visit, command)
    if isinstance(came, Refusal):
        raise _stale(visit, came) if isinstance(came, StaleVersion) else refused(visit, came)
    told = outcome(came, 0 if came.records else held(visit, came.case).case.version)
    answer.headers["ETag"] = f'"{told.version}"'
    _mark(came, answer)
    return told


def _mark(came: Done, answer: Response) -> None:
    if came.repeated:
        answer.headers["Idempotency-Replayed"] = "true"


def _stale(visit: Visit, refusal: StaleVersion) -> Problem:
    told = since(visit, held(visit, refusal.case), refusal.expected)
    problem = refused(visit, refusal)
    happened = [one.model_dump(mode="json") for one in told]
    tag = {"ETag": f'"{refusal.version}"'}
    return Problem(412, problem.words, problem.code, {"since": happened}, tag)
