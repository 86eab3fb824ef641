"""Dates and numbers as official papers write them (NĐ 30/2020, Phụ lục I)."""

from datetime import date

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
