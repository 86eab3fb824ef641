"""The breach policy (`không phù hợp khi:`) and accepted warnings (`chấp nhận:`)."""

import re
from collections.abc import Mapping
from typing import Literal

from procedures import codes
from procedures.breaches import Breach
from procedures.finding import Severity
from procedures.model import Acceptance, BreachRule
from procedures.reading.block import Block
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase
from procedures.words import say

BREACHES: Mapping[str, Breach] = {
    "hồ sơ quá hạn": "late_case",
    "bước chậm tiến độ": "late_step",
    "giai đoạn chậm tiến độ": "late_phase",
    "phần việc chậm tiến độ": "late_part",
    # what people said before there were two words for two clocks
    "trễ hạn hồ sơ": "late_case",
    "trễ bước": "late_step",
    "trễ giai đoạn": "late_phase",
    "trễ phần việc": "late_part",
    "gia hạn vượt mức": "extended_beyond_cap",
    "bị trả lại": "returned",
    "bỏ bước": "skipped",
    "sai người thực hiện": "wrong_performer",
    "thiếu hồ sơ": "missing_record",
}
PERIODS: Mapping[str, Literal["case", "month", "quarter", "year"]] = {
    "hồ sơ": "case",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
}
_SENTENCE = re.compile(rf"({'|'.join(BREACHES)})(?: (ít nhất|trên) (\d{{1,4}}) lần)?(?: mỗi ({'|'.join(PERIODS)}))?")


def read_policy(root: Block) -> tuple[BreachRule, ...]:
    """Read `không phù hợp khi:`; one line may hold several sentences divided by a bar."""
    rules = [_rule(root.desk, sentence) for line in root.sentences("breach_policy") for sentence in line.split("|")]
    return tuple(rule for rule in rules if rule)


def _rule(desk: Desk, sentence: Phrase) -> BreachRule | None:
    found = _SENTENCE.fullmatch(sentence.text)
    if found is None or (found[4] and not found[3]):
        desk.fault(
            "QT120",
            sentence.span,
            say("“{text}” is not understood as a breach", text=sentence.text),
            help=say("write for example:  bước chậm tiến độ ít nhất 3 lần mỗi tháng"),
        )
        return None
    times = int(found[3]) + (found[2] == "trên") if found[3] else 1
    period = PERIODS[found[4]] if found[4] else ("case" if found[3] else None)
    return BreachRule(breach=BREACHES[found[1]], at_least=times, period=period, text=sentence.text)


def read_accepted(root: Block) -> tuple[Acceptance, ...]:
    """Read `chấp nhận:`: warnings by code, each with its reason."""
    accepted = []
    for key, value in root.named("accepted"):
        root.desk.put_entry(("accepted", key.text), key, value)
        entry = codes.find(key.text)
        if entry is None:
            root.desk.fault(
                "QT208",
                key.span,
                say("there is no finding “{code}”", code=key.text),
                help=say("write the code as the check prints it, for example QT401"),
            )
        elif entry.severity is Severity.ERROR:
            root.desk.fault(
                "QT125",
                key.span,
                say("{code} is an error and cannot be accepted", code=key.text),
                label=say("only warnings can be accepted"),
            )
        accepted.append(Acceptance(code=key.text, reason=value.text))
    return tuple(accepted)
