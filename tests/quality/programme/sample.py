"""Sở A with the sample programme issued, and short ways to do a task of it."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.agency import SETTINGS, Agency, open_agency
from engine.commands import AttachFile, FinishWork
from engine.commands.files import NAME
from engine.handle import Done, handle
from procedures.load import load_file
from procedures.shelf import release
from quality.programme.kept import KeptProgrammes
from quality.programme.plan import Issued, Plan
from quality.programme.read import read_plan, read_text

ROOT = Path(__file__).resolve().parents[3]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED = datetime(2026, 1, 2, 1, tzinfo=UTC)


def at(day: int, month: int, hour: int = 8, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


def sample() -> Plan:
    """The programme that ships with the project."""
    found = read_plan(ROOT / "programme.d" / "2026.yaml", ROOT)
    assert found.plan is not None, [finding.message.into("vi") for finding in found.findings]
    return found.plan


def plan(tasks: str, head: str = "") -> Plan:
    """A plan of Sở A for 2026 with one section."""
    found = read_text(declared(tasks, head), "programme.d/2026.yaml")
    assert found.plan is not None, [finding.message.into("vi") for finding in found.findings]
    return found.plan


def declared(tasks: str, head: str = "") -> str:
    inside = "".join(f"      {line}\n" for line in tasks.strip("\n").splitlines())
    return (
        "chương trình:\n  mã: CT-X\n  năm: 2026\n  tên: Chương trình thử\n  cơ quan ban hành: Sở A\n"
        f"{head}các phần:\n  I:\n    công việc:\n{inside}"
    )


def issued(of: Plan, issue: int = 1) -> Issued:
    return Issued(plan=of, number="12/KH-SA", day=date(2026, 1, 2), signatory="Nguyễn Văn An", issue=issue, at=ISSUED)


def folder(tmp_path: Path, *codes: str) -> Agency:
    """The folder of Sở A in which these procedures are issued besides that of tasks."""
    root = tmp_path / "sở-a"
    for part in ("organisation.d", "calendar.d"):
        shutil.copytree(ROOT / part, root / part)
    (root / SETTINGS).write_text('agency = "Sở A"\nplace = "Tỉnh A"\n', encoding="utf-8")
    agency = open_agency(root)
    for code in ("QT-HT-20", *codes):
        found = load_file(ROOT / "procedures.d" / f"{code}.yaml", ROOT).procedure
        assert found is not None
        agency.shelf.publish(release(found, approved_by="Giám đốc", issued_at=datetime(2025, 12, 22, 1, tzinfo=UTC)))
    return agency


def programme(agency: Agency) -> KeptProgrammes:
    return KeptProgrammes(agency.root / "programmes")


def attach(agency: Agency, case: str, by: str, now: datetime, item: int = 1) -> None:
    told = AttachFile(
        id=f"tệp/{case}/{item}",
        actor=by,
        case=case,
        item=item,
        digest="ab" * 32,
        size=10,
        type="application/pdf",
        fields={NAME: "kết quả.pdf"},
        salt="s",
    )
    done = handle(told, store=agency.store, ground=agency, now=now)
    assert isinstance(done, Done), done


def finish(agency: Agency, case: str, item: int, by: str, now: datetime, outcome: str | None = None) -> object:
    fields = {"kết quả đạt được": "Đã ban hành"} if item == 1 else {}
    told = FinishWork(
        id=f"xong/{case}/{item}", actor=by, case=case, item=item, outcome=outcome, fields=fields, salt="s"
    )
    return handle(told, store=agency.store, ground=agency, now=now)


def do(agency: Agency, case: str, by: str, now: datetime) -> None:
    """Do a task whole: its result attached, given and confirmed by the secretary."""
    attach(agency, case, by, now)
    for item, who, outcome in ((1, by, None), (2, "linh.vt", "Đạt")):
        done = finish(agency, case, item, who, now, outcome)
        assert isinstance(done, Done), done
