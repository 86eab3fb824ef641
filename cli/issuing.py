"""What is asked and told around an issue: who drafted and approved, what it was appraised by, which cases run on."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import Words, say

if TYPE_CHECKING:
    from cli.definitions import Checked
    from engine.case import Case
    from engine.remarks import Remark
    from procedures.finding import Finding
    from procedures.load import Loaded
    from procedures.shelf import FolderShelf, Release


def recorded(desk: Desk, drafted_by: str, approved_by: str, appraisal: str, replaces: str) -> dict[str, Any]:
    """Return what the record of a release says besides its content; the user drafted it unless told otherwise."""
    from procedures.appraisal import parse_appraisal
    from procedures.values import ValueSaid

    drafter = drafted_by or desk.user or ""
    approver = approved_by or (desk.user if drafted_by else "") or ""
    if not approver:
        desk.stop(say("who approves? give --approved-by"), Exit.REFUSED)
    if not drafter:
        desk.stop(say("who drafted it? give --drafted-by or --user"), Exit.REFUSED)
    try:
        appraised = parse_appraisal(appraisal) if appraisal else None
    except ValueSaid as fault:
        desk.stop(fault.words)
    return {"drafted_by": drafter, "approved_by": approver, "appraisal": appraised, "replaces": replaces or None}


def stop_at_objections(desk: Desk, releases: "list[Release]") -> None:
    """Stop at the first release that may not be issued for how it was made."""
    from cli.definitions import ground
    from procedures.admission import objection

    organisation, _, _ = ground(desk)
    for one in releases:
        words = objection(one, organisation)
        if words is not None:
            desk.stop(say("refused: {sentence}", sentence=words), Exit.REFUSED)


def stop_at_lost_names(desk: Desk, found: "Checked", shelf: "FolderShelf") -> None:
    """Stop when a step with running cases was renamed and its old name is not declared (QT702)."""
    from cli.findings import put_findings

    lost = list(_lost(desk, found, shelf))
    if lost:
        put_findings(desk, lost, found.sources)
        desk.stop(say("nothing was issued: {count} errors", count=len(lost)), Exit.CONTENT)


def _lost(desk: Desk, found: "Checked", shelf: "FolderShelf") -> "list[Finding]":
    from procedures.differences.standing import lost_names

    findings: list[Finding] = []
    last = {one.code: one.procedure for one in shelf.all()}
    for one in found.loaded:
        before = last.get(one.procedure.code) if one.procedure else None
        if one.procedure and before and before.issue < one.procedure.issue:
            standing = Counter(item.step for case in running(desk, {before.code}) for item in case.live_items)
            findings += lost_names(before, one.procedure, one.places, standing)
    return findings


def disagreements(desk: Desk, found: "Checked", shelf: "FolderShelf") -> "list[Finding]":
    """Return who does not agree with the very wording that is to be issued, as warnings to be accepted (QT704)."""
    from cli.case_view import name_of
    from procedures.differences.standing import disagreement

    told = [
        (one, remark) for one in found.loaded for remark in _judged(desk, one, shelf) if remark.stance == "disagree"
    ]
    return [disagreement(name_of(desk, remark.person), remark.text, remark.step, one.places) for one, remark in told]


def agreeing(desk: Desk, releases: "list[Release]") -> list[Words]:
    """Say how many reviewers agree with what is issued, and how many do not, where any has said so."""
    told = []
    for one in releases:
        judged = [remark.stance for remark in _standing(desk, one.code, one.hash)]
        if judged:
            counts = {"agree": judged.count("agree"), "disagree": judged.count("disagree")}
            told.append(say("{name}: {agree} reviewers agree, {disagree} disagree", name=one.name, **counts))
    return told


def _judged(desk: Desk, one: "Loaded", shelf: "FolderShelf") -> "list[Remark]":
    from procedures.canonical import content_hash

    if one.procedure is None or any(issued.hash == content_hash(one.procedure) for issued in shelf.all()):
        return []
    return _standing(desk, one.procedure.code, content_hash(one.procedure))


def _standing(desk: Desk, code: str, hash_: str) -> "list[Remark]":
    from engine.agency import SETTINGS
    from engine.remarks import standing
    from engine.stores.remarks import Remarks

    if not (desk.root / SETTINGS).exists():
        return []
    return list(standing(Remarks(desk.agency.store).about(code), hash_).values())


def running(desk: Desk, codes: set[str]) -> "list[Case]":
    """Return the running cases of procedures; a folder without cases has none."""
    from engine.agency import SETTINGS

    if not (desk.root / SETTINGS).exists():
        return []
    with desk.agency.store.reading() as reader:
        return [case for code in sorted(codes) for case in reader.cases(procedure=code) if not case.over]


def run_on(cases: "list[Case]") -> list[Words]:
    """Say how many running cases go on under which issue."""
    counts = Counter(case.issue for case in cases)
    return [
        say("{count} running cases go on under issue {issue}", count=count, issue=issue)
        for issue, count in sorted(counts.items())
    ]
