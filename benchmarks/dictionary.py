"""Make a dictionary to pack against from a database of cases: `python -m benchmarks.dictionary DATABASE FILE`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import zstandard

from engine.evolve import evolve
from engine.fact import as_declared
from engine.stores.sql import SqlStore

#: The level that `engine/packing.py` packs at, and how many bytes are the most: more would spare little.
_LEVEL, _MOST = 3, 12_000


def main() -> None:
    """Learn what events and states of the cases say again and again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    store = SqlStore(asked.database)
    said = list(_said(store))
    store.close()
    made = zstandard.train_dictionary(_MOST, said, level=_LEVEL).as_bytes()
    asked.file.write_bytes(made)
    sys.stdout.write(f"{len(said)} texts, {len(made)} bytes\n")


def _said(store: SqlStore) -> Iterator[bytes]:
    """Yield what is packed: each event, and each state that a command left."""
    for _, log in store.all_logs():
        case = None
        for number, record in enumerate(log, 1):
            yield record.body.encode()
            case = evolve(case, record.event, record.case, record.at)
            if number == len(log) or log[number].command != record.command:
                yield as_declared(case)


if __name__ == "__main__":
    main()
