"""What people, timers and machines ask of a case: the only ways in which it may change."""

from engine.commands.base import MACHINE, Command, OnCase
from engine.commands.calls import EndCalledCase
from engine.commands.files import AttachFile
from engine.commands.keeping import EraseValues
from engine.commands.life import (
    FollowCalendar,
    MigrateCase,
    OpenCase,
    PauseCase,
    RefuseCase,
    ResumeCase,
    StopCase,
    WithdrawCase,
)
from engine.commands.machines import AnswerErrand, BreachKind, FireTimer, RecordBreach
from engine.commands.people import CancelTask, FinishTask, GiveTask, ReassignWork, RecallWork, SkipWork, StartWork
from engine.commands.records import CorrectRecord, CorrectValues, RehomeCase, ReopenCase
from engine.commands.time import (
    AnswerSupplement,
    AskOpinion,
    DecideExtension,
    FinishPart,
    GiveOpinion,
    LapseConsultation,
    LapseSupplement,
    RequestExtension,
    RequestSupplement,
)
from engine.commands.together import RecordAbsence
from engine.commands.work import ClaimWork, FinishWork, ReleaseWork

__all__ = [
    "MACHINE",
    "AnswerErrand",
    "AnswerSupplement",
    "AnyCommand",
    "AskOpinion",
    "AttachFile",
    "BreachKind",
    "CancelTask",
    "CaseCommand",
    "ClaimWork",
    "Command",
    "CorrectRecord",
    "CorrectValues",
    "DecideExtension",
    "EndCalledCase",
    "EraseValues",
    "FinishPart",
    "FinishTask",
    "FinishWork",
    "FireTimer",
    "FollowCalendar",
    "GiveOpinion",
    "GiveTask",
    "LapseConsultation",
    "LapseSupplement",
    "MigrateCase",
    "OnCase",
    "OpenCase",
    "PauseCase",
    "ReassignWork",
    "RecallWork",
    "RecordAbsence",
    "RecordBreach",
    "RefuseCase",
    "RehomeCase",
    "ReleaseWork",
    "ReopenCase",
    "RequestExtension",
    "RequestSupplement",
    "ResumeCase",
    "SkipWork",
    "StartWork",
    "StopCase",
    "WithdrawCase",
]

#: Everything that may be asked of an existing case, but for its move to another issue.
CaseCommand = (
    ClaimWork
    | ReleaseWork
    | FinishWork
    | PauseCase
    | ResumeCase
    | WithdrawCase
    | FollowCalendar
    | RefuseCase
    | StopCase
    | AnswerSupplement
    | AskOpinion
    | DecideExtension
    | FinishPart
    | GiveOpinion
    | LapseConsultation
    | LapseSupplement
    | RequestExtension
    | RequestSupplement
    | FireTimer
    | AnswerErrand
    | RecordAbsence
    | EndCalledCase
    | RecordBreach
    | EraseValues
    | AttachFile
    | CancelTask
    | FinishTask
    | GiveTask
    | ReassignWork
    | RecallWork
    | SkipWork
    | StartWork
    | CorrectRecord
    | CorrectValues
    | RehomeCase
    | ReopenCase
)
#: Everything that may be asked.
AnyCommand = OpenCase | MigrateCase | CaseCommand
