"""Acts about what is on record: correct what was entered, open a case again."""

from engine.case import Case
from engine.commands import CorrectValues, ReopenCase
from engine.handle import rules_for
from engine.salts import fresh_salt
from procedures.words import say
from web.acts.act import REASON, Act, Ask, Choices
from web.visit import Visit


def _fields(visit: Visit, case: Case, _number: int) -> Choices:
    return tuple((spec.name, spec.name) for spec in rules_for(case, visit.agency).procedure.fields)


ACTS = (
    Act(
        "dinh-chinh",
        say("Correct what was entered"),
        say("What was entered before stays in the log; the correction is put on record with its reason."),
        lambda given: given.make(
            CorrectValues,
            fields={given.form.one("thong-tin"): given.form.one("gia-tri")},
            reason=given.reason,
            salt=fresh_salt(),
        ),
        (
            Ask("thong-tin", say("Field"), "choice", among=_fields),
            Ask("gia-tri", say("What it should say"), "line", sample="1"),
            REASON,
        ),
    ),
    Act(
        "mo-lai",
        say("Open the case again"),
        say("It goes on before its last step; the reason is put on record."),
        lambda given: given.make(ReopenCase, reason=given.reason),
        (REASON,),
    ),
)
