"""What stands between a definition and the system: closed functions, few imports, a watched interpreter."""

import builtins
import os
import sys
from collections.abc import Callable, Mapping
from types import FrameType, ModuleType
from typing import NoReturn, Protocol

from procedures.python import doors

#: Tells the parent what was refused, and ends the process; the frame is where it happened.
Refuse = Callable[[str, str, FrameType | None], NoReturn]


class Let(Protocol):
    """Lets our own code pass the guard, or nobody."""

    def __call__(self, *, through: bool) -> None:
        """Change who passes."""


#: Events that say nothing about the outside.
_HARMLESS = frozenset({"builtins.id"})
#: Functions of the system that the interpreter itself needs to the end.
_NEEDED = frozenset({"fspath"})


def arm(refuse: Refuse) -> Let:
    """Refuse every event of the interpreter from now on; return what lets our own code pass.

    The state lives in this closure alone, which only frames lead to, and frames are watched.
    """
    passing = False

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal passing
        if passing or event in _HARMLESS:
            return
        passing = True
        name = f"import {arguments[0]}" if event == "import" else event
        refuse(doors.of_event(name), name, sys._getframe(1))  # noqa: SLF001 - there is no public way to one's caller

    def let(*, through: bool) -> None:
        nonlocal passing
        passing = through

    let(through=True)
    sys.addaudithook(watch)
    return let


def close(refuse: Refuse) -> None:
    """Put a refusal in the place of every function of the system, for those that the interpreter does not announce."""
    for module in (sys.modules[os.name], os):
        for name, one in tuple(vars(module).items()):
            if callable(one) and not isinstance(one, type) and name not in _NEEDED:
                setattr(module, name, _closed(f"os.{name}", refuse))


def _closed(name: str, refuse: Refuse) -> Callable[..., NoReturn]:
    def door(*_: object, **__: object) -> NoReturn:
        refuse(doors.of_event(name), name, None)

    return door


def allowed(names: Mapping[str, object], refuse: Refuse) -> dict[str, object]:
    """Return the built-in functions of a definition; `names` is what it imports from `procedures`."""
    shown = {name: _shown(name) for name in doors.ALLOWED if name != "procedures"}
    shown["procedures"] = _face("procedures", names)

    def importing(name: str, *_: object) -> ModuleType:
        if name not in shown:
            refuse(doors.of_module(name), f"import {name}", None)
        return shown[name]

    given = {name: one for name, one in vars(builtins).items() if name not in doors.CLOSED}
    given |= {name: _closed(name, _through(door, refuse)) for name, door in doors.CLOSED.items()}
    return {**given, "__import__": importing}


def _through(door: str, refuse: Refuse) -> Refuse:
    def at(_: str, what: str, frame: FrameType | None) -> NoReturn:
        refuse(door, what, frame)

    return at


def _shown(name: str) -> ModuleType:
    """Return a module with its public names only, and without the modules that it uses itself."""
    module = __import__(name)
    public = {key: one for key, one in vars(module).items() if not key.startswith("_")}
    return _face(name, {key: one for key, one in public.items() if not isinstance(one, ModuleType)})


def _face(name: str, names: Mapping[str, object]) -> ModuleType:
    face = ModuleType(name)
    vars(face).update(names)
    return face


class Mute:
    """In the place of standard output: whoever writes to it is refused."""

    def __init__(self, refuse: Refuse) -> None:
        self.write = _closed("print", _through("print", refuse))
        self.flush = self.write
