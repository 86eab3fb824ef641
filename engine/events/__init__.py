"""What has happened to a case: facts in the past tense, each with all it takes to fold it without judgement."""

from engine.events.clock import BreachRecorded, ClockStarted, ClockStopped, DeadlinesRecomputed
from engine.events.entered import Entered
from engine.events.files import FileAttached
from engine.events.keeping import ValuesErased
from engine.events.life import CaseEnded, CaseMigrated, CaseOpened, CasePaused, CaseResumed
from engine.events.people import TaskCancelled, TaskFinished, TaskGiven, WorkReassigned, WorkRecalled, WorkStarted
from engine.events.records import CaseRehomed, CaseReopened, RecordCorrected, ValuesCorrected
from engine.events.time import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    LimitBegan,
    MovedDues,
    MovedParts,
    OpinionAsked,
    OpinionGiven,
    OpinionLapsed,
    PartFinished,
    PhaseEntered,
    PhaseLeft,
    PhasesMoved,
    SupplementAnswered,
    SupplementAsked,
    SupplementClosed,
)
from engine.events.together import AnswerGiven, AnswerMissed
from engine.events.work import StepPassed, WorkCancelled, WorkClaimed, WorkFinished, WorkOpened, WorkReleased

__all__ = [
    "AnswerGiven",
    "AnswerMissed",
    "BreachRecorded",
    "CaseEnded",
    "CaseMigrated",
    "CaseOpened",
    "CasePaused",
    "CaseRehomed",
    "CaseReopened",
    "CaseResumed",
    "ClockStarted",
    "ClockStopped",
    "DeadlinesRecomputed",
    "Entered",
    "Event",
    "ExtensionAsked",
    "ExtensionGranted",
    "ExtensionRefused",
    "FileAttached",
    "LimitBegan",
    "MovedDues",
    "MovedParts",
    "OpinionAsked",
    "OpinionGiven",
    "OpinionLapsed",
    "PartFinished",
    "PhaseEntered",
    "PhaseLeft",
    "PhasesMoved",
    "RecordCorrected",
    "StepPassed",
    "SupplementAnswered",
    "SupplementAsked",
    "SupplementClosed",
    "TaskCancelled",
    "TaskFinished",
    "TaskGiven",
    "ValuesCorrected",
    "ValuesErased",
    "WorkCancelled",
    "WorkClaimed",
    "WorkFinished",
    "WorkOpened",
    "WorkReassigned",
    "WorkRecalled",
    "WorkReleased",
    "WorkStarted",
]

#: Everything that a log may hold: a closed set, told apart by its kind.
Event = (
    CaseOpened
    | WorkOpened
    | WorkClaimed
    | WorkReleased
    | WorkFinished
    | StepPassed
    | AnswerGiven
    | AnswerMissed
    | WorkCancelled
    | CasePaused
    | CaseResumed
    | ClockStopped
    | ClockStarted
    | DeadlinesRecomputed
    | CaseEnded
    | BreachRecorded
    | CaseMigrated
    | ValuesErased
    | FileAttached
    | ExtensionAsked
    | ExtensionGranted
    | ExtensionRefused
    | LimitBegan
    | OpinionAsked
    | OpinionGiven
    | OpinionLapsed
    | PartFinished
    | PhaseEntered
    | PhaseLeft
    | PhasesMoved
    | SupplementAnswered
    | SupplementAsked
    | SupplementClosed
    | TaskCancelled
    | TaskFinished
    | TaskGiven
    | WorkReassigned
    | WorkRecalled
    | WorkStarted
    | CaseRehomed
    | CaseReopened
    | RecordCorrected
    | ValuesCorrected
)
