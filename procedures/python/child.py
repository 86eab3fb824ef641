"""The child: reads one definition from standard input, runs it behind the guard, answers with one line of JSON."""

import ast
import json
import os
import sys
from types import FrameType, FunctionType, TracebackType
from typing import NoReturn

sys.path.append(sys.argv[1])

from procedures import python as builder
from procedures.python import guard
from procedures.python.limits import Limits, confine
from procedures.python.looking import Unwanted, look
from procedures.python.said import Misuse, Said
from procedures.python.spots import START, Place, Spot, place, watch

#: What the frames of the definition call their file.
FILE = "<definition>"
#: The longest complaint of the interpreter that is passed on.
_LONGEST = 300
_NAMES = {name: getattr(builder, name) for name in builder.__all__ if name != "Definition"}


class Evaluation:
    """One text on its way to an answer; `_write` and `_leave` are taken before they are closed."""

    def __init__(self, text: bytes, answer: int, limits: Limits) -> None:
        self.text = text
        self.lines = text.split(b"\n")
        self.limits = limits
        self.heard: list[Said] = []
        self.calls: dict[tuple[object, ...], ast.Call] = {}
        self.let: guard.Let = _unarmed
        self._answer = answer
        self._write, self._leave = os.write, os._exit

    def run(self) -> NoReturn:
        """Run the definition and answer; never returns."""
        try:
            tree = ast.parse(self.text, FILE)
            look(tree, self.lines, frozenset(_NAMES))
            self.calls = {_position(node): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
            self._evaluate(tree)
            self.let(through=True)
            self._tell({"given": [made.plain() for made in self.heard]})
        except Unwanted as unwanted:
            self._tell({"refused": unwanted.told})
        except SyntaxError as error:
            at = place((error.lineno, error.end_lineno, 0, 0), self.lines)
            column = error.offset or 1
            self._tell(_fault("syntax", error.msg, (at[0], column, at[0], column + 1)))
        except BaseException as error:  # noqa: BLE001 - whatever a definition raises becomes an answer
            self.let(through=True)
            self._tell(self._raised(error))

    def _evaluate(self, tree: ast.Module) -> None:
        self.let = guard.arm(self.refuse)
        space: dict[str, object] = {"__name__": "definition", "__builtins__": guard.allowed(_NAMES, self.refuse)}
        body = FunctionType(compile(tree, FILE, "exec"), space)
        watch.spot, watch.heard = self.spot, self.hear
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = guard.Mute(self.refuse)  # type: ignore[assignment,misc]
        confine(self.limits, self._too_long)
        guard.close(self.refuse)
        sys.path.clear()
        self.let(through=False)
        body()

    def _raised(self, error: BaseException) -> dict[str, object]:
        at = self._place(_last(error.__traceback__))
        if isinstance(error, MemoryError):
            return {"refused": {"door": "memory", "what": "", "place": at}}
        if isinstance(error, SystemExit):
            return {"refused": {"door": "leave", "what": "SystemExit", "place": at}}
        if isinstance(error, Misuse):
            return _fault("misuse", error.reason, at)
        return _fault(type(error).__name__, str(error), at)

    def refuse(self, door: str, what: str, frame: FrameType | None) -> NoReturn:
        """Tell the parent what was tried and end at once, so that nothing can catch it."""
        try:
            self.let(through=True)
            start = frame or sys._getframe(1)  # noqa: SLF001 - there is no public way to one's caller
            self._tell({"refused": {"door": door, "what": what, "place": self._place(_ours(start))}})
        finally:
            self._leave(1)

    def _too_long(self, frame: FrameType | None) -> None:
        self.refuse("time", "", frame)

    def spot(self) -> Spot:
        """Return the spot of the call to the builder that is being made."""
        self.let(through=True)
        here = self._where(_ours(sys._getframe(1)))  # noqa: SLF001 - there is no public way to one's caller
        self.let(through=False)
        node = self.calls.get(here)
        return Spot(place(here, self.lines), node, self.lines)

    def hear(self, made: object) -> object:
        """Keep a procedure that the definition makes."""
        if isinstance(made, Said):
            self.heard.append(made)
        return made

    def _place(self, at: tuple[FrameType, int] | None) -> Place:
        return place(self._where(at), self.lines) if at else START

    def _where(self, at: tuple[FrameType, int] | None) -> tuple[int | None, ...]:
        if at is None:
            return (1, 1, 0, 1)
        frame, instruction = at
        return tuple(list(frame.f_code.co_positions())[instruction // 2])

    def _tell(self, answer: dict[str, object]) -> NoReturn:
        line = json.dumps(answer, sort_keys=True, separators=(",", ":")).encode()
        if len(line) > self.limits.output:
            line = b'{"refused":{"door":"output","place":[1,1,1,2],"what":""}}'
        while line:
            line = line[self._write(self._answer, line) :]
        self._leave(0)
        raise SystemExit


def _unarmed(*, through: bool) -> None:
    """Stand in for the guard until it is there: everybody passes."""
    del through


def _fault(kind: str, text: str, at: Place) -> dict[str, object]:
    return {"fault": {"kind": kind, "text": text[:_LONGEST], "place": at}}


def _position(node: ast.expr) -> tuple[object, ...]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _ours(frame: FrameType | None) -> tuple[FrameType, int] | None:
    """Return the innermost frame of the definition, and its instruction."""
    while frame is not None and frame.f_code.co_filename != FILE:
        frame = frame.f_back
    return (frame, frame.f_lasti) if frame else None


def _last(trace: TracebackType | None) -> tuple[FrameType, int] | None:
    """Return the innermost frame of the definition that an error passed."""
    found = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            found = trace.tb_frame, trace.tb_lasti
        trace = trace.tb_next
    return found


def main() -> NoReturn:
    """Take the pipes, read the text, and evaluate it under the limits of the command line."""
    text = sys.stdin.buffer.read()
    answer = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    Evaluation(text, answer, Limits(*(int(number) for number in sys.argv[2:]))).run()


if __name__ == "__main__":
    main()
