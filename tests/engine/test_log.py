"""A log that was altered by a byte, cut, swapped or added to is seen, and where."""

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from engine.audit import chain_fault
from engine.events import WorkReleased
from engine.log import GENESIS, Cause, Recorded, chain, chain_hash, decode, encode, record_hash, stamp
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


def written() -> list[Recorded]:
    given = Office.with_(purchase())
    case = given.examined(NOW)
    given.do(case, "xem xét", "dung", NOW, "Yêu cầu làm rõ", reason="giá cũ")
    return given.log(case)


def seq_of(log: list[Recorded]) -> int | None:
    fault = chain_fault("HS-2026-0001", log)
    return fault.seq if fault else None


def test_a_log_as_written_is_whole() -> None:
    log = written()
    assert len(log) == 14
    assert seq_of(log) is None
    assert chain_fault("HS-2026-0001", []) is None


ALTERATIONS: dict[str, Callable[[Recorded], Recorded]] = {
    "case": lambda r: r.but(case=r.case[:-1] + "2"),
    "seq": lambda r: r.but(seq=r.seq + 1),
    "at": lambda r: r.but(at=r.at + timedelta(seconds=1)),
    "actor": lambda r: r.but(actor=r.actor + "x"),
    "command": lambda r: r.but(command=r.command + "0"),
    "digest": lambda r: r.but(digest=r.digest[:-1] + ("0" if r.digest[-1] != "0" else "1")),
    "event": lambda r: r.but(event=WorkReleased(item=99)),
    "hash": lambda r: r.but(hash=r.hash[:-1] + ("0" if r.hash[-1] != "0" else "1")),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_any_part_of_any_record_that_is_altered_is_found_at_its_place(what: str) -> None:
    log = written()
    for number, record in enumerate(log, 1):
        broken = [*log[: number - 1], ALTERATIONS[what](record), *log[number:]]
        assert seq_of(broken) == number


def test_every_value_inside_an_event_is_covered() -> None:
    log = written()
    for number, record in enumerate(log, 1):
        told = json.loads(record.body)
        for name, value in told.items():
            if isinstance(value, str) and name not in {"kind", "due", "waits_for"}:
                event = decode(json.dumps(told | {name: value + "x"}))
                assert seq_of([*log[: number - 1], record.but(event=event), *log[number:]]) == number


def test_a_deletion_is_found_wherever_it_is_but_at_the_tail() -> None:
    log = written()
    for number in range(1, len(log)):
        assert seq_of(log[: number - 1] + log[number:]) == number


def test_a_swap_is_found_at_the_first_of_the_two() -> None:
    log = written()
    for number in range(1, len(log)):
        swapped = [*log[: number - 1], log[number], log[number - 1], *log[number + 1 :]]
        assert seq_of(swapped) == number
        renumbered = [record.but(seq=place) for place, record in enumerate(swapped, 1)]
        assert seq_of(renumbered) == number


def test_an_insertion_is_found_even_with_a_hash_of_its_own() -> None:
    log = written()
    for number in range(1, len(log)):
        cause = Cause("forged", "0" * 32, "em", log[number - 1].at)
        forged = chain(log[0].case, [WorkReleased(item=1)], cause, seq=number, head=log[number - 1].hash)
        moved = [record.but(seq=record.seq + 1) for record in log[number:]]
        assert seq_of([*log[:number], *forged, *moved]) == number + 2


def test_a_record_carries_the_hash_of_everything_before_it() -> None:
    log, previous = written(), GENESIS
    for record in log:
        assert record.hash == record_hash(previous, record)
        previous = record.hash
    assert len({record.hash for record in log}) == len(log)


def test_the_body_is_one_canonical_line_without_what_is_only_default() -> None:
    assert encode(WorkReleased(item=3)) == '{"item":3,"kind":"WorkReleased"}'
    for record in written():
        told = json.loads(record.body)
        assert record.body == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert None not in told.values()


def test_a_body_that_is_no_event_is_refused() -> None:
    for body in ("", "{}", '{"kind":"Nothing"}', '{"kind":"WorkReleased"}', '{"item":1,"kind":"WorkReleased","x":1}'):
        with pytest.raises(ValueError):
            decode(body)


def test_an_instant_is_hashed_in_utc_to_the_second() -> None:
    assert stamp(at(2, 8)) == stamp(datetime(2026, 3, 2, 1, tzinfo=UTC)) == "2026-03-02T01:00:00Z"


def test_what_is_hashed_is_what_json_says_of_every_character_so_that_anyone_can_check_it() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    fields = ["HS-2026-0001", 7, *("".join(every[start : start + 4096]) for start in range(0, len(every), 4096))]
    said = json.dumps([GENESIS, *fields], ensure_ascii=False, separators=(",", ":"))
    assert chain_hash(GENESIS, fields) == hashlib.sha256(said.encode()).hexdigest()
