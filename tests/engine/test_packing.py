"""What is packed comes back exactly, nothing that was touched does, and what was packed once is read for ever."""

import hashlib
import zlib
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from engine.packing import (
    DICTIONARIES,
    pack,
    packed_digest,
    packed_id,
    unpack,
    unpacked_digest,
    unpacked_id,
)

NOTHING = hashlib.sha256(b"").hexdigest()[:32]
SAID = [
    b"",
    b"{}",
    '{"kind":"StepPassed","marking":["ready:dự thảo"],"step":"dự thảo"}'.encode(),
    bytes(range(256)) * 200,
]


@pytest.mark.parametrize("said", SAID)
def test_what_is_packed_comes_back(said: bytes) -> None:
    assert unpack(pack(said)) == said


def test_threads_that_pack_at_once_do_not_meet() -> None:
    said = [f'{{"step":"bước {number}","reason":"{"lý do " * (number % 70)}"}}'.encode() for number in range(2_000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(unpack, pool.map(pack, said))) == said


def test_what_events_say_takes_a_small_part_of_its_room() -> None:
    assert len(pack(SAID[2])) < len(SAID[2]) * 2 / 3


def test_every_bit_that_is_turned_is_seen() -> None:
    packed = pack(SAID[2])
    for place in range(len(packed) * 8):
        turned = bytearray(packed)
        turned[place // 8] ^= 1 << place % 8
        with pytest.raises(ValueError, match="packed"):
            unpack(bytes(turned))


@pytest.mark.parametrize("packed", [b"", b"\x01", pack(b"{}")[:-1], pack(b"{}") + b"x"])
def test_what_is_cut_off_or_goes_on_is_nothing(packed: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(packed)


def test_what_is_no_frame_is_nothing_even_with_a_right_check() -> None:
    whole = pack(b"{}")[1:-4]
    for inside in (b"", b"\xff\xff", whole + b"x", whole[:-1], whole + b"\x28\xb5\x2f\xfd" + whole):
        made = pack(b"")[:1] + inside
        with pytest.raises(ValueError, match=r"."):
            unpack(made + zlib.crc32(made).to_bytes(4, "big"))


def test_no_dictionary_is_ever_changed_because_logs_lean_on_it() -> None:
    known = {2: "8b48a1de498a75f33b2f9bf613aa1a14ffd18592325112f519be11afd29a7103"}
    assert {number: hashlib.sha256(words.read_bytes()).hexdigest() for number, words in DICTIONARIES.items()} == known


def test_what_was_packed_by_the_first_dictionary_is_read() -> None:
    kept = bytes.fromhex("02204aed00004853746570506173737d06fcc905969b5bb169d2238b2ceb87b0cd50597228dc3e")
    assert unpack(kept) == SAID[2]


@pytest.mark.parametrize(
    "said",
    [
        "0b6e4a0c-5d2f-4c1e-9a77-3f1c2d5e8b90",
        "0B6E4A0C-5D2F-4C1E-9A77-3F1C2D5E8B90",
        "c0",
        "",
        "x" * 15,
        "x" * 16,
        "x" * 17,
        "x" * 36,
        "việc quá hạn/HS-2026-0001/2",
    ],
)
def test_an_id_comes_back_whatever_it_is(said: str) -> None:
    assert unpacked_id(packed_id(said)) == said


def test_ids_that_differ_are_kept_differently() -> None:
    uuid = uuid4()
    said = [str(uuid), str(uuid).upper(), uuid.hex, uuid.hex[:16], "a" * 16, "a" * 15, "a" * 17]
    assert len({packed_id(one) for one in said}) == len(said)
    assert len(packed_id(str(uuid))) == 16


@pytest.mark.parametrize(
    "said", ["ab" * 32, "ab" * 16 + NOTHING, NOTHING * 2, "AB" * 32, "", "x", "d" * 16, "d" * 32, "g" * 64]
)
def test_a_digest_comes_back_whatever_it_is(said: str) -> None:
    assert unpacked_digest(packed_digest(said)) == said


def test_the_half_that_says_nothing_is_not_kept() -> None:
    assert len(packed_digest("ab" * 16 + NOTHING)) == 16
    assert len(packed_digest("ab" * 32)) == 32


@pytest.mark.parametrize("size", [100_000_000, 1 << 40, 1 << 62])
def test_what_claims_to_be_larger_than_anything_that_is_kept_is_not_unpacked(size: int) -> None:
    """A frame says at its beginning how large it is: room is not made for whatever somebody has written there."""
    made = pack(b"")[:1] + b"\xe0" + size.to_bytes(8, "little") + b"\x01\x00\x00"
    with pytest.raises(ValueError, match="too large"):
        unpack(made + zlib.crc32(made).to_bytes(4, "big"))
