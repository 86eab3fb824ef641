"""A ZIP container written so that the same contents are the same bytes: fixed times, fixed order, one compression."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = "[Content_Types].xml"


def same_bytes(container: bytes) -> bytes:
    """Return `container` with its members in one order and without times."""
    kept = BytesIO()
    with ZipFile(BytesIO(container)) as source, ZipFile(kept, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            member = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3
            target.writestr(member, source.read(name), compresslevel=6)
    return kept.getvalue()
