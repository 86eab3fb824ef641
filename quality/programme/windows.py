"""When a task of a plan is to be done, as plans write it: a closed union of windows, each kept in its own words."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from procedures.base import Model
from procedures.calendar.wording import MisreadError
from procedures.text import fold, nfc
from procedures.words import say

#: How often something comes back.
Each: TypeAlias = Literal["month", "quarter", "half", "year"]


class Months(Model):
    """From the first day of one month to the last of another; `either` says that any quarter named will do."""

    type: Literal["months"] = "months"
    text: str
    first: int = Field(ge=1, le=12)
    last: int = Field(ge=1, le=12)
    year: int | None = None
    either: bool = False


class Before(Model):
    """By a day; without a year, that of the plan."""

    type: Literal["before"] = "before"
    text: str
    day: int = Field(ge=1, le=31)
    month: int = Field(ge=1, le=12)
    year: int | None = None


class Every(Model):
    """Every month, quarter, half year or year, by a day of its last month; None: by its last day."""

    type: Literal["every"] = "every"
    text: str
    each: Each
    day: int | None = Field(default=None, ge=1, le=31)


class Always(Model):
    """All the year round (thường xuyên); `on_change` also whenever something changes."""

    type: Literal["always"] = "always"
    text: str
    on_change: bool = False


class OnChange(Model):
    """When something changes: nobody knows beforehand, so it is begun by hand or by what sees the change."""

    type: Literal["on_change"] = "on_change"
    text: str


class AsNeeded(Model):
    """When there is need (đột xuất); `regularly` also once in the year (định kỳ)."""

    type: Literal["as_needed"] = "as_needed"
    text: str
    regularly: bool = False


Window: TypeAlias = Annotated[Months | Before | Every | Always | OnChange | AsNeeded, Field(discriminator="type")]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"(iv|iii|ii|i|[1-4])"
_YEAR = r"(?:\s*(?:/|nam)\s*(\d{4}))?"
_BEFORE = r"(?:hoan thanh |xong |thuc hien )?(?:truoc|cham nhat(?: la)?|den het|den)(?: ngay)?"
_EACH: dict[str, Each] = {
    "thang": "month",
    "quy": "quarter",
    "6 thang": "half",
    "06 thang": "half",
    "sau thang": "half",
    "nam": "year",
}


def _months(found: re.Match[str], text: str) -> Window:
    first = int(found[1])
    return Months(text=text, first=first, last=int(found[2] or first), year=_year(found[3]))


def _quarters(found: re.Match[str], text: str) -> Window:
    first, sign, last = _ROMAN[found[1]], found[3], _ROMAN[found[4] or found[1]]
    either = sign is not None and sign.strip() in {"hoac", "hoac quy", "/"}
    return _of_quarters(text, first, last, _year(found[5] or found[2]), either=either)


def _span(found: re.Match[str], text: str) -> Window:
    return _of_quarters(text, _ROMAN[found[1]], _ROMAN[found[2]], _year(found[3]))


def _of_quarters(text: str, first: int, last: int, year: int | None, *, either: bool = False) -> Window:
    if last < first:
        raise MisreadError(say("“{text}” ends before it begins", text=text))
    return Months(text=text, first=first * 3 - 2, last=last * 3, year=year, either=either)


def _before(found: re.Match[str], text: str) -> Window:
    day, month, year = int(found[1]), int(found[2]), _year(found[3])
    try:
        date(year or 2024, month, day)
    except ValueError as error:
        raise MisreadError(say("“{text}” names a day that no month has", text=text)) from error
    return Before(text=text, day=day, month=month, year=year)


def _every(found: re.Match[str], text: str) -> Window:
    day = int(found[1]) if found[1] else None
    if day is not None and not 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        raise MisreadError(say("“{text}” names a day that no month has", text=text))
    return Every(text=text, each=_EACH[found[2]], day=day)


def _half(found: re.Match[str], text: str) -> Window:
    first = 1 if found[1] == "dau" else 7
    return Months(text=text, first=first, last=first + 5, year=_year(found[2]))


def _whole_year(found: re.Match[str], text: str) -> Window:
    return Months(text=text, first=1, last=12, year=_year(found[1]))


def _year(said: str | None) -> int | None:
    return int(said) if said else None


#: What may be written, over the text without accents and capitals; the first that fits counts.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Window]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?:trong )?thang\s*(\d{{1,2}})(?:\s*(?:-|den|den thang)\s*(\d{{1,2}}))?{_YEAR}", _months),
        (rf"tu thang\s*(\d{{1,2}})\s*den\s*thang\s*(\d{{1,2}}){_YEAR}", _months),
        (rf"tu quy\s*{_QUARTER}\s*den\s*(?:quy\s*)?{_QUARTER}{_YEAR}", _span),
        (
            rf"(?:trong )?quy\s*{_QUARTER}{_YEAR}(?:\s*(hoac quy|hoac|va quy|va|, quy|,|-|/)\s*{_QUARTER}{_YEAR})?",
            _quarters,
        ),
        (rf"(?:{_BEFORE}\s*)?(\d{{1,2}})\s*/\s*(\d{{1,2}})(?:/(\d{{4}}))?(?: (?:hang|moi) nam)?", _before),
        (rf"{_BEFORE}\s*(\d{{1,2}})\s*thang\s*(\d{{1,2}}){_YEAR}", _before),
        (rf"(?:{_BEFORE}\s*(\d{{1,2}})\s*)?(?:dinh ky )?(?:hang|moi|theo)\s*(thang|quy|6 thang|06 thang|nam)", _every),
        (r"(?:dinh ky\s*)()?(6 thang|06 thang|sau thang|quy|thang|nam)", _every),
        (r"()(6 thang|06 thang|sau thang)", _every),
        (rf"(?:6|06|sau) thang (dau|cuoi) nam{_YEAR}", _half),
        (r"(?:ca|trong|ca trong)?\s*nam(?:\s*(\d{4}))?", _whole_year),
    )
)


def parse_window(text: str) -> Window:
    """Read when a task is to be done; `text` keeps what was written. Raises MisreadError."""
    said = " ".join(nfc(text).split()).strip(" .;")
    bare = re.sub(r"\s*\([^)]*\)", "", fold(said)).strip()
    for window in _in_words(said, bare):
        return window
    for pattern, read in _FORMS:
        found = pattern.fullmatch(bare)
        if found is not None:
            return _sound(read(found, said), said)
    raise MisreadError(
        say(
            "“{text}” is no time that is understood; write it like Tháng 01/2027, Quý III hoặc Quý IV, "
            "trước ngày 25 hàng quý, Thường xuyên, Khi có sự thay đổi",
            text=said,
        )
    )


def _in_words(said: str, bare: str) -> Iterator[Window]:
    """Yield the windows that name no day."""
    if "thuong xuyen" in bare:
        yield Always(text=said, on_change="khi co" in bare or "khi " in bare)
    elif bare.startswith(("khi ", "sau khi ", "ngay sau khi ", "ngay khi ")):
        yield OnChange(text=said)
    elif "dot xuat" in bare:
        yield AsNeeded(text=said, regularly="dinh ky" in bare)
    elif bare == "dinh ky":
        yield AsNeeded(text=said, regularly=True)


def _sound(window: Window, text: str) -> Window:
    if isinstance(window, Months) and window.last < window.first:
        raise MisreadError(say("“{text}” ends before it begins", text=text))
    return window
