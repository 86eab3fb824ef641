"""What pages cost among many cases: a real server, lists and cases read one by one, a hundred officials at once."""

import argparse
import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gzip import compress
from pathlib import Path
from statistics import median, quantiles

import httpx
import uvicorn
from argon2 import PasswordHasher

from engine.accounts import LONGEST
from engine.agency import Agency, Settings
from engine.commands import FinishWork, OpenCase, WithdrawCase
from engine.handle import Done, handle
from engine.state import kept, plain, read_case
from engine.stores.accounts import Accounts
from engine.stores.sql import SqlStore
from procedures.calendar import Calendars, load_calendar
from procedures.load import load_text
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import FolderShelf, release
from web.app import make_app

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
UNITS, EACH, ROUNDS = 20, 5, 20
#: Of a hundred cases so many have ended; the rest are open, as in an agency in its second year.
_ENDED = 90
PROCEDURE = """
quy trình:
  mã: QT-W2
  tên: Giải quyết đề nghị
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2026
  đơn vị chủ trì: Sở A
  thời hạn: 10 ngày làm việc
vai trò:
  chuyên viên: Chuyên viên của đơn vị mở hồ sơ
  lãnh đạo: Giám đốc
thông tin:
  số tiền:
    kiểu: số tiền
các bước:
  tiếp nhận:
    trách nhiệm: chuyên viên
    thời hạn: 2 ngày làm việc
    nhập: [số tiền]
    đến: giải quyết
  giải quyết:
    trách nhiệm: chuyên viên
    thời hạn: 3 ngày làm việc
    chọn:
      Đủ: ký
      Thiếu: trả về tiếp nhận, không quá 2 lần
  ký:
    trách nhiệm: lãnh đạo
    thời hạn: 2 ngày làm việc
    đến: kết thúc xong
"""
TITLES = ("Mua máy in", "Sửa đường ống nước", "Thay máy chiếu hội trường", "In giấy mời hội nghị", "Đặt hoa kỷ niệm")


def agency(folder: Path) -> Agency:
    """Return an agency of twenty units with five officials each, in a folder."""
    loaded = load_text(PROCEDURE, "w2.yaml")
    assert loaded.procedure is not None, [str(finding.message) for finding in loaded.findings]
    shelf = FolderShelf(folder / "releases")
    if not list(shelf.all()):
        shelf.publish(release(loaded.procedure, approved_by="Giám đốc", issued_at=datetime(2026, 1, 1, tzinfo=UTC)))
    units = (OrgUnit("Sở A"), *(OrgUnit(f"Phòng {number}", parent="Sở A") for number in range(UNITS)))
    officials = (
        Person(f"cv{unit}.{one}", f"Nguyễn Văn Cán {unit} {one}", (Post("Chuyên viên", f"Phòng {unit}"),))
        for unit in range(UNITS)
        for one in range(EACH)
    )
    people = (Person("gd", "Trần Thị Giám", (Post("Giám đốc", "Sở A"),)), *officials)
    calendar, findings = load_calendar(ROOT / "calendar.d")
    assert calendar is not None, findings
    settings = Settings(agency="Sở A", read_all="Giám đốc")
    store = SqlStore(folder / "a.db")
    return Agency(folder, settings, Organisation(units=units, people=people), Calendars(calendar), shelf, store)


def seeds(on: Agency) -> Iterator[str]:
    """Open and move some cases by commands; yield one id after the other, running ones first."""
    running = [seed(on, unit, nth, ended=False) for unit in range(UNITS) for nth in range(ROUNDS)]
    ended = [seed(on, unit, nth, ended=True) for unit in range(UNITS) for nth in range(ROUNDS)]
    yield from (*running, *ended)


def seed(on: Agency, unit: int, nth: int, *, ended: bool) -> str:
    """Return a case of a unit: a running one some days old, or one that ended in the course of the year."""
    days = 1 + nth if not ended else 20 + 13 * nth
    at = NOW - timedelta(days=days)
    official, key = f"cv{unit}.{nth % EACH}", f"{unit}-{nth}-{ended}"
    title = f"{TITLES[nth % len(TITLES)]} phòng {unit} đợt {nth}{' bổ sung' if ended else ''}"
    done = handle(
        OpenCase(id=f"o{key}", actor=official, procedure="QT-W2", title=title), store=on.store, ground=on, now=at
    )
    assert isinstance(done, Done), done
    steps = [(official, None, {"số tiền": "12 triệu"}), (official, "Đủ", {}), ("gd", None, {})]
    for item, (by, outcome, fields) in enumerate(steps if ended else steps[: nth % 2], 1):
        told = FinishWork(
            id=f"f{item}-{key}", actor=by, case=done.case, item=item, outcome=outcome, fields=fields, salt="s"
        )
        answer = handle(told, store=on.store, ground=on, now=at + timedelta(days=item * (1 + nth % 4)))
        assert isinstance(answer, Done), answer
    if not ended and nth == ROUNDS - 1:
        told_off = WithdrawCase(id=f"w{key}", actor=official, case=done.case, reason="không cần nữa")
        handle(told_off, store=on.store, ground=on, now=NOW)
    return done.case


