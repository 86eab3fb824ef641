"""How what is kept is packed: JSON against known words, ids and hashes as bytes; all of it comes back exactly."""

import hashlib
import re
import zlib
from functools import cache
from typing import Any

from engine.dictionaries import DICTIONARIES

#: Levels of deflate: a higher one than the first costs time and saves nothing of what is packed here; one lower than
#: the second saves no time.
_THOROUGH, _QUICK = 6, 2
_NEWEST = max(DICTIONARIES)
_CHECK = 4
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID_BYTES, _HALF, _WHOLE = 16, 16, 32
_HEX = re.compile("[0-9a-f]{64}")
_END = b"\x00"
#: The second half of the digest of a command that enters nothing: it is not kept.
NO_VALUES = hashlib.sha256(b"").digest()[:_HALF]


def pack(said: bytes, *, quickly: bool = False) -> bytes:
    """Return bytes packed: the number of the dictionary, what deflate made of them, a check over both."""
    packer = _packer(_QUICK if quickly else _THOROUGH).copy()
    made: bytes = bytes((_NEWEST,)) + packer.compress(said) + packer.flush()
    return made + zlib.crc32(made).to_bytes(_CHECK, "big")


def unpack(packed: bytes) -> bytes:
    """Return what was packed; raises ValueError for bytes that are not, to the bit, what `pack` made."""
    if not isinstance(packed, bytes):
        raise TypeError(type(packed).__name__)
    made, check = packed[:-_CHECK], packed[-_CHECK:]
    if not made or zlib.crc32(made).to_bytes(_CHECK, "big") != check or made[0] not in DICTIONARIES:
        raise ValueError("not packed")
    opener = _opener(made[0]).copy()
    try:
        said: bytes = opener.decompress(made[1:])
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    if not opener.eof or opener.unused_data:
        raise ValueError("not packed whole")
    return said


@cache
def _packer(level: int) -> Any:
    """Return what has read the dictionary already: to copy it takes half the time of making one."""
    return zlib.compressobj(level, zlib.DEFLATED, -13, 5, zlib.Z_DEFAULT_STRATEGY, DICTIONARIES[_NEWEST])


@cache
def _opener(number: int) -> Any:
    return zlib.decompressobj(-zlib.MAX_WBITS, DICTIONARIES[number])


def packed_id(said: str) -> bytes:
    """Return the id of a command as it is kept: a UUID as its sixteen bytes, anything else as text."""
    if len(said) == 36 and _UUID.fullmatch(said):  # noqa: PLR2004 - the length of a UUID
        return bytes.fromhex(said.replace("-", ""))
    return _text(said, {_UUID_BYTES})


def unpacked_id(kept: bytes) -> str:
    """Return the id that was kept; raises ValueError for bytes that are none."""
    if not isinstance(kept, bytes):
        raise TypeError(type(kept).__name__)
    if len(kept) != _UUID_BYTES:
        return _said(kept)
    told = kept.hex()
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def packed_digest(said: str) -> bytes:
    """Return the digest of a command as it is kept: as bytes, without the half that says that nothing was entered."""
    if not _HEX.fullmatch(said):
        return _text(said, {_HALF, _WHOLE})
    whole = bytes.fromhex(said)
    return whole[:_HALF] if whole[_HALF:] == NO_VALUES else whole


def unpacked_digest(kept: bytes) -> str:
    """Return the digest that was kept; raises ValueError for bytes that are none."""
    if not isinstance(kept, bytes):
        raise TypeError(type(kept).__name__)
    if len(kept) == _HALF:
        return (kept + NO_VALUES).hex()
    return kept.hex() if len(kept) == _WHOLE else _said(kept)


def _text(said: str, taken: set[int]) -> bytes:
    """Return a text as bytes of a length that says that it is one; no text that is kept has a NUL."""
    made = said.encode()
    return made + _END if len(made) in taken else made


def _said(kept: bytes) -> str:
    return kept.removesuffix(_END).decode()
