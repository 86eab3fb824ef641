"""Values of flags that several commands read in the same way: one of a few words, an instant, `name=value` pairs."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from unicodedata import normalize
from zoneinfo import ZoneInfo

from cli.exits import Exit, Stop
from procedures.words import say

#: The zone of an instant that names none, where no calendar says another.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: How people write an instant; the form of ISO 8601 is read besides.
_WRITTEN = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y")


def one_of(flag: str, value: str, known: Sequence[str]) -> str:
    """Return the value when it is known; stops otherwise, naming what is."""
    if value in known:
        return value
    raise Stop(
        say("{flag}: “{value}” is not one of: {known}", flag=flag, value=value, known=", ".join(known)), Exit.USAGE
    )


#: Years that a calendar can be asked about; beyond them nobody meant what was typed.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def instant(flag: str, said: str, zone: tzinfo = ZONE) -> datetime:
    """Return an aware instant, in `zone` where none is named; stops when the text is no instant."""
    for form in (None, *_WRITTEN):
        try:
            text = said.strip()
            found = datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007
            found = found if found.tzinfo else found.replace(tzinfo=zone)
            found.timestamp()
            if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
                continue
        except (ValueError, OverflowError):
            continue
        return found
    raise Stop(
        say("{flag}: “{said}” is not an instant; write it like 2026-08-20T09:00", flag=flag, said=said), Exit.USAGE
    )


def pairs(flag: str, given: Iterable[str]) -> dict[str, str]:
    """Read `name=value` pairs; stops at one that is none, or at a name given twice."""
    told: dict[str, str] = {}
    for pair in given:
        name, equals, value = normalize("NFC", pair).partition("=")
        if not equals or not name.strip():
            raise Stop(say("{flag} “{pair}”: write it as name=value", flag=flag, pair=pair), Exit.USAGE)
        if name.strip() in told:
            raise Stop(say("{flag}: “{name}” is given twice", flag=flag, name=name.strip()), Exit.USAGE)
        told[name.strip()] = value.strip()
    return told
