"""The machine `báo hệ thống`: another system is told by HTTP, signed as Standard Webhooks lays down."""

import base64
import hashlib
import hmac
import json
from datetime import datetime

from engine.errands.reaching import Reply
from engine.errands.reaching import post as reach
from engine.errands.task import Answer, Hopeless, Task, TryAgain
from engine.errands.world import Place, read_world
from procedures.words import say

_SECRET_MARK = b"whsec_"
#: Answers of a system that is only busy just now.
_BUSY = frozenset({408, 425, 429})
_GOOD, _ELSEWHERE, _BROKEN = range(200, 300), range(300, 400), 500


def post(task: Task) -> Answer:
    """Tell the system at `nơi nhận` about the case, with the values that `gồm` names; it may answer with an outcome."""
    world = read_world(task.agency.root)
    place = world.places.get(task.given.get("nơi nhận", ""))
    if place is None:
        raise Hopeless(say("no system is called “{name}” in quytrinh.toml", name=task.given.get("nơi nhận", "")))
    body = json.dumps(_told(task), ensure_ascii=False).encode()
    return _answer(reach(place.url, signed(place, task.key, task.now, body), body, world.allowed))


def signed(place: Place, key: str, now: datetime, body: bytes) -> dict[str, str]:
    """Return the headers: an id that is the same at every try, the instant, and a signature over both and the body."""
    id_ = f"msg_{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    at = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "quytrinh",
        "Idempotency-Key": id_,
        "webhook-id": id_,
        "webhook-timestamp": at,
    }
    if place.secret:
        mac = hmac.new(_key(place.secret), f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
        headers["webhook-signature"] = f"v1,{base64.b64encode(mac).decode()}"
    return headers


def _key(secret: bytes) -> bytes:
    return base64.b64decode(secret.removeprefix(_SECRET_MARK)) if secret.startswith(_SECRET_MARK) else secret


def _told(task: Task) -> dict[str, object]:
    wanted = [name.strip() for name in task.given.get("gồm", "").split(",") if name.strip()]
    return {
        "key": task.key,
        "case": task.case.id,
        "title": task.case.title,
        "procedure": task.case.procedure,
        "issue": task.case.issue,
        "step": task.step.key,
        "values": {name: task.values.get(name) for name in wanted},
    }


def judge(reply: Reply) -> None:
    """Judge by its status whether a system has taken what it was told; raises TryAgain or Hopeless."""
    if reply.status in _ELSEWHERE:
        raise Hopeless(
            say("the system answers {status} and sends elsewhere, where nothing is sent", status=reply.status)
        )
    if reply.status in _BUSY or reply.status >= _BROKEN:
        raise TryAgain(say("the system answers {status}", status=reply.status))
    if reply.status not in _GOOD:
        raise Hopeless(say("the system answers {status}", status=reply.status))


def _answer(reply: Reply) -> Answer:
    judge(reply)
    if not reply.kind.startswith("application/json"):
        return Answer()
    try:
        told = json.loads(reply.body or b"{}")
    except ValueError as fault:
        raise Hopeless(say("the answer of the system is not understood")) from fault
    if not isinstance(told, dict):
        return Answer()
    fields = told.get("fields", {})
    outcome = told.get("outcome")
    if not isinstance(fields, dict) or not (outcome is None or isinstance(outcome, str)):
        raise Hopeless(say("the answer of the system is not understood"))
    return Answer(outcome, {str(name): str(value) for name, value in fields.items()})