def grown(on: Agency, cases: int) -> None:
    """Copy the rows of the seeds under other numbers until there are so many cases."""
    first = list(seeds(on))
    half, n = len(first) // 2, len(first)
    copies = (
        (first[half + i % half] if i % 100 < _ENDED else first[i // 7 % half], f"HS-2026-{i:04d}", i)
        for i in range(n + 1, cases + 1)
    )
    with on.store.writing() as writer:
        driver = writer.connection.connection.driver_connection
        driver.create_function("renamed", 3, _renamed)
        driver.execute("CREATE TEMP TABLE copies (seed TEXT, new TEXT, number INTEGER)")
        driver.executemany("INSERT INTO copies VALUES (?, ?, ?)", copies)
        for table in ("event", "case_file", "work_item", "work_holder", "breach", "entered_value", "written_text"):
            names = [name for _, name, *_ in driver.execute(f"PRAGMA table_info({table})")]
            key = "id" if table == "case_file" else "case_id"
            told = ", ".join(_copied(table, name) for name in names)
            driver.execute(f"INSERT INTO {table} SELECT {told} FROM copies JOIN {table} t ON t.{key} = copies.seed")
        driver.execute(
            "INSERT INTO case_word SELECT new, word FROM copies JOIN case_word t ON t.case_id = copies.seed "
            "WHERE word NOT LIKE '%2026%' AND NOT (word GLOB '[0-9]*' AND word + 0 = substr(seed, 9) + 0)"
        )
        for word in ("lower(new)", "substr(new, 4)", "substr(new, 9)", "CAST(number AS TEXT)"):
            driver.execute(f"INSERT OR IGNORE INTO case_word SELECT new, {word} FROM copies")
        driver.execute("ANALYZE")


def _renamed(state: bytes, seed: str, new: str) -> bytes:
    return kept(read_case(plain(state).replace(seed.encode(), new.encode())))


def _copied(table: str, column: str) -> str:
    if column in {"id", "case_id"}:
        return "new"
    if (table, column) == ("case_file", "number"):
        return "copies.number"
    if column == "command":
        return "randomblob(16)" if table == "event" else "hex(randomblob(16))"
    return "renamed(state, seed, new)" if column == "state" else f"t.{column}"


def tokens(on: Agency) -> dict[str, str]:
    """Give everybody an account and return what their browsers show."""
    accounts, found = Accounts(on.store), {}
    for person in on.organisation.people:
        first = accounts.add(person.id, person.id, NOW)
        token = accounts.sign_in(person.id, str(first), person.id, NOW)
        assert isinstance(token, str), token
        assert accounts.change_password(person.id, str(first), "cây đa bến nước", token, NOW) is None
        found[person.id] = token
    return found


class Served:
    """A server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        asked = [sys.executable, "-m", "benchmarks.web", "--serve", str(folder), "--port", str(self.port)]
        self.process = subprocess.Popen(asked, cwd=ROOT)  # noqa: S603 - this very program
        self.address = f"http://127.0.0.1:{self.port}"
        for _ in range(600):
            try:
                httpx.get(f"{self.address}/dang-nhap")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server does not answer")

    def seconds(self) -> float:
        """Return how many seconds of processor time the server has taken."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()


def read(served: Served, token: str, path: str, times: int) -> tuple[list[float], float, int]:
    """Return how many milliseconds each reading took to its first byte, the server's own for one, and its bytes."""
    took = []
    with httpx.Client(base_url=served.address, cookies={"phien": token}, timeout=120) as client:
        answer = client.get(path)
        assert answer.status_code == httpx.codes.OK, (path, answer.status_code, answer.text[:300])
        before = served.seconds()
        for _ in range(times):
            begin = time.perf_counter()
            with client.stream("GET", path) as stream:
                took.append((time.perf_counter() - begin) * 1000)
                stream.read()
        own = (served.seconds() - before) * 1000 / times
    return took, own, len(answer.content)


#: A connection is let go before the server does, so that none is used in the moment in which it ends.
_LIMITS = httpx.Limits(keepalive_expiry=2)


class Official:
    """Somebody at a browser of their own, who does as an official does."""

    def __init__(self, address: str, token: str) -> None:
        self.client = httpx.AsyncClient(base_url=address, cookies={"phien": token}, timeout=300, limits=_LIMITS)
        self.paths: list[str] = []
        self.took: list[float] = []
        self.faults: list[str] = []

    async def look(self) -> None:
        """Look at the list."""
        page = (await self.client.get("/viec")).text
        self.paths = re.findall(r'href="(/ho-so/HS-\d+-\d+/buoc/\d+)"', page)

    async def work(self) -> None:
        """Open each step and send it on."""
        for path in self.paths:
            form = (await self.client.get(path)).text
            inside = form.partition("<main")[2]
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside))
            fields |= {"nut": "chuyen"} | ({"ket-qua": "Đủ"} if 'name="ket-qua"' in form else {"f:số tiền": "5 triệu"})
            begin = time.perf_counter()
            answer = await self.client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"})
            self.took.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != httpx.codes.SEE_OTHER:
                told = re.sub(r"<[^>]+>|\s+", " ", answer.text.partition('id="loi"')[2].partition("</ul>")[0])
                self.faults.append(f"{path}: {answer.status_code} {told[:200]}")


