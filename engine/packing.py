"""How what is kept is packed: JSON against known words, ids and hashes as bytes; all of it comes back exactly."""

import hashlib
import re
import zlib
from functools import cache
from pathlib import Path
from threading import local

import zstandard

#: What is packed against, by number. One is added, none is ever changed: the logs lean on them.
DICTIONARIES = {2: Path(__file__).with_name("dictionaries") / "2.zstd"}
_NEWEST = max(DICTIONARIES)
_MARK = bytes((_NEWEST,))
#: A higher level costs several times as much and saves a tenth of what is packed here; a lower one saves no time.
#: Tables of 8 and 4 KB find nearly as much as larger ones, and leave room in the caches for what a step needs next.
_HOW = zstandard.ZstdCompressionParameters.from_level(3, hash_log=11, chain_log=10, write_dict_id=False)
#: What every frame begins with is not kept.
_MAGIC = b"\x28\xb5\x2f\xfd"
_CHECK = 4
#: Many times more than a command ever writes or a state ever grows to. No room is made for what claims to be larger.
_MOST = 1 << 26
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID_BYTES, _HALF, _WHOLE = 16, 16, 32
_HEX = re.compile("[0-9a-f]{64}")
_END = b"\x00"
#: The second half of the digest of a command that enters nothing: it is not kept.
NO_VALUES = hashlib.sha256(b"").digest()[:_HALF]


class _Tools(local):
    """What packs and unpacks: one of each for every thread, for neither can do two things at once."""

    def __init__(self) -> None:
        self.pack = zstandard.ZstdCompressor(dict_data=_dictionary(_NEWEST), compression_params=_HOW).compress
        self.unpack = {
            number: zstandard.ZstdDecompressor(dict_data=_dictionary(number)).decompress for number in DICTIONARIES
        }


def pack(said: bytes) -> bytes:
    """Return bytes packed: the number of the dictionary, a frame of Zstandard, a check over both."""
    if len(said) > _MOST:
        raise ValueError("too large")
    made = _MARK + _tools.pack(said)[len(_MAGIC) :]
    return made + zlib.crc32(made).to_bytes(_CHECK, "big")


def unpack(packed: bytes) -> bytes:
    """Return what was packed; raises ValueError for bytes that are not, to the bit, what `pack` made."""
    if not isinstance(packed, bytes):
        raise TypeError(type(packed).__name__)
    made, check = packed[:-_CHECK], packed[-_CHECK:]
    if not made or zlib.crc32(made).to_bytes(_CHECK, "big") != check or made[0] not in DICTIONARIES:
        raise ValueError("not packed")
    frame = _MAGIC + made[1:]
    try:
        if zstandard.frame_content_size(frame) > _MOST:
            raise ValueError("too large")
        return _tools.unpack[made[0]](frame, allow_extra_data=False)
    except zstandard.ZstdError as fault:
        raise ValueError(str(fault)) from fault


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    """Return a dictionary made ready once for all threads: whoever packs refers to it and copies nothing."""
    found = zstandard.ZstdCompressionDict(DICTIONARIES[number].read_bytes())
    found.precompute_compress(compression_params=_HOW)
    return found


_tools = _Tools()


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
