"""Documents of outside origin that bind the agency (ISO 9001:2015, 7.5.3.2), and which of them a ground names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

#: The number of a legal document: `30/2020/NĐ-CP`, `2487/QĐ-UBND`.
_NUMBER = re.compile(r"(?<![\w/:])[0-9]+[a-zA-Z]?/(?:[0-9]{4}/)?[A-ZĐ][\w-]*")
#: A standard with its year: `TCVN ISO 9001:2015`.
_STANDARD = re.compile(r"(?:(?:TCVN|QCVN|ISO|IEC)[ /-]?)+[0-9][0-9-]*:[0-9]{4}(?:/[A-Z]+)?")
#: What is called by its name: a law, a code, an ordinance, the constitution, a resolution of the party.
_NAMED = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)(?: [\w-]+)+")


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its number, or by its name where it has none.

    `ceased` is the first day on which it is no longer in force, `replaced_by` the number of what took its place.
    """

    number: str
    name: str
    since: date | None = None
    ceased: date | None = None
    replaced_by: str | None = None

    def in_force(self, on: date) -> bool:
        """Tell whether it binds on that day."""
        return self.ceased is None or on < self.ceased


def named_in(ground: str) -> tuple[str, ...]:
    """Return what a ground names, as written: numbers, standards, laws by their names; nothing where it is vague."""
    found = [match for form in (_NUMBER, _STANDARD, _NAMED) for match in form.finditer(ground)]
    return tuple(dict.fromkeys(match.group() for match in sorted(found, key=lambda match: match.start())))


def resolved(name: str, register: tuple[Document, ...]) -> Document | None:
    """Return the document of the register that is meant; a law may be named with more words than the register has."""
    said = name.casefold()
    exact = next((one for one in register if one.number.casefold() == said), None)
    return exact or next((one for one in _laws(register) if f"{said} ".startswith(f"{one.number.casefold()} ")), None)


def _laws(register: tuple[Document, ...]) -> Iterator[Document]:
    return (one for one in register if _NAMED.fullmatch(one.number))
