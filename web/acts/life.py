"""Acts about a case as a whole: pause, resume, and the ways in which it ends before its way does."""

from engine.commands import PauseCase, RefuseCase, ResumeCase, StopCase, WithdrawCase
from procedures.words import say
from web.acts.act import BASIS, REASON, Act

ACTS = (
    Act(
        "tam-dung",
        say("Pause the case"),
        say("The clock stands until the case is resumed; what was promised first stays visible."),
        lambda given: given.make(PauseCase, reason=given.reason, basis=given.basis),
        (REASON, BASIS),
    ),
    Act(
        "tiep-tuc",
        say("Resume the case"),
        say("The clock runs again; due dates move on by the working time of the pause."),
        lambda given: given.make(ResumeCase),
    ),
    Act(
        "rut",
        say("Withdraw the case"),
        say("The case ends without a result and its open work is cancelled."),
        lambda given: given.make(WithdrawCase, reason=given.reason),
        (REASON,),
        grave=True,
    ),
    Act(
        "tu-choi",
        say("Refuse to settle the case"),
        say("The case ends with a refusal (form 03); its open work is cancelled."),
        lambda given: given.make(RefuseCase, reason=given.reason),
        (REASON,),
        grave=True,
    ),
    Act(
        "dung",
        say("Stop settling the case"),
        say("The case ends without a result (form 05); its open work is cancelled."),
        lambda given: given.make(StopCase, reason=given.reason, basis=given.basis),
        (REASON, BASIS),
        grave=True,
    ),
)
