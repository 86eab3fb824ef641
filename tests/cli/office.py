"""An agency's folder as an official has it: made by the program, with the sample people, calendar and procedures."""

import contextlib
import io
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.main import run

DATA = Path(__file__).resolve().parents[2]
FOLDERS = ("organisation.d", "calendar.d", "procedures.d")
#: What the checks come to warn of in the sample procedures is tested elsewhere.
ACCEPTED = tuple(word for code in ("QT401", "QT404", "QT512") for word in ("--accept", f"{code}=Quy trình mẫu"))
#: Who drafts does not approve.
DRAFTED = ("--drafted-by", "Lê Thị Soạn")
#: Issued before the year, in force with the year; the file's own date plays no part.
ISSUED = (
    "--at",
    "2025-12-22T09:00",
    "--effective",
    "01/01/2026",
    "--approved-by",
    "Giám đốc Sở A",
    *ACCEPTED,
    *DRAFTED,
)


@dataclass(frozen=True)
class Answer:
    """What a command said: its exit code, its data and its messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def case(self) -> str:
        return str(self.json["case"])


def said(*line: object) -> Answer:
    """Run one command line in this process; no ending of it may show a traceback."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(word) for word in line])
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Answer(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Office:
    """A folder, and commands given in it."""

    root: Path

    def say(self, *line: object, by: str | None = None, at: str | None = None) -> Answer:
        """Give a command, as somebody, at an instant."""
        who = ("--user", by) if by else ()
        when = ("--at", at) if at else ()
        return said("-C", self.root, *line, *who, *when)

    def told(self, *line: object, by: str | None = None, at: str | None = None) -> Any:
        """Give a command that must succeed and return its JSON answer."""
        answer = self.say(*line, "--format", "json", by=by, at=at)
        assert answer.code == 0, answer.err + answer.out
        return answer.json

    def copy(self, target: Path) -> "Office":
        shutil.copytree(self.root, target)
        return Office(target)


def fresh(root: Path) -> Office:
    """Make a folder with `quytrinh init`, then put the sample data in the place of its skeletons."""
    assert said("init", root, "--template", "trong").code == 0
    for name in FOLDERS:
        shutil.rmtree(root / name)
        shutil.copytree(DATA / name, root / name)
    purchase = root / "procedures.d" / "QT-VP-05.yaml"
    text = re.sub(r"(?m)^  thời hạn: .*$", "  thời hạn: 12 ngày làm việc", purchase.read_text("utf-8"), count=1)
    purchase.write_text(text, encoding="utf-8")  # due instants in the tests count on this limit
    return Office(root)


def issued(root: Path) -> Office:
    """Make a folder in which the purchase and the handling of nonconformities are in force from the year 2026."""
    office = fresh(root)
    answer = office.say("publish", "QT-VP-05", "QT-HT-04", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return office
