"""Quality targets (`chỉ tiêu:`), as sentences such as `đúng hạn ít nhất 95% mỗi quý`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from procedures.model import Indicator
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase, phrase, spoken
from procedures.source import Node
from procedures.words import say

Period = Literal["month", "quarter", "year"]
MEASURES: Mapping[str, Literal["on_time", "returned", "step_on_time", "cycle_time"]] = {
    "đúng hạn": "on_time",
    "bị trả lại": "returned",
    "bước đúng hạn": "step_on_time",
    "thời gian trung vị": "cycle_time",
}
PERIODS: Mapping[str, Period] = {"tháng": "month", "quý": "quarter", "năm": "year"}
_UNITS: Mapping[str, Literal["share", "count", "working_day"]] = {
    "%": "share",
    "hồ sơ": "count",
    "ngày làm việc": "working_day",
}
_SENTENCE = re.compile(
    rf"({'|'.join(MEASURES)}) (ít nhất|không quá) (\d+(?:,\d+)?) ?({'|'.join(_UNITS)}) mỗi ({'|'.join(PERIODS)})"
)


def read_indicators(root: Block) -> tuple[Indicator, ...]:
    """Read `chỉ tiêu:`."""
    indicators = []
    for key, value in root.named("indicators"):
        root.desk.put_entry(("indicators", key.text), key, value)
        sentence = phrase(value) if value.kind == "text" else _spoken(root.desk, key, value)
        indicator = _indicator(root.desk, key.text, sentence) if sentence else None
        if indicator:
            indicators.append(indicator)
    return tuple(indicators)


def _spoken(desk: Desk, key: Node, value: Node) -> Phrase | None:
    long = open_block(desk, "indicator", value, ("indicators", key.text), key)
    measure, period = long.text("measure"), long.text("period")
    low, high = long.text("at_least"), long.text("upper_bound")
    if measure is None or period is None:
        return None
    bound = f"ít nhất {low}" if low else f"không quá {high}"
    return spoken(f"{measure} {bound} mỗi {period}", value)


def _indicator(desk: Desk, key: str, sentence: Phrase) -> Indicator | None:
    found = _SENTENCE.fullmatch(sentence.text)
    unit = _UNITS[found[4]] if found else "share"
    bound = Decimal(found[3].replace(",", ".")) / (100 if unit == "share" else 1) if found else Decimal(0)
    measured_in_days = found is not None and found[1] == "thời gian trung vị"
    if found is None or (unit == "working_day") != measured_in_days or (unit == "share" and bound > 1):
        desk.fault(
            "QT119",
            sentence.span,
            say("the target “{text}” is not understood", text=sentence.text),
            help=say("write for example:  đúng hạn ít nhất 95% mỗi quý"),
        )
        return None
    return Indicator(
        key=key,
        measure=MEASURES[found[1]],
        direction="at_least" if found[2] == "ít nhất" else "at_most",
        bound=bound,
        unit=unit,
        period=PERIODS[found[5]],
        text=sentence.text,
    )
