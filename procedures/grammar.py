"""The shape of a definition: what each key of each container may hold; reading, schemas and key switching follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from procedures.model import Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be; several of these at once mean that any of them will do."""

    text: bool = False
    values: tuple[str, ...] = ()  # the only texts allowed
    items: "Shape | None" = None  # a list of such values
    names: "Shape | None" = None  # a map whose keys the writer chooses
    block: str | None = None  # a map whose keys are words of this container


KINDS: Mapping[str, Kind] = {
    "TTHC nội bộ": Kind.INTERNAL_SERVICE,
    "giải quyết TTHC": Kind.SERVICE,
    "công việc nội bộ": Kind.INTERNAL_WORK,
    "quy trình hệ thống": Kind.SYSTEM,
}

#: The two ways of acting for another, as they are written.
MANNERS: Mapping[str, Literal["substitution", "delegation"]] = {
    "thay thế": "substitution",
    "thừa ủy quyền": "delegation",
}

TEXT = Shape(text=True)
TEXTS = Shape(text=True, items=TEXT)
NAMED_TEXT = Shape(names=TEXT)
YES_NO = Shape(text=True, values=("có", "không"))
LIMIT = Shape(text=True, block="within")
_CASES_OF_LIMIT = Shape(block="limit_case")
_CASE_LIMIT = Shape(text=True, block="limit", items=_CASES_OF_LIMIT)
_STEP_LIMIT = Shape(text=True, block="within", items=_CASES_OF_LIMIT)
_ONE_ROLE = Shape(text=True, block="role")
_ONE_TARGET = Shape(text=True, block="target")
_WAY_ON = Shape(text=True, block="target", items=Shape(block="branch"))
_POSTS = Shape(text=True, items=Shape(text=True, block="post"))
_SUPPLEMENT_CLOCK = Shape(text=True, values=("tính lại", "dừng tính", "không tính", "tính tiếp"))
_CLOCK = Shape(text=True, values=("tính lại", "tính tiếp", "dừng tính"))
_REST = Shape(text=True, values=("huỷ", "làm nốt"))

_ROOT = {
    "procedure": Shape(block="procedure"),
    "roles": Shape(names=Shape(text=True, block="role", items=_ONE_ROLE)),
    "forms": NAMED_TEXT,
    "fields": Shape(names=Shape(text=True, block="field")),
    "steps": Shape(names=Shape(block="step")),
    "phase": Shape(names=Shape(text=True, block="phase")),
    "indicators": Shape(names=Shape(text=True, block="indicator")),
    "risks": TEXTS,
    "records": Shape(names=Shape(text=True, block="record")),
    "breach_policy": TEXTS,
    "accepted": NAMED_TEXT,
    "tests": Shape(names=Shape(block="scenario")),
    "terms": NAMED_TEXT,
    "note": TEXT,
}
_PROCEDURE = {
    "terms": NAMED_TEXT,
    "code": TEXT,
    "name": TEXT,
    "kind": Shape(text=True, values=tuple(KINDS)),
    "issue": TEXT,
    "effective_from": TEXT,
    "owner_unit": TEXT,
    "purpose": TEXT,
    "scope": TEXT,
    "references": TEXTS,
    "source": TEXT,
    "within": _CASE_LIMIT,
    "when_late": TEXTS,
    "counted_from": TEXT,
    "supplement": Shape(text=True, block="supplement"),
    "extension": Shape(text=True, block="extension"),
    "consultation": LIMIT,
    "refused_by": TEXTS,
    "stopped_by": TEXTS,
    "published_total": LIMIT,
}
_STEP = {
    "forms": TEXTS,
    "phase": TEXT,
    "note": TEXT,
    "name": TEXT,
    "within": _STEP_LIMIT,
    "responsible": TEXTS,
    "with": TEXTS,
    "following": TEXTS,
    "when_late": TEXTS,
    "not_same_as": TEXTS,
    "same_as": TEXTS,
    "sublimits": Shape(names=LIMIT),
    "hand_over_cut_off": TEXT,
    "collect": TEXTS,
    "checklist": TEXTS,
    "outputs": TEXTS,
    "may_pause": Shape(text=True, values=("có", "không", "khi có căn cứ")),
    "may_skip": YES_NO,
    "return_reasons": TEXTS,
    "reason_required": YES_NO,
    "needs_file": YES_NO,
    "join_all": TEXTS,
    "join_any": TEXTS,
    "join_some": Shape(text=True, block="some"),
    "each": TEXT,
    "enough": TEXT,
    "vote": TEXT,
    "timeout": Shape(text=True, block="timeout"),
    "to": _WAY_ON,
    "outcomes": Shape(names=_WAY_ON),
    "fork": TEXTS,
    "first_of": TEXTS,
    "end": TEXT,
    "automatic": Shape(text=True, block="machine"),
    "delay": LIMIT,
    "delay_until": TEXT,
    "call": Shape(text=True, block="call"),
    "renamed_from": TEXT,
}
_TARGET = {
    "fork": TEXTS,
    "first_of": TEXTS,
    "end": TEXT,
    "back_to": TEXT,
    "at_most": TEXT,
    "clock": _CLOCK,
    "cancel_rest": YES_NO,
}

