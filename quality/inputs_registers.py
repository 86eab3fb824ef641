"""The inputs of a review that registers feed: actions, context, surveys, objectives, providers, resources, risks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from procedures.model import LIST
from procedures.vietnamese import amount
from procedures.words import Words, say
from quality.figure import Figure, counted
from quality.material import (
    ACTION,
    CONTEXT,
    DIFFICULTY,
    IMPROVEMENT,
    OBJECTIVE,
    POLICY,
    PROVIDER,
    RESOURCE,
    SURVEY,
    TRAINING,
    Material,
)
from quality.objectives import at_odds, measured, objective, of_year
from quality.questions import Frozen
from quality.section import Cell, Listing, Part, Topic

#: A column of a list: its head, and the name of the value in it.
_Column = tuple[Words, str]
_REVIEW = "Xem xét của lãnh đạo"


def actions(known: Material) -> Iterator[Part]:
    """List the conclusions that became actions, with owner, date and what has become of each, and count the overdue."""
    found = [one for one in known.touched(ACTION) if one.values.get("nguồn hành động") == _REVIEW]
    late = [one.case.id for one in found if _overdue(known, one)]
    what = say("actions that conclusions of reviews became, followed as cases")
    scope = (("period", known.period.key),)
    told = (
        ("action.all", say("actions followed"), [one.case.id for one in found]),
        ("action.done", say("actions done"), [one.case.id for one in found if one.case.over]),
        ("action.overdue", say("actions past their date"), late),
    )
    yield Topic(say("actions from reviews"), tuple(counted(key, name, what, cases, scope) for key, name, cases in told))
    columns = (
        (say("action"), "nội dung hành động"),
        (say("from"), "hồ sơ gốc"),
        (say("owner"), "người chịu trách nhiệm"),
        (say("to be done by"), "hạn hoàn thành"),
        (say("what became of it"), "kết quả thực hiện"),
    )
    yield _listing(known, ACTION, say("status of each action"), columns, found, late)


def context(known: Material) -> Iterator[Part]:
    """List changes outside and inside, needs of interested parties, and the issues of the quality policy."""
    columns = (
        (say("kind"), "loại vấn đề"),
        (say("content"), "nội dung"),
        (say("bearing on the system"), "ảnh hưởng tới hệ thống"),
        (say("weight"), "mức ảnh hưởng"),
    )
    yield _listing(known, CONTEXT, say("issues and needs in the period"), columns, known.touched(CONTEXT))
    issued = [one for one in known.touched(POLICY) if one.values.get("số quyết định")]
    policy = (
        (say("decision"), "số quyết định"),
        (say("issued on"), "ngày ban hành"),
        (say("unit"), "đơn vị áp dụng"),
        (say("reason"), "lý do ban hành"),
    )
    if issued:
        yield _listing(known, POLICY, say("quality policy issued in the period"), policy, issued)


def satisfaction(known: Material) -> Iterator[Part]:
    """Tell the surveys of the period, with the share of answers that were satisfied, and difficulties told."""
    found = known.touched(SURVEY)
    answered = [one for one in found if _number(one, "số phiếu thu về")]
    if answered:
        back, happy = (_sum(answered, name) for name in ("số phiếu thu về", "số phiếu hài lòng"))
        cases = tuple(one.case.id for one in answered)
        yield Topic(
            say("surveys"),
            (
                Figure(
                    "survey.satisfied",
                    say("satisfied answers"),
                    say("answers that were satisfied, of all answers that came back in the surveys of the period"),
                    float(happy / back),
                    "share",
                    cases,
                    int(back),
                    (("period", known.period.key),),
                ),
            ),
        )
    columns = (
        (say("survey"), "kỳ khảo sát"),
        (say("asked whom"), "đối tượng"),
        (say("sent"), "số phiếu phát ra"),
        (say("came back"), "số phiếu thu về"),
        (say("satisfied"), "số phiếu hài lòng"),
        (say("main opinions"), "ý kiến chính"),
    )
    if found:
        yield _listing(known, SURVEY, say("surveys in the period"), columns, found)
    troubles = known.touched(DIFFICULTY)
    told = ((say("field"), "lĩnh vực"), (say("difficulty"), "nội dung vướng mắc"), (say("answer"), "nội dung trả lời"))
    if troubles:
        yield _listing(known, DIFFICULTY, say("difficulties told by units"), told, troubles)


def objectives(known: Material) -> Iterator[Part]:
    """Hold each objective of the year against what was measured; an evaluation that says otherwise is told."""
    found = of_year([objective(one.case, one.values) for one in known.held.get(OBJECTIVE, ())], known.period)
    if not found:
        return
    rows: list[tuple[Cell, ...]] = []
    behind: list[str] = []
    for one in found:
        target = measured(one, known.facts, known.period, known.worked, known.tree)
        met = say("not from cases") if target is None else _met(target.met)
        judged: Cell = one.result or one.stage
        if at_odds(one, target):
            judged = say("{result}, against what was measured", result=one.result)
        bound = say("{direction} {bound}", direction=one.said("chiều"), bound=_plain(one.said("mức mục tiêu")))
        value: Cell = target.figure if target is not None else one.said("kết quả tự đo")
        cause: Cell = one.said("nguyên nhân")
        rows.append(
            (one.id, one.said("nội dung mục tiêu"), bound, one.said("số quyết định"), value, met, judged, cause)
        )
        behind += [one.id, *(target.figure.cases if target is not None else ())]
    header = (say("case"), say("objective"), say("bound"), say("decision"), say("measured"), say("met"),
              say("evaluation"), say("cause"))  # fmt: skip
    yield Listing(say("quality objectives of the year"), header, tuple(rows), tuple(dict.fromkeys(behind)), say("none"))


def providers(known: Material) -> Iterator[Part]:
    """List the providers evaluated in the period, each with the mean of its marks and the conclusion."""
    found = known.touched(PROVIDER)
    if not found:
        return
    names = ("điểm chất lượng", "điểm đúng hạn", "điểm giá cả", "điểm hỗ trợ")
    rows = []
    for one in found:
        marks = [mark for mark in (_number(one, name) for name in names) if mark is not None]
        mean = amount((sum(marks, Decimal(0)) / len(marks)).quantize(Decimal("0.01")), "vi") if marks else ""
        rows.append((one.case.id, one.values.get("nhà cung cấp", ""), one.values.get("hàng hoá dịch vụ", ""), mean,
                     one.case.result or _stage(one), one.values.get("kết luận", "")))  # fmt: skip
    header = (say("case"), say("provider"), say("provides"), say("mean of marks"), say("result"), say("conclusion"))
    cases = tuple(one.case.id for one in found)
    yield Listing(say("providers evaluated in the period"), header, tuple(rows), cases, say("none in the period"))


def resources(known: Material) -> Iterator[Part]:
    """List what resources were asked for and decided, and the courses held with who passed."""
    columns = (
        (say("kind"), "loại nguồn lực"),
        (say("need"), "nhu cầu"),
        (say("there is"), "hiện có"),
        (say("needed"), "cần có"),
        (say("decision"), "quyết định"),
    )
    needs, courses = known.touched(RESOURCE), known.touched(TRAINING)
    if needs:
        yield _listing(known, RESOURCE, say("resources asked for"), columns, needs)
    told = (
        (say("course"), "tên khoá"),
        (say("kind"), "loại khoá"),
        (say("attended"), "người tham dự"),
        (say("passed"), "người đạt"),
        (say("certificate until"), "chứng nhận có giá trị đến"),
    )
    if courses:
        yield _passed(known, courses)
        yield _listing(known, TRAINING, say("training in the period"), told, courses)


def risk_actions(known: Material) -> Iterator[Part]:
    """List risks and opportunities with the marks before and after treatment, and whose review is overdue."""
    start, end = known.period.start, known.period.end
    found = [
        one
        for one in known.risks
        if one.case.opened_at < end and (one.case.ended_at is None or one.case.ended_at >= start)
    ]
    if not found:
        return
    late = [one.case.id for one in known.risks if _past(known, one, "xem xét lại trước ngày")]
    rows = tuple(
        (one.case.id, one.values.get("nội dung", ""), one.values.get("mức ưu tiên", ""),
         _marks(one, "khả năng xảy ra", "mức tác động"), _marks(one, "khả năng còn lại", "tác động còn lại"),
         one.values.get("biện pháp", ""), one.case.result or _stage(one), one.values.get("nhận xét hiệu lực", ""))
        for one in found
    )  # fmt: skip
    header = (say("case"), say("content"), say("priority"), say("mark before"), say("mark after"), say("treatment"),
              say("result"), say("effect"))  # fmt: skip
    yield Listing(say("actions on risks and opportunities"), header, rows, tuple(row[0] for row in rows), say("none"))
    what = say("risks and opportunities whose date of being looked at again has passed")
    scope = (("period", known.period.key),)
    yield Topic(say("looking again"), (counted("risk.again", say("to be looked at again"), what, late, scope),))


def improvements(known: Material) -> Iterator[Part]:
    """List the improvements proposed, and what they brought."""
    found = known.touched(IMPROVEMENT)
    columns = (
        (say("proposal"), "đề xuất"),
        (say("expected"), "lợi ích mong đợi"),
        (say("what it brought"), "lợi ích thực tế"),
    )
    if found:
        yield _listing(known, IMPROVEMENT, say("improvements in the period"), columns, found)


def _passed(known: Material, courses: Sequence[Frozen]) -> Part:
    attended = [f"{one.case.id} {who}" for one in courses for who in _people(one, "người tham dự")]
    passed = [f"{one.case.id} {who}" for one in courses for who in _people(one, "người đạt")]
    both = [one for one in passed if one in set(attended)]
    found = Figure(
        "training.passed",
        say("passed"),
        say("people who passed, of all who attended the courses of the period"),
        float(Fraction(len(both), len(attended))) if attended else None,
        "share",
        tuple(one.case.id for one in courses if _people(one, "người tham dự")),
        len(attended),
        (("period", known.period.key),),
    )
    return Topic(say("training"), (found,))


def _listing(
    known: Material,
    code: str,
    name: Words,
    columns: Sequence[_Column],
    found: Sequence[Frozen],
    late: Sequence[str] = (),
) -> Listing:
    header = (say("case"), *(head for head, _ in columns), say("stands at"))
    rows = tuple(
        (one.case.id, *(_value(known, code, one, name) for _, name in columns), _standing(one, late)) for one in found
    )
    return Listing(name, header, rows, tuple(one.case.id for one in found), say("none in the period"))


def _standing(one: Frozen, late: Sequence[str]) -> Cell:
    stands = one.case.result or _stage(one)
    return say("{stage}, past its date", stage=stands) if one.case.id in late else stands


def _stage(one: Frozen) -> str:
    return ", ".join(item.step for item in one.case.live_items)


def _value(known: Material, code: str, one: Frozen, name: str) -> str:
    """Return a stored value as people read it: names for accounts, dates and numbers in their form."""
    text = one.values.get(name, "")
    release = known.release(code, one.case.issue)
    spec = release.procedure.field(name) if release is not None else None
    if spec is None or not text:
        return text
    if spec.type == "people":
        return ", ".join(known.named.person(who) for who in text.split(LIST))
    if spec.type == "date":
        return _day(text)
    if spec.type in {"number", "money"}:
        return _plain(text)
    return text


def _plain(text: str) -> str:
    try:
        return amount(Decimal(text), "vi")
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else text  # noqa: PLR2004 - year, month, day


def _number(one: Frozen, name: str) -> Decimal | None:
    try:
        return Decimal(one.values[name]) if one.values.get(name) else None
    except InvalidOperation:
        return None


def _sum(found: Sequence[Frozen], name: str) -> Decimal:
    return sum((_number(one, name) or Decimal(0) for one in found), Decimal(0))


def _marks(one: Frozen, *names: str) -> str:
    marks = [mark for mark in (_number(one, name) for name in names) if mark is not None]
    return amount(marks[0] * marks[1], "vi") if len(marks) == len(names) else ""


def _people(one: Frozen, name: str) -> list[str]:
    return [who for who in one.values.get(name, "").split(LIST) if who]


def _overdue(known: Material, one: Frozen) -> bool:
    return not one.case.over and _past(known, one, "hạn hoàn thành")


def _past(known: Material, one: Frozen, name: str) -> bool:
    """Tell whether a day that was entered lies before the day of the cut-off."""
    told = one.values.get(name, "")
    return bool(told) and told < known.today.isoformat()


def _met(met: bool | None) -> Words:  # noqa: FBT001 - it is a finding, not a switch
    if met is None:
        return say("nothing to measure")
    return say("met") if met else say("not met")
