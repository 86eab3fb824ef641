"""A state is read back as it was kept, short or long, and is the same however it was compressed."""

import json
import zlib
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import text

from engine.case import Case
from engine.fact import to_bytes
from engine.packing import DICTIONARIES, pack
from engine.state import kept, plain, read_case
from engine.stores.audit import verify
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


def played(store: SqlStore) -> tuple[Case, Case]:
    """A case that has just been opened, and one that has come some way."""
    office = Office.with_(purchase(), store=store)
    return office.case(office.open(NOW)), office.case(office.examined(NOW))


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(tmp_path / "a.db")


def packed_otherwise(said: bytes) -> bytes:
    """Return a state as a library that gives itself more trouble would pack it."""
    number, words = max(DICTIONARIES.items())
    made = (
        bytes((number,))
        + zstandard.ZstdCompressor(19, zstandard.ZstdCompressionDict(words.read_bytes()), write_dict_id=False).compress(
            said
        )[4:]
    )
    return made + zlib.crc32(made).to_bytes(4, "big")


def altered(store: SqlStore, case: Case, state: bytes) -> None:
    with store.writing() as writer:
        changed = text("UPDATE case_file SET state = :state WHERE id = :id")
        assert writer.connection.execute(changed, {"state": state, "id": case.id}).rowcount == 1


def test_a_state_is_read_back_as_it_was_and_takes_less_room(store: SqlStore) -> None:
    for case in played(store):
        assert read_case(kept(case)) == case
        assert json.loads(plain(kept(case))) == json.loads(to_bytes(case))
        assert len(kept(case)) < len(to_bytes(case)) / 2


@pytest.mark.parametrize("state", [b"", b"{", b"x", pack(b"no state"), pack(b"{}")[:-3]])
def test_what_is_no_state_is_refused(state: bytes) -> None:
    with pytest.raises(ValueError):
        read_case(state)


def test_a_state_that_another_library_has_compressed_is_still_what_the_log_tells(store: SqlStore) -> None:
    _, long = played(store)
    before = compare(store).kept
    again = packed_otherwise(plain(kept(long)))
    assert again != kept(long)
    altered(store, long, again)
    assert verify(store).sound
    assert compare(store).same
    assert compare(store).kept == before


def test_a_state_that_was_altered_is_found_though_it_is_compressed(store: SqlStore) -> None:
    _, long = played(store)
    altered(store, long, pack(to_bytes(long.but(title="Mua xe"))))
    verdict = verify(store)
    assert [(fault.case, str(fault.words)) for fault in verdict.faults] == [
        (long.id, "table “case_file” does not agree with the log")
    ]