#: container → key id → what it may hold. The same pairs stand in the column `in` of the vocabulary (held by a test).
GRAMMAR: Mapping[str, Mapping[str, Shape]] = {
    "root": _ROOT,
    "procedure": _PROCEDURE,
    "role": {"unit": TEXT, "position": TEXT, "external": YES_NO},
    "field": {"type": TEXT, "required": YES_NO, "choices": TEXTS},
    "step": _STEP,
    "phase": {"within": LIMIT},
    "within": {"value": TEXT, "unit": TEXT, "not_counted": YES_NO},
    "limit": {"value": TEXT, "unit": TEXT, "pause_when": TEXTS},
    "limit_case": {"when": TEXT, "within": TEXT, "otherwise": TEXT},
    "supplement": {"at_most": TEXT, "clock": _SUPPLEMENT_CLOCK, "close_after": TEXT},
    "extension": {"at_most": TEXT, "each_time": TEXT, "ahead": TEXT, "decided_by": TEXTS},
    "branch": {"to": _ONE_TARGET, "when": TEXT, "otherwise": _ONE_TARGET, **_TARGET},
    "target": _TARGET,
    "some": {"count": TEXT, "among": TEXTS, "rest": _REST},
    "call": {"code": TEXT, "unit": TEXT, "give": NAMED_TEXT, "take": NAMED_TEXT},
    "timeout": {"after": LIMIT, "deemed": TEXT, "to": _ONE_TARGET, **_TARGET},
    "indicator": {
        "measure": TEXT,
        "at_least": TEXT,
        "upper_bound": TEXT,
        "period": Shape(text=True, values=("tháng", "quý", "năm")),
    },
    "record": {"place": TEXT, "retention": TEXT},
    "machine": {"task": TEXT, "given": NAMED_TEXT, "retries": TEXT, "each_try": TEXT},
    "scenario": {"end": TEXT, "given": NAMED_TEXT, "path": TEXT},
    "document": {"name": TEXT, "effective_from": TEXT, "ceased": TEXT, "replaced_by": TEXT},
    "unit": {
        "code": TEXT,
        "kind": TEXT,
        "parent": TEXT,
        "heads": TEXTS,
        "since": TEXT,
        "until": TEXT,
        "decision": TEXT,
        "successor": TEXT,
        "positions": NAMED_TEXT,
    },
    "person": {"name": TEXT, "email": TEXT, "posts": _POSTS, "same_as": TEXT, "former": NAMED_TEXT},
    "post": {"unit": TEXT, "position": TEXT, "since": TEXT, "until": TEXT, "decision": TEXT},
    "mandate": {
        "manner": Shape(text=True, values=tuple(MANNERS)),
        "principal": TEXT,
        "agent": TEXT,
        "posts": _POSTS,
        "since": TEXT,
        "until": TEXT,
        "procedures": TEXTS,
        "kinds": TEXTS,
        "steps": TEXTS,
    },
}

#: Keys without which a container says nothing.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "root": ("procedure", "steps"),
    "procedure": ("code", "name", "kind", "owner_unit"),
    "within": ("value", "unit"),
    "limit": ("value", "unit"),
    "field": ("type",),
    "some": ("count", "among"),
    "call": ("code",),
    "role": ("position",),
    "record": ("place", "retention"),
    "indicator": ("measure", "period"),
    "scenario": ("end",),
    "machine": ("task",),
    "document": ("name",),
    "person": ("name",),
    "post": ("position", "unit"),
    "mandate": ("manner", "principal", "agent", "since"),
}
