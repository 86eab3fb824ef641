"""The power goes at a random moment: what was synced is there, of the rest none, all, a torn part or any sectors."""

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pysqlite3 import dbapi2

from engine.packing import unpacked_id
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from tests.torture.figure import Figure
from tests.torture.power_clerk import OWN
from tests.torture.shim import under_the_shim

_HEAD = struct.Struct("<HqI")
_SECTOR = 512
#: What becomes of writes that nobody waited for.
_FATES = ("none", "all", "torn", "sectors")
#: What becomes of names that nobody waited for: a file system with one journal, or one that only a folder's sync moves.
_FOLDERS = ("ext4", "strict")
_TURNS, _STATES = 14, 800
#: Every so many states the whole audit is run, not only the pages and the acknowledged commands.
_AUDITED = 100


@dataclass(frozen=True)
class Entry:
    """One call: `W`rite, `T`runcate, `F`lush, `C`reate, `U`nlink, `R`ename or an `A`cknowledgement."""

    kind: str
    path: str
    offset: int
    data: bytes


def entries(journal: Path) -> list[Entry]:
    """Read what the shim wrote down."""
    content, at, found = journal.read_bytes(), 0, []
    while at < len(content):
        name, offset, length = _HEAD.unpack_from(content, at + 1)
        begin = at + 1 + _HEAD.size
        path = content[begin : begin + name].decode()
        found.append(Entry(chr(content[at]), path, offset, content[begin + name : begin + name + length]))
        at = begin + name + length
    return found


@dataclass
class Disk:
    """What is on the disk for certain, and what has been asked since and may be lost: of files, and of names."""

    strict: bool
    sure: dict[str, bytearray] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[Entry]] = field(default_factory=dict)
    moved: list[Entry] = field(default_factory=list)
    here: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def see(self, entry: Entry) -> None:
        """Take one call in. Files are known by a number, because names move."""
        if entry.kind == "C" and entry.path not in self.here:
            self.made += 1
            self.here[entry.path] = f"#{self.made}"
            self.sure[f"#{self.made}"], self.asked[f"#{self.made}"] = bytearray(), []
            self.moved.append(Entry("C", entry.path, self.made, b""))
        elif entry.kind in "WT" and entry.path in self.here:
            self.asked[self.here[entry.path]].append(entry)
        elif entry.kind == "U":
            self.here.pop(entry.path, None)
            self.moved.append(entry)
        elif entry.kind == "F":
            self._flush(entry)

    def _flush(self, entry: Entry) -> None:
        file = self.here.get(entry.path)
        if file is not None:
            _apply(self.sure[file], self.asked[file])
            self.asked[file] = []
        if file is None or not self.strict:  # a folder; or a journal of names that any flush carries along
            self._name(self.names, self.moved)
            self.moved = []

    @staticmethod
    def _name(names: dict[str, str], moved: list[Entry]) -> None:
        for entry in moved:
            if entry.kind == "C":
                names[entry.path] = f"#{entry.offset}"
            else:
                names.pop(entry.path, None)

    def cut(self, fate: str, rng: random.Random) -> dict[str, bytes]:
        """Return the files as they are when the power comes back."""
        names = dict(self.names)
        kept = {"none": 0, "all": len(self.moved)}.get(fate, rng.randint(0, len(self.moved)))
        self._name(names, self.moved[:kept])
        image = {}
        for path, file in names.items():
            content = bytearray(self.sure[file])
            _apply(content, list(_survivors(self.asked[file], fate, rng)))
            image[path] = bytes(content)
        return image


def _survivors(asked: list[Entry], fate: str, rng: random.Random) -> Iterator[Entry]:
    if fate == "all":
        yield from asked
    elif fate == "torn" and asked:
        last = rng.randrange(len(asked))
        yield from asked[:last]
        torn = asked[last]
        size = rng.randrange(0, len(torn.data) + 1, _SECTOR) if torn.kind == "W" else 0
        if size:
            yield Entry("W", torn.path, torn.offset, torn.data[:size])
    elif fate == "sectors":
        for entry in asked:
            if entry.kind == "T":
                if rng.random() < 0.5:
                    yield entry
                continue
            for at in range(0, len(entry.data), _SECTOR):
                if rng.random() < 0.5:
                    yield Entry("W", entry.path, entry.offset + at, entry.data[at : at + _SECTOR])