async def together(address: str, known: dict[str, str]) -> tuple[list[float], list[str]]:
    """Let every official look, and then work, at once: each on three of their own that no colleague begins.

    Colleagues do not see the same list: what one has done a step of may be theirs alone. Of two who begin one piece of
    work the second is refused, and rightly.
    """
    office = [Official(address, token) for one, token in known.items() if one != "gd"]
    await asyncio.gather(*(one.look() for one in office))
    begun: set[str] = set()
    for one in office:
        one.paths = [path for path in one.paths if path not in begun][:3]
        begun.update(one.paths)
    await asyncio.gather(*(one.work() for one in office))
    return [took for one in office for took in one.took], [fault for one in office for fault in one.faults]


def told(name: str, took: list[float], own: float, size: int) -> str:
    """Return a line of the table."""
    cuts = quantiles(took, n=100, method="inclusive")
    return f"| {name} | {median(took):.0f} | {cuts[94]:.0f} | {cuts[98]:.0f} | {own:.0f} | {size / 1000:.0f} |"


def main() -> None:
    """Run and print tables in Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=100)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--serve", type=Path)
    asked.add_argument("--port", type=int)
    options = asked.parse_args()
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    __import__("engine.accounts").accounts._hasher = lambda: quick  # what a password costs is not measured here
    assert timedelta(hours=1) < LONGEST
    if options.serve:
        app = make_app(agency(options.serve), now=lambda: NOW)
        uvicorn.run(app, host="127.0.0.1", port=options.port, log_config=None)
        return
    folder = Path(tempfile.mkdtemp(dir=options.folder, prefix="quytrinh-web-"))
    try:
        measure(folder, options.cases, options.times)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, cases: int, times: int) -> None:
    """Build, serve, read and work."""
    on = agency(folder)
    begin = time.perf_counter()
    grown(on, cases)
    known = tokens(on)
    on.store.close()
    print(f"{cases:,} cases built in {time.perf_counter() - begin:.0f} s; load {os.getloadavg()[0]:.0f}\n", flush=True)
    served = Served(folder)
    try:
        print(
            "| Page | median ms | p95 | p99 | processor ms of the server | KB |\n|---|---|---|---|---|---|", flush=True
        )
        for person, path in PAGES:
            slow = path in {"/dieu-hanh", "/chi-tieu"}
            print(told(f"`{path}` ({person})", *read(served, known[person], path, 3 if slow else times)), flush=True)
        begin, before = time.perf_counter(), served.seconds()
        took, faults = asyncio.run(together(served.address, known))
        lasted, own = time.perf_counter() - begin, served.seconds() - before
        cuts = quantiles(took, n=100, method="inclusive")
        print(
            f"\n{len(known) - 1} officials at once, {len(took)} steps sent on in {lasted:.0f} s, {len(faults)} errors"
        )
        print(
            f"a step: median {median(took):.0f} ms, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f}; "
            f"server {own:.0f} s of processor"
        )
        for fault in faults:
            print(fault)
    finally:
        served.stop()
    style = (ROOT / "web" / "site.css").read_bytes()
    print(f"\nCSS {len(compress(style)) / 1000:.1f} KB gzip; load {os.getloadavg()[0]:.0f}")


PAGES = (
    ("cv3.1", "/viec"),
    ("cv3.1", "/viec?muc=don-vi"),
    ("gd", "/viec?muc=don-vi"),
    ("cv3.1", "/ho-so/HS-2026-0061"),
    ("gd", "/ho-so/HS-2026-0061"),
    ("gd", "/tra-cuu"),
    ("cv3.1", "/tra-cuu"),
    ("gd", "/tra-cuu?tim=may+in+dot+7"),
    ("gd", "/tra-cuu?tim=phong"),
    ("cv3.1", "/tra-cuu?tim=may"),
    ("gd", "/tra-cuu?tim=hs-2026-0777"),
    ("gd", "/tra-cuu?tinh-trang=late"),
    ("gd", "/dieu-hanh"),
    ("cv3.1", "/dieu-hanh"),
    ("gd", "/chi-tieu"),
)

if __name__ == "__main__":
    main()
