"""What a program may order: every command that a person may give, each with the body that its class asks for."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, create_model

from engine import commands
from engine.commands import Command, OnCase
from procedures.base import Model
from procedures.words import Words, say

#: What does not come in the body: who acts and on what stand elsewhere, the rest is not for a program to say.
_ELSEWHERE = frozenset({"id", "actor", "case", "expected_version", "salt", "series", "parent"})
#: No text that a person enters is longer, in characters.
LONGEST = 20_000


class Body(Model):
    """What a program says of a command; it refuses what it does not know."""

    model_config = ConfigDict(str_max_length=LONGEST)


@dataclass(frozen=True, eq=False)
class Order:
    """A command as a program gives it: its name in the address, its class, what it does, and its body."""

    kind: type[Command]
    words: Words

    @property
    def name(self) -> str:
        """The name in the address: `finish-work`."""
        return re.sub("(?<=[a-z])(?=[A-Z])", "-", self.kind.__name__).lower()


OPENING = Order(commands.OpenCase, say("Open a case"))
#: Every command that a person may give to a case, in the order in which the document lists them.
ORDERS: tuple[Order, ...] = (
    Order(commands.ClaimWork, say("Take work in hand")),
    Order(commands.ReleaseWork, say("Give work back")),
    Order(commands.StartWork, say("Begin work")),
    Order(commands.FinishWork, say("Finish work with an outcome, values and ticks")),
    Order(commands.RecallWork, say("Recall work that one has finished")),
    Order(commands.ReassignWork, say("Give work to somebody else")),
    Order(commands.SkipWork, say("Leave work out with a reason")),
    Order(commands.FinishPart, say("Finish a part of work that has a limit of its own")),
    Order(commands.GiveTask, say("Ask somebody for a further task")),
    Order(commands.FinishTask, say("Report a further task as done")),
    Order(commands.CancelTask, say("Take a further task back")),
    Order(commands.RecordAbsence, say("Record that one of several is absent")),
    Order(commands.RequestSupplement, say("Ask the applicant for supplements")),
    Order(commands.AnswerSupplement, say("Record what came in answer")),
    Order(commands.RequestExtension, say("Ask for an extension of the limit")),
    Order(commands.DecideExtension, say("Decide on an extension of the limit")),
    Order(commands.AskOpinion, say("Ask a unit or a person for an opinion")),
    Order(commands.GiveOpinion, say("Give an opinion that was asked for")),
    Order(commands.PauseCase, say("Pause a case")),
    Order(commands.ResumeCase, say("Resume a case")),
    Order(commands.WithdrawCase, say("Withdraw a case")),
    Order(commands.RefuseCase, say("Refuse to settle a case")),
    Order(commands.StopCase, say("Stop settling a case")),
    Order(commands.ReopenCase, say("Open an ended case again")),
    Order(commands.CorrectValues, say("Correct entered values")),
    Order(commands.CorrectRecord, say("Correct what a record says")),
    Order(commands.MigrateCase, say("Let a case go on under a later issue")),
    Order(commands.EraseValues, say("Erase values or texts of an ended case")),
)
#: A file comes with its content, so it has a route of its own.
WITH_A_FILE = commands.AttachFile
#: What no person gives: timers, sweeps, answers of machines.
MACHINES: tuple[type[OnCase], ...] = (
    commands.AnswerErrand,
    commands.EndCalledCase,
    commands.FireTimer,
    commands.FollowCalendar,
    commands.LapseConsultation,
    commands.LapseSupplement,
    commands.RecordBreach,
    commands.RehomeCase,
)


def body_of(order: Order) -> type[Body]:
    """Return the model of the body that an order takes."""
    fields: dict[str, Any] = {
        name: (info.annotation, info) for name, info in order.kind.model_fields.items() if name not in _ELSEWHERE
    }
    return create_model(order.kind.__name__, __base__=Body, __doc__=order.kind.__doc__, **fields)
