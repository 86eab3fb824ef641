"""Refusals about files: what is not taken, and why."""

from dataclasses import dataclass

from engine.refusal import Refusal


@dataclass(frozen=True)
class FileTooBig(Refusal):
    """“{name}” is larger than {limit} MB."""

    nature = "incomplete"
    name: str
    limit: int


@dataclass(frozen=True)
class FilesTooMany(Refusal):
    """The files of {case} together would be larger than {limit} MB."""

    nature = "incomplete"
    case: str
    limit: int


@dataclass(frozen=True)
class FileNeeded(Refusal):
    """“{step}” is not finished before its result is attached as a file."""

    nature = "incomplete"
    step: str


@dataclass(frozen=True)
class FormNotDeclared(Refusal):
    """“{step}” has no form or result “{form}”; say which of these the file is: {known}."""

    nature = "incomplete"
    step: str
    form: str
    known: str


@dataclass(frozen=True)
class FileNotTaken(Refusal):
    """“{name}” is no file that is taken: {kinds} are."""

    nature = "incomplete"
    name: str
    kinds: str


@dataclass(frozen=True)
class FileNotWhatItSays(Refusal):
    """“{name}” is not what its name says; save it again in the right form."""

    nature = "incomplete"
    name: str


@dataclass(frozen=True)
class FileHasMacros(Refusal):
    """“{name}” holds macros or other programs; save it without them."""

    nature = "incomplete"
    name: str


@dataclass(frozen=True)
class FileUnpacksTooLarge(Refusal):
    """“{name}” unpacks to far more than it seems; it is not taken."""

    nature = "incomplete"
    name: str


@dataclass(frozen=True)
class FileEmpty(Refusal):
    """“{name}” is empty."""

    nature = "incomplete"
    name: str
