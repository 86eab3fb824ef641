"""A real PostgreSQL for tests: a cluster in memory, started when first asked for, ended with the process that asked."""

import atexit
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from engine.stores.sql import SqlStore
from tests.processes import descendants, gone

#: A disk in memory where there is one: a kill does not test fsync, and a restart takes no time.
_PLACE = next(path for path in (Path("/dev/shm"), Path(tempfile.gettempdir())) if path.is_dir())  # noqa: S108
_PREFIX = "quytrinh-postgres-"
_OWNER = "postgres"
_NUMBERS = count(1)
_PATIENCE = 60


def programs() -> Path:
    """Return where the server's programs are; `./setup --dev` installs them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    inst = shutil.which("initdb")
    assert inst is not None, "PostgreSQL is not installed: run ./setup --dev"
    return Path(inst).parent


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _forget_the_dead() -> None:
    """Remove what servers left whose process was killed."""
    for folder in _PLACE.glob(f"{_PREFIX}*"):
        if not Path(f"/proc/{folder.name.split('-')[2]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One cluster, reached by a socket in its own folder. PostgreSQL refuses to run as root, so root steps down."""

    def __init__(self, place: Path = _PLACE, **settings: str) -> None:
        _forget_the_dead()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.user = _OWNER if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D")
        atexit.register(self.remove)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [programs() / program, *arguments, self.data],
            check=True,
            user=self.user,
            capture_output=True,
            cwd=self.folder,
        )

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def start(self) -> "Server":
        """Start and wait until it answers."""
        told = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "max_connections": "60"}
        flags = [f"-c{name}={value}" for name, value in {**told, **self.settings}.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.data, *flags],
                stdout=log,
                stderr=log,
                user=self.user,
                cwd=self.folder,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - the child only asks to die with us
            )
        self.wait()
        return self

    def wait(self) -> None:
        """Wait until the server takes connections."""
        for _ in range(_PATIENCE * 50):
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "log").read_text()
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT in order, SIGKILL as a power cut of the program would."""
        if self.process is not None:
            below = descendants(self.process.pid)
            self.process.send_signal(how)
            self.process.wait()
            self.process = None
            assert gone(below), (self.folder / "log").read_text()  # after a kill they notice by themselves, later

    def remove(self) -> None:
        """End the server and forget its data."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, **options: str) -> str:
        """Return the address of a database."""
        more = "".join(f"&{name}={value}" for name, value in options.items())
        return f"postgresql:///{database}?host={self.folder}&user=postgres{more}"

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Carry one statement out as the owner of the cluster."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def database(self, like: str = "template0") -> str:
        """Return the address of a fresh database."""
        name = f"t{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)


@cache
def server() -> Server:
    """Return the server that all tests of this process share."""
    return Server().start()


@cache
def _template() -> str:
    """Make the tables once: a database made after a template has them at once."""
    server().sql("CREATE DATABASE tables TEMPLATE template0")
    SqlStore(server().url("tables")).close()
    return "tables"


def fresh_store(**options: bool) -> SqlStore:
    """Return a store in a fresh database."""
    return SqlStore(server().database(like=_template()), **options)
