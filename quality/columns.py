"""Facts as columns: every figure is counted over arrays, and the cases behind it are named only when somebody asks."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from engine.case import CaseStatus

Numbers: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Names: TypeAlias = NDArray[np.bytes_]
#: An instant that has not come, in seconds since 1970 UTC; every other instant is later.
NEVER = -(1 << 62)
#: The code of no text.
NONE = -1
_MINUTE = 60
#: Between two names: no id has it inside.
_NEXT = b"\n"


@dataclass(frozen=True, slots=True)
class Text:
    """A column of text as codes: places in `names`, `NONE` for no text. The order of `names` means nothing."""

    codes: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, told: Iterable[str | None], names: tuple[str, ...] = ()) -> "Text":
        """Return a column of these texts; those of `names` keep their codes."""
        known: dict[str | None, int] = {None: NONE, **{name: code for code, name in enumerate(names)}}
        codes = np.fromiter((known.setdefault(one, len(known) - 1) for one in told), np.int32)
        return cls(codes, tuple(name for name in known if name is not None))

    def code(self, name: str | None) -> int:
        """Return the code of a text; that of a text nowhere in the column equals no code in it."""
        if name is None:
            return NONE
        return self.names.index(name) if name in self.names else len(self.names)

    def are(self, *names: str | None) -> Flags:
        """Tell of each whether it is one of these texts."""
        found: Flags = np.isin(self.codes, [self.code(name) for name in names])
        return found

    def present(self) -> list[tuple[str, int]]:
        """Return the texts that occur, in their order, each with its code."""
        codes = np.unique(self.codes)
        return sorted((self.names[code], int(code)) for code in codes if code != NONE)

    def name(self, code: int) -> str | None:
        """Return the text of a code."""
        return None if code == NONE else self.names[code]

    def __getitem__(self, rows: Any) -> "Text":
        """Return some of the column."""
        return Text(self.codes[rows], self.names)


class _Columns:
    """Columns of one length."""

    def take(self, rows: Any) -> Self:
        """Return some rows, in the order in which they are asked for; a column is copied when it is first looked at.

        What is returned holds on to these columns.
        """
        found = object.__new__(type(self))
        object.__setattr__(found, "_taken", (self, rows))
        return found

    if not TYPE_CHECKING:  # who reads a column that is none is still told so before anything runs

        def __getattr__(self, name: str) -> Any:
            """Return a column that nobody has looked at so far."""
            if name not in type(self).__dataclass_fields__ or "_taken" not in vars(self):
                raise AttributeError(name)
            source, rows = self._taken
            column = getattr(source, name)[rows]
            object.__setattr__(self, name, column)
            return column


@dataclass(frozen=True, slots=True)
class Cases(_Columns):
    """Cases; `place` is where each stands among all ids. See `CaseFact` for what the columns mean."""

    place: Codes
    procedure: Text
    issue: Codes
    unit: Text
    status: Text
    opened_at: Numbers
    due: Numbers
    promised: Numbers
    ended_at: Numbers
    supplements: Codes

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.place)

    @property
    def completed(self) -> Flags:
        """Tell which reached a result; a withdrawn one did not."""
        return self.status.are(CaseStatus.ENDED.value)

    @property
    def late(self) -> Flags:
        """Tell which ended after their due minute."""
        return late(self.ended_at, self.due)


@dataclass(frozen=True, slots=True)
class Items(_Columns):
    """Work items by case and number; `case` is the place of the case among all ids. See `ItemFact`."""

    case: Codes
    number: Codes
    step: Text
    attempt: Codes
    status: Text
    waits_for: Text
    unit: Text
    opened_at: Numbers
    claimed_at: Numbers
    finished_at: Numbers
    due: Numbers
    returned_to: Text
    performer: Text
    outcome: Text

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.case)

    @property
    def returned(self) -> Flags:
        """Tell which sent their case back."""
        sent: Flags = self.returned_to.codes != NONE
        return sent


@dataclass(frozen=True, slots=True)
class Breaches(_Columns):
    """Recorded breaches by case and number of their record. See `BreachFact`."""

    case: Codes
    number: Codes
    kind: Text
    at: Numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.case)


class Behind(Sequence[str]):
    """The cases behind a figure: places among all ids, turned into names when they are looked at.

    `single` says that no case stands in it twice.
    """

    def __init__(self, ids: Names, places: Codes | Numbers, *, single: bool = False) -> None:
        self.ids, self.places, self._single = ids, places, single

    def once(self) -> "Behind":
        """Return the same with every case once, where it stood first."""
        if self._single:
            return self
        places = self.places
        if len(places) > 1:
            steps = np.diff(places)
            if steps.min() >= 0:
                places = places[np.concatenate(([True], steps > 0))]
            else:
                places = places[np.sort(np.unique(places, return_index=True)[1])]
        return Behind(self.ids, places, single=True)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "Behind": ...
    def __getitem__(self, index: int | slice) -> "str | Behind":
        """Return one name, or some of them."""
        if isinstance(index, slice):
            return Behind(self.ids, self.places[index], single=self._single)
        return bytes(self.ids[self.places[index]]).decode()

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        found = self.ids[self.places].tolist()
        return iter(_NEXT.join(found).decode().split("\n") if found else ())

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same names in the same order."""
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        if isinstance(other, Behind) and other.ids is self.ids:
            return bool((self.places == other.places).all())
        return list(self) == list(other)

    def __hash__(self) -> int:
        """Return the hash of the names."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return the names as a tuple."""
        return repr(tuple(self))


def distinct(sets: Iterable[Sequence[str]]) -> set[str]:
    """Return every case that stands in any of these, each of them named once."""
    found: set[str] = set()
    among: dict[int, tuple[Names, Flags]] = {}
    for one in sets:
        if isinstance(one, Behind):
            among.setdefault(id(one.ids), (one.ids, np.zeros(len(one.ids), np.bool_)))[1][one.places] = True
        else:
            found.update(one)
    for ids, flags in among.values():
        found.update(Behind(ids, np.flatnonzero(flags)))
    return found


def late(at: Numbers, due: Numbers) -> Flags:
    """Tell which of some instants lie after their due minutes; the due minute itself is on time."""
    after: Flags = (due != NEVER) & (at != NEVER) & (at - at % _MINUTE > due)
    return after


def within(at: Numbers, since: int, until: int) -> Flags:
    """Tell which of some instants lie in [since, until); one that has not come never does."""
    inside: Flags = (at >= since) & (at < until) & (at != NEVER)
    return inside


def open_at(opened: Numbers, ended: Numbers, at: int) -> Flags:
    """Tell what had begun, and had not ended before an instant."""
    still: Flags = (opened < at) & ((ended == NEVER) | (ended >= at))
    return still


def marked(places: Codes | Numbers, count: int) -> Flags:
    """Return of so many cases whether each stands among these places."""
    flags = np.zeros(count, np.bool_)
    flags[places] = True
    return flags


def instants(told: Iterable[int | None]) -> Numbers:
    """Return a column of instants; None is one that has not come."""
    return np.fromiter((NEVER if at is None else at for at in told), np.int64)


def counts(told: Iterable[int]) -> Codes:
    """Return a column of small numbers."""
    return np.fromiter(told, np.int32)


def names(ids: Collection[str]) -> Names:
    """Return ids as bytes; those of NumPy are all as wide as the widest."""
    return np.array([one.encode() for one in ids], np.bytes_) if ids else np.empty(0, "S1")
