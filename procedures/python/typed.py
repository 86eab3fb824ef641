"""The named arguments of the builder as a type checker and an editor see them; nothing imports this at run time."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Required, TypedDict

from procedures.python.builder import Case, Sample, Step, Target
from procedures.python.conditions import Money

Names = str | Sequence[str]
Limit = str | Mapping[str, "str | int | Decimal | bool | Sequence[str]"]
Way = str | Target | Sequence[Case]
Entered = str | int | bool | Decimal | date | Money


class ProcedureWords(TypedDict, total=False):
    """What a procedure is made of: its head, its declared names, its steps and what is asked of it."""

    code: Required[str]
    name: Required[str]
    kind: Required[str]
    owner_unit: Required[str]
    issue: int
    effective_from: str | date
    purpose: str
    scope: str
    references: Names
    source: str
    when_late: Names
    within: Limit | Sequence[Mapping[str, str]]
    counted_from: str
    supplement: str | Mapping[str, str | int]
    extension: str | Mapping[str, str | int | Sequence[str]]
    consultation: Limit
    refused_by: Names
    stopped_by: Names
    published_total: Limit
    roles: Mapping[str, str | Sequence[str] | Mapping[str, str | bool]]
    forms: Mapping[str, str]
    fields: Mapping[str, str | Mapping[str, str | bool | Sequence[str]]]
    phases: Mapping[str, Limit]
    steps: Required[Sequence[Step]]
    indicators: Mapping[str, str | Mapping[str, str]]
    risks: Names
    records: Mapping[str, str | Mapping[str, str]]
    breach_policy: Names
    accepted: Mapping[str, str]
    tests: Sequence[Sample]
    terms: Mapping[str, str]
    note: str


class StepWords(TypedDict, total=False):
    """What a step is made of; `with_` are the roles that take part."""

    name: str
    responsible: Names
    with_: Names
    following: Names
    when_late: Names
    not_same_as: Names
    same_as: Names
    within: Limit | Sequence[Mapping[str, str]]
    sublimits: Mapping[str, Limit]
    hand_over_cut_off: str
    phase: str
    collect: Names
    forms: Names
    checklist: Names
    outputs: Names
    may_pause: bool | str
    may_skip: bool
    return_reasons: Names
    reason_required: bool
    needs_file: bool
    join_all: Names
    join_any: Names
    join_some: str | Mapping[str, "str | int | Sequence[str]"]
    each: str
    enough: str
    vote: str
    timeout: str | Target | Mapping[str, "str | int | bool | Sequence[str] | Target"]
    to: Way
    outcomes: Mapping[str, Way]
    automatic: str | Mapping[str, str | Mapping[str, str]]
    delay: Limit
    delay_until: str
    call: str | Mapping[str, "str | Mapping[str, str]"]
    renamed_from: str
    note: str


class SampleWords(TypedDict, total=False):
    """What a sample case is made of."""

    given: Mapping[str, Entered]
    path: str
    end: Required[str]
