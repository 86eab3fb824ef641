"""Dates and numbers as official papers write them (NĐ 30/2020, Phụ lục I)."""

from datetime import date

from engine.agency import Agency
from procedures.text import fold

#: What kinds of unit are called that are named after their commune, ward, township or zone.
_COMMUNES = tuple(f"uy ban nhan dan {kind}" for kind in ("xa", "phuong", "thi tran", "dac khu"))
_PADDED_MONTHS = 2
_ONE_DIGIT = 10


def ngay(year: int, month: int, day: int) -> str:
    """Return the date in words: days below 10 and the months 1 and 2 take a leading nought, other months do not."""
    on = date(year, month, day)
    said = f"{on.month:02d}" if on.month <= _PADDED_MONTHS else f"{on.month}"
    return f"ngày {on.day:02d} tháng {said} năm {on.year}"


def so(number: int | None, symbol: str) -> str:
    """Return the number and symbol of a paper; a number below 10 takes a leading nought, None leaves room for one."""
    if number is None:
        return f"Số:      /{symbol}"
    return f"Số: {number:02d}/{symbol}" if number < _ONE_DIGIT else f"Số: {number}/{symbol}"


def place_of(agency: Agency, unit: str) -> str:
    """Return the place that papers of a unit are dated at: its own commune, or else that of the agency."""
    for above in agency.organisation.chain(unit):
        if fold(above.kind or "").startswith(_COMMUNES):
            name = above.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
            return name[:1].upper() + name[1:]
    return agency.settings.place