def _apply(content: bytearray, asked: list[Entry]) -> None:
    for entry in asked:
        if entry.kind == "T":
            del content[entry.offset :]
            content.extend(bytes(entry.offset - len(content)))
            continue
        end = entry.offset + len(entry.data)
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        content[entry.offset : end] = entry.data


def durable(figure: Figure, states: int, folder: Path) -> None:
    """Cut the power of the store as it is."""
    _cut(figure, states, folder, OWN, "")


def normal(figure: Figure, states: int, folder: Path) -> None:
    """Cut the power of a store that does not wait at every commit: losses must be seen."""
    _cut(figure, states, folder, "WAL", "NORMAL")


def off(figure: Figure, states: int, folder: Path) -> None:
    """Cut the power of a store that never waits: losses and damage must be seen."""
    _cut(figure, states, folder, "WAL", "OFF")


def deleting(figure: Figure, states: int, folder: Path) -> None:
    """Cut the power of a store with the journal that SQLite has by default: losses must be seen."""
    _cut(figure, states, folder, "DELETE", "FULL")


def _cut(figure: Figure, states: int, folder: Path, journal: str, synchronous: str) -> None:
    while (part := figure.did.get("states", 0)) < states:
        root = folder / f"{journal}-{synchronous}-{part}"
        root.mkdir(parents=True)
        written = folder / f"{root.name}.journal"
        seed = f"{figure.seed}/{part}"
        under_the_shim(
            "tests.torture.power_clerk",
            *(root / "a.db", seed, _TURNS, journal, synchronous),
            root=root,
            journal=written,
        )
        _replay(figure, entries(written), min(_STATES, states - part), root, random.Random(seed))
        shutil.rmtree(root)
        written.unlink()
        figure.part_done()


def _replay(figure: Figure, calls: list[Entry], states: int, root: Path, rng: random.Random) -> None:
    """Go through the calls and cut the power at random ones, under both models of a file system."""
    acks = sum(call.kind == "A" for call in calls)
    figure.count("commands acknowledged", acks - 1)
    if acks < 3 * _TURNS:
        figure.wrong(f"only {acks} acknowledgements: the clerk does not work as it should")
    begun = next(at for at, call in enumerate(calls) if call.kind == "A")
    moments = sorted(rng.randint(begun, len(calls) - 1) for _ in range(-(-states // len(_FATES) // len(_FOLDERS))))
    for model in _FOLDERS:
        disk, acknowledged, at = Disk(strict=model == "strict"), set[str](), 0
        for moment in moments:
            while at <= moment:
                disk.see(calls[at])
                if calls[at].kind == "A":
                    acknowledged.add(calls[at].data.decode())
                at += 1
            for fate in _FATES:
                figure.count("states")
                for said in _look(disk.cut(fate, rng), acknowledged - {"begun"}, root, figure):
                    figure.wrong(f"{model}/{fate}/{moment}: {said}")


def _look(image: dict[str, bytes], acknowledged: set[str], root: Path, figure: Figure) -> Iterator[str]:
    """Open what is left as the program would after the power is back."""
    place = root / "after"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for path, content in image.items():
        (place / Path(path).name).write_bytes(content)
    try:
        connection = dbapi2.connect(place / "a.db")
        try:
            damage = connection.execute("PRAGMA integrity_check").fetchone()[0]
            there = {unpacked_id(row[0]) for row in connection.execute("SELECT command FROM event")}
        finally:
            connection.close()
    except dbapi2.DatabaseError as fault:
        yield f"unreadable: {fault}"
        return
    if damage != "ok":
        yield f"damaged: {damage}"
    if lost := acknowledged - there:
        yield f"{len(lost)} acknowledged and lost: {sorted(lost)[:2]}"
    if figure.did["states"] % _AUDITED == 0 and damage == "ok":
        store = SqlStore(place / "a.db", durable=False)
        yield from (f"{fault.case}/{fault.seq}: {fault.words}" for fault in verify(store).faults)
        store.close()
        figure.count("of these audited whole")
