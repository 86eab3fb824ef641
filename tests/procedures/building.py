"""Short hands for building procedures in tests, and the sample procedure QT-VP-05."""

from decimal import Decimal

from procedures.condition import Compare, FieldRef, NumberLiteral
from procedures.joins import Join, JoinKind
from procedures.model import (
    BackTo,
    Branch,
    Duration,
    End,
    Expected,
    FieldSpec,
    FieldType,
    Go,
    Holder,
    Indicator,
    Kind,
    Norm,
    Outcome,
    Procedure,
    Record,
    Role,
    Scenario,
    Step,
    Target,
    Unit,
)


def go(*steps: str) -> Go:
    return Go(steps=steps)


def back(step: str, at_most: int | None = 1) -> BackTo:
    return BackTo(step=step, at_most=at_most)


def end(result: str = "hoàn thành", *, cancel_rest: bool = False) -> End:
    return End(result=result, cancel_rest=cancel_rest)


def over(amount: int, name: str = "tổng tiền") -> Compare:
    return Compare(left=FieldRef(name=name), op="gt", right=NumberLiteral(value=Decimal(amount)))


def days(amount: str, unit: Unit = Unit.WORKING_DAY) -> Duration:
    return Duration(amount=Decimal(amount), unit=unit, text=f"{amount} {unit.value}")


def norm(amount: str, unit: Unit = Unit.WORKING_DAY, *, counted: bool = True) -> Norm:
    return Norm(within=days(amount, unit), counted=counted)


def wait_all(*steps: str) -> Join:
    return Join(kind=JoinKind.ALL, steps=steps)


def wait_any(*steps: str) -> Join:
    return Join(kind=JoinKind.ANY, steps=steps)


def wait_some(at_least: int, *steps: str, rest: str = "cancel") -> Join:
    return Join(kind=JoinKind.SOME, steps=steps, at_least=at_least, rest=rest)


def race(*steps: str) -> Go:
    return Go(steps=steps, race=True)


def branches(*targets: Target | tuple[Compare, Target]) -> tuple[Branch, ...]:
    return tuple(
        Branch(when=target[0], target=target[1]) if isinstance(target, tuple) else Branch(target=target)
        for target in targets
    )


def work(key: str, *targets: Target | tuple[Compare, Target], role: str = "cán bộ", **more: object) -> Step:
    """A step with one outcome; several targets are its branches by condition."""
    return Step(
        key=key, name=key.capitalize(), responsible=(role,), outcomes=(Outcome(branches=branches(*targets)),), **more
    )


def choose(key: str, outcomes: dict[str, Target | tuple], role: str = "cán bộ", **more: object) -> Step:
    """A step where the performer chooses one of several outcomes."""
    made = tuple(
        Outcome(label=label, branches=branches(*(target if isinstance(target, tuple) else (target,))))
        for label, target in outcomes.items()
    )
    return Step(key=key, name=key.capitalize(), responsible=(role,), outcomes=made, **more)


def route(key: str, *targets: Target | tuple[Compare, Target], **more: object) -> Step:
    """A step that waits for nobody."""
    return Step(key=key, name=key.capitalize(), outcomes=(Outcome(branches=branches(*targets)),), **more)


def role(name: str, *positions: str, unit: str | None = None, opener: bool = False, external: bool = False) -> Role:
    holders = tuple(Holder(position=position, unit=unit) for position in positions)
    return Role(name=name, holders=(Holder(opener=True),) if opener else holders, external=external, text=name)


def procedure(*steps: Step, **more: object) -> Procedure:
    given = {"code": "QT-01", "name": "Thử", "kind": Kind.INTERNAL_WORK, "owner_unit": "Văn phòng"}
    return Procedure(**{**given, "roles": (role("cán bộ", "Chuyên viên"),), "steps": steps, **more})


