"""Forms, kept records and phases: short named entries beside the steps."""

from procedures.model import Duration, Form, Phase, Record, Step
from procedures.reading import times
from procedures.reading.block import Block, open_block
from procedures.reading.phrase import phrase
from procedures.source import Node
from procedures.words import say


def read_forms(root: Block) -> tuple[Form, ...]:
    """Read `biểu mẫu:`."""
    forms = []
    for key, value in root.named("forms"):
        root.desk.put_entry(("forms", key.text), key, value)
        forms.append(Form(code=key.text, name=value.text))
    return tuple(forms)


def read_records(root: Block) -> tuple[Record, ...]:
    """Read `hồ sơ lưu:`; a sentence gives the place and, after its last comma, how long."""
    records = []
    for key, value in root.named("records"):
        root.desk.put_entry(("records", key.text), key, value)
        record = _record(root, key, value)
        if record:
            records.append(record)
    return tuple(records)


def _record(root: Block, key: Node, value: Node) -> Record | None:
    if value.kind == "map":
        long = open_block(root.desk, "record", value, ("records", key.text), key)
        place, retention = long.text("place") or "", long.text("retention") or ""
    else:
        place, _, retention = (part.strip() for part in value.text.rpartition(","))
        if not place or not retention:
            root.desk.fault(
                "QT122",
                value.span,
                say("“{text}” does not say both where and for how long", text=value.text),
                help=say("write:  place, time — for example: Bộ phận Kế toán, 10 năm"),
            )
    return Record(name=key.text, place=place, retention=retention) if place and retention else None


def read_phase_limits(root: Block) -> dict[str, Duration | None]:
    """Read `giai đoạn:`, name by name with its limit."""
    limits: dict[str, Duration | None] = {}
    for key, value in root.named("phase"):
        path = ("phases", key.text)
        root.desk.put_entry(path, key, value)
        if value.kind == "text":
            limits[key.text] = times.entry_limit(root.desk, key, value, (*path, "within"))
            root.desk.put((*path, "within"), phrase(value).span, key.span)
        else:
            limits[key.text] = times.limit(open_block(root.desk, "phase", value, path, key), "within")
    return limits


def phases(limits: dict[str, Duration | None], steps: tuple[Step, ...]) -> tuple[Phase, ...]:
    """Gather the steps of each phase."""
    return tuple(
        Phase(name=name, within=within, steps=tuple(step.key for step in steps if step.phase == name))
        for name, within in limits.items()
    )
