"""Which door a forbidden act knocks at; each door is told in its own words."""

from collections.abc import Mapping

#: Modules that a definition may import; everything in them is in memory before its first line runs.
ALLOWED = ("__future__", "datetime", "decimal", "functools", "itertools", "math", "procedures")
#: Built-in functions that a definition has no use for, by door.
CLOSED: Mapping[str, str] = {
    "open": "files",
    "print": "print",
    "input": "print",
    "exit": "leave",
    "quit": "leave",
    "__import__": "inside",
    "breakpoint": "inside",
    "compile": "inside",
    "delattr": "inside",
    "dir": "inside",
    "eval": "inside",
    "exec": "inside",
    "getattr": "inside",
    "globals": "inside",
    "help": "inside",
    "locals": "inside",
    "memoryview": "inside",
    "setattr": "inside",
    "vars": "inside",
}
_FRAMES = (
    "ag_code ag_frame cr_code cr_frame f_back f_builtins f_code f_globals f_locals gi_code gi_frame gi_yieldfrom "
    "mro tb_frame tb_next"
)
#: Names of frames and code, from which everything else could be reached.
INSIDE = frozenset(_FRAMES.split())
_MODULES = {
    "network": "socket ssl http urllib ftplib smtplib asyncio requests httpx select xmlrpc",
    "processes": "subprocess multiprocessing threading signal concurrent _thread pty resource",
    "files": "os posix pathlib shutil io tempfile glob pickle shelve sqlite3 fileinput mmap fcntl",
    "inside": "ctypes gc sys importlib inspect builtins types imp code codeop marshal runpy ast _ctypes",
}
_LEAVING = frozenset({"os._exit", "os.abort"})
_STARTING = (
    "os.system",
    "os.fork",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.kill",
    "os.popen",
    "os.wait",
    "os.set",
)
_EVENTS = (("network", ("socket.",)), ("processes", ("subprocess.", "_thread.", "signal.", "pty.", *_STARTING)))
_TOUCHING = ("open", "os.", "shutil.", "tempfile.", "glob.", "pathlib.", "mmap.", "fcntl.")


def of_module(name: str) -> str:
    """Return the door of a module that may not be imported."""
    top = name.partition(".")[0]
    return next((door for door, names in _MODULES.items() if top in names.split()), "import")


def of_event(event: str) -> str:
    """Return the door of an event of the interpreter, such as `open`, `socket.connect` or `os.fork`."""
    if event in _LEAVING:
        return "leave"
    if event.startswith("import "):
        return of_module(event.removeprefix("import "))
    known = next((door for door, openings in _EVENTS if event.startswith(openings)), None)
    return known or ("files" if event.startswith(_TOUCHING) else "inside")