def scenario(name: str, path: str, result: str, **given: str) -> Scenario:
    stops = tuple(Expected(steps=tuple(s.strip() for s in stop.split("&"))) for stop in path.split(">") if path)
    values = tuple((key.replace("_", " "), value) for key, value in given.items())
    return Scenario(name=name, given=values, path=stops, end=result)


def purchase(**more: object) -> Procedure:
    """QT-VP-05, the purchase of common assets."""
    given = {
        "code": "QT-VP-05",
        "name": "Đề nghị mua sắm, sửa chữa tài sản thường xuyên",
        "within": days("12"),
        "roles": (
            Role(
                name="người đề nghị",
                holders=(Holder(position="Chuyên viên", relative="opener_unit"),),
                text="Chuyên viên của đơn vị mở hồ sơ",
            ),
            role("quản trị", "Chuyên viên quản trị", unit="Văn phòng"),
            role("kế toán", "Kế toán", unit="Văn phòng"),
            role("chánh văn phòng", "Chánh Văn phòng"),
            role("lãnh đạo", "Giám đốc", "Phó Giám đốc phụ trách"),
        ),
        "fields": (
            FieldSpec(name="nội dung", type=FieldType.LONG_TEXT, required=True),
            FieldSpec(name="tổng tiền", type=FieldType.MONEY, required=True),
        ),
        "risks": ("Giá cao hơn thị trường",),
        "records": (Record(name="Bộ hồ sơ mua sắm", place="Bộ phận Kế toán", retention="10 năm"),),
        "indicators": (
            Indicator(
                key="CT1",
                measure="on_time",
                direction="at_least",
                bound=Decimal("0.95"),
                period="quarter",
                text="đúng hạn ít nhất 95% mỗi quý",
            ),
        ),
        "scenarios": (
            scenario(
                "Máy in 12 triệu, đủ hồ sơ",
                "lập phiếu > kiểm tra > khảo giá & thẩm định nguồn > xem xét > mua sắm",
                "hoàn thành",
                tổng_tiền="12 triệu",
            ),
            scenario(
                "Máy chủ 180 triệu bị lãnh đạo từ chối",
                "lập phiếu > kiểm tra > khảo giá & thẩm định nguồn > xem xét > phê duyệt",
                "từ chối",
                tổng_tiền="180 triệu",
            ),
        ),
    }
    return procedure(*purchase_steps(), **{**given, **more})


def purchase_steps() -> tuple[Step, ...]:
    agreed = ((over(50_000_000), go("phê duyệt")), go("mua sắm"))
    return (
        work("lập phiếu", go("kiểm tra"), role="người đề nghị", collect=("nội dung", "tổng tiền")),
        choose(
            "kiểm tra",
            {
                "Hợp lệ": go("khảo giá", "thẩm định nguồn"),
                "Thiếu hoặc sai": back("lập phiếu", 2),
                "Không thuộc phạm vi": end("từ chối"),
            },
            role="quản trị",
            norm=norm("1"),
        ),
        work("khảo giá", go("xem xét"), role="quản trị", norm=norm("2"), outputs=("Bảng so sánh báo giá",)),
        work("thẩm định nguồn", go("xem xét"), role="kế toán", norm=norm("1"), checklist=("Còn dự toán",)),
        choose(
            "xem xét",
            {"Đồng ý": agreed, "Yêu cầu làm rõ": back("khảo giá"), "Không đồng ý": end("từ chối")},
            role="chánh văn phòng",
            norm=norm("1"),
            not_same_as=("lập phiếu",),
            join=wait_all("khảo giá", "thẩm định nguồn"),
        ),
        choose(
            "phê duyệt",
            {"Phê duyệt": go("mua sắm"), "Không phê duyệt": end("từ chối")},
            role="lãnh đạo",
            norm=norm("2"),
        ),
        work("mua sắm", end("hoàn thành"), role="quản trị", norm=norm("5"), outputs=("Biên bản nghiệm thu",)),
    )
