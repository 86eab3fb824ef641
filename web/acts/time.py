"""Acts about the time of a case: supplements, extensions, opinions of others."""

from collections.abc import Iterable, Iterator

from engine.case import Case
from engine.commands import (
    AnswerSupplement,
    AskOpinion,
    DecideExtension,
    GiveOpinion,
    RequestExtension,
    RequestSupplement,
)
from procedures.words import Words, say
from web.acts.act import REASON, Act, Ask, Given, each_item
from web.visit import Visit

_YES, _NO = "co", "khong"


def _lines(given: Given, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.form.one(name).splitlines() if line.strip())


def _asked_extension(case: Case) -> Iterable[int]:
    return (one.number for one in case.extensions if one.open)


def _about_extension(_visit: Visit, case: Case, number: int) -> Iterator[tuple[Words, str]]:
    for one in case.extensions:
        if one.number == number:
            yield say("Asked for"), one.length.text
            yield say("Reason"), one.reason
            yield say("Apology"), one.apology


def _asked_opinion(case: Case) -> Iterable[int]:
    return (one.number for one in case.consultations if one.answerable)


def _about_opinion(_visit: Visit, case: Case, number: int) -> Iterator[tuple[Words, str]]:
    for one in case.consultations:
        if one.number == number:
            yield say("Asked of"), one.of
            yield say("Question"), one.question


def _about_supplement(_visit: Visit, case: Case, _number: int) -> Iterator[tuple[Words, str]]:
    if case.supplement is not None:
        yield say("What is lacking"), "; ".join(case.supplement.lacking)


ACTS = (
    Act(
        "yeu-cau-bo-sung",
        say("Ask for supplements"),
        say("Once and completely (form 02): say everything that is lacking. The limit is counted as declared."),
        lambda given: given.make(
            RequestSupplement, item=given.number, lacking=_lines(given, "con-thieu"), reason=given.reason
        ),
        (Ask("con-thieu", say("What is lacking, one a line")), REASON),
        each_item,
    ),
    Act(
        "nhan-bo-sung",
        say("Supplements have come in"),
        say("When everything is there, the limit is counted again as declared."),
        lambda given: given.make(
            AnswerSupplement, full=given.form.one("day-du") == _YES, note=given.form.one("ghi-chu") or None
        ),
        (
            Ask(
                "day-du",
                say("Is everything there?"),
                "radio",
                choices=((say("Everything"), _YES), (say("Not yet everything"), _NO)),
                sample=_YES,
            ),
            Ask("ghi-chu", say("Note"), required=False),
        ),
        reads=_about_supplement,
    ),
    Act(
        "xin-gia-han",
        say("Ask for an extension"),
        say("With the reason and an apology (form 04). What was promised first stays visible."),
        lambda given: given.make(
            RequestExtension, by=given.form.one("them"), reason=given.reason, apology=given.form.one("xin-loi")
        ),
        (
            Ask("them", say("By how much"), "line", sample="1 giờ làm việc", hint=say("For example 3 ngày làm việc.")),
            REASON,
            Ask("xin-loi", say("Apology to whoever waits")),
        ),
    ),
    Act(
        "duyet-gia-han",
        say("Decide on an extension"),
        say("The new due date counts from the day after the old one; what was promised first stays visible."),
        lambda given: given.make(
            DecideExtension,
            extension=given.number,
            grant=given.form.one("quyet-dinh") == _YES,
            reason=given.reason or None,
        ),
        (
            Ask(
                "quyet-dinh",
                say("Decision"),
                "radio",
                choices=((say("Granted"), _YES), (say("Not granted"), _NO)),
                sample=_YES,
            ),
            Ask("ly-do", say("Reason"), required=False, hint=say("Needed when it is not granted.")),
        ),
        _asked_extension,
        _about_extension,
    ),
    Act(
        "lay-y-kien",
        say("Ask for an opinion"),
        say("The case does not move. Whoever has not answered in time is put on record, and the work goes on."),
        lambda given: given.make(
            AskOpinion,
            item=given.number,
            of=given.form.one("hoi"),
            question=given.form.one("noi-dung"),
            within=given.form.one("trong") or None,
            waits=given.form.one("cho") == _YES,
        ),
        (
            Ask("hoi", say("Of which unit or account"), "line", sample="@"),
            Ask("noi-dung", say("Question")),
            Ask(
                "trong",
                say("Within"),
                "line",
                required=False,
                sample="1 ngày làm việc",
                hint=say("For example 3 ngày làm việc."),
            ),
            Ask(
                "cho",
                say("Does the work wait for the answer?"),
                "radio",
                choices=((say("It waits"), _YES), (say("It goes on"), _NO)),
                sample=_NO,
            ),
        ),
        each_item,
    ),
    Act(
        "cho-y-kien",
        say("Give an opinion"),
        say("It is put on record under your name, for those who asked."),
        lambda given: given.make(GiveOpinion, consultation=given.number, opinion=given.form.one("y-kien")),
        (Ask("y-kien", say("Opinion")),),
        _asked_opinion,
        _about_opinion,
    ),
)
