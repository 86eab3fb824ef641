"""The files of a case: taken in with a step, listed, and given out to whoever may read the case."""

from hashlib import sha256

from engine.commands import AttachFile
from engine.commands.files import NAME, OTHER
from engine.files import judge
from engine.refusal import Refusal
from engine.salts import fresh_salt
from engine.store import Held
from procedures.words import say
from web.behind import CASES
from web.forms import Form
from web.giving import give
from web.parts import File
from web.reading import held
from web.visit import Missing, Visit

#: Files chosen as one of the papers of a step come under this and what paper it is; others under `tep` alone.
OF_FORM = "tep:"


def attach(visit: Visit, case: str, item: int, form: Form) -> Refusal | None:
    """Attach the files that came with a form, all or none of those that are not what they should be."""
    judged = [(sent, judge(sent.name, sent.content)) for sent in form.files]
    refused = next((found for _, found in judged if isinstance(found, Refusal)), None)
    if refused is not None:
        return refused
    for sent, found in judged:
        if isinstance(found, Refusal):
            continue
        visit.agency.files.put(sent.content, found.digest)
        command = AttachFile(
            id=f"{form.command}/{_print(sent.under, found.digest)}",  # the form may be sent again with another file
            actor=visit.person or "",
            case=case,
            item=item,
            form=sent.under.removeprefix(OF_FORM) if sent.under.startswith(OF_FORM) else OTHER,
            digest=found.digest,
            size=found.size,
            type=found.type,
            fields={NAME: found.name},
            salt=fresh_salt(),
        )
        answer = give(visit, command)
        if isinstance(answer, Refusal):
            return answer
    return None


def _print(under: str, digest: str) -> str:
    """Return what tells a file at its place on the form from every other."""
    return sha256(f"{under} {digest}".encode()).hexdigest()[:16]


def listed(visit: Visit, found: Held) -> list[dict[str, str]]:
    """Return the files of a case, the newest first, each with where to get it unless it was erased."""
    return [
        {
            "name": _name(visit, found, one.number, one.name),
            "href": visit.link(f"{CASES}/{found.case.id}/tep/{one.number}") if one.name in found.values else "",
            "form": one.form or "",
            "about": visit.text(
                say("{size} KB, {who}, {at}", size=-(-one.size // 1024), who=visit.name(one.by), at=visit.at(one.at))
            ),
        }
        for one in reversed(found.case.files)
    ]


def file(visit: Visit, name: str) -> File:
    """Give a file out; raises Missing for one that is not there, or that is no longer what it was."""
    return kept(visit, held(visit, name), visit.parts.get("file", ""))


def kept(visit: Visit, found: Held, number: str) -> File:
    """Return a file of a case; raises Missing for one that is not there, or that is no longer what it was."""
    one = next((one for one in found.case.files if str(one.number) == number), None)
    if one is None or one.name not in found.values or not visit.agency.files.whole(one.digest):
        raise Missing(say("there is no file {number} in {case}", number=number, case=found.case.id))
    return File(_name(visit, found, one.number, one.name), one.type, visit.agency.files.path(one.digest))


def _name(visit: Visit, found: Held, number: int, name: str) -> str:
    return found.values.get(name) or visit.text(say("File {number} (erased)", number=number))
