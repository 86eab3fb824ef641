"""Several programs as one: raised together, told together, raised again when they fall."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from cli import children
from cli.children import Child, Family

ROOT = Path(__file__).resolve().parents[2]


def until(condition: object, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.02)
    return bool(condition())  # type: ignore[operator]


def python(name: str, program: str) -> Child:
    return Child(name, [sys.executable, "-u", "-c", program])


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_FIRST_PAUSE", 0.05)


def raised(*family: Child) -> tuple[Family, io.StringIO, Thread]:
    """A family kept by its keepers; signals belong to the main thread and are tested below."""
    log = io.StringIO()
    made = Family(family, log)
    keepers = [Thread(target=made._keep, args=(child,)) for child in family]

    def keep() -> None:
        for keeper in keepers:
            keeper.start()
        for keeper in keepers:
            keeper.join()

    whole = Thread(target=keep)
    whole.start()
    return made, log, whole


def test_what_each_says_stands_in_one_log_under_its_name() -> None:
    family, log, keeper = raised(
        python("trang", "print('mở'); import time; time.sleep(60)"),
        python("việc", "print('làm'); import time; time.sleep(60)"),
    )
    assert until(lambda: "trang     | mở" in log.getvalue() and "việc      | làm" in log.getvalue()), log.getvalue()
    family.end()
    keeper.join(60)
    assert not keeper.is_alive()


def test_whoever_falls_is_raised_again() -> None:
    family, log, keeper = raised(python("trang", "print('mở'); raise SystemExit(3)"))
    assert until(lambda: log.getvalue().count("mở") >= 3), log.getvalue()
    family.end()
    keeper.join(60)
    assert "ended with 3; again in" in log.getvalue()


def test_whoever_will_not_end_is_made_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_PATIENCE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('điếc'); time.sleep(60)"
    family, log, keeper = raised(python("trang", deaf))
    assert until(lambda: "điếc" in log.getvalue())
    family.end()
    keeper.join(60)
    assert not keeper.is_alive()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_them_all(sign: signal.Signals, tmp_path: Path) -> None:
    wait = "import os, time; print('mở', os.getpid()); time.sleep(60)"
    program = (
        "import sys; from cli.children import Child, Family; "
        f"Family([Child(name, [sys.executable, '-u', '-c', {wait!r}]) for name in ('a', 'b')], sys.stdout).run()"
    )
    whole = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert whole.stdout is not None
    pids = [int(whole.stdout.readline().split()[-1]) for _ in range(2)]
    whole.send_signal(sign)
    assert whole.wait(60) == 0
    whole.stdout.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
