"""One visit to a page: of which agency, in which language, at which instant, and what the address asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from engine.accounts import fingerprint
from engine.agency import Agency
from engine.posts import ANY_UNIT
from engine.scope import EVERYTHING, Scope
from procedures.text import nfc
from procedures.values import ValueSaid
from procedures.vietnamese import day
from procedures.words import Lang, Words, say
from quality.periods import Period, containing, parse
from visualize.case_words import name_of, shown

#: The names of what an address may ask for.
LANG, PERIOD, PROCEDURE, ISSUE, STEP = "lang", "ky", "quy-trinh", "lan", "buoc"
STANDING, PAGE, IDS, FIGURE, TARGET, PART, STYLE = "tinh-trang", "trang", "ids", "so-lieu", "chi-tieu", "phan", "ve"
DONE, LIST, SEARCH, NEXT = "da-lam", "muc", "tim", "tiep"
#: Where somebody comes in.
SIGN_IN = "/dang-nhap"

_DIGITS = 6


class Missing(Exception):  # noqa: N818 - said to people
    """Nothing is at this address; `words` say what was looked for."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True)
class Visit:
    """Who reads what. `path` and `query` are the address in NFC; `usual` is the language of links without one.

    `person` is the account of who is in, None for a guest; `token` is what their browser shows; `parts` are the parts
    of the path that name something; `origin` is where the site stands (“https://host”).
    """

    agency: Agency
    lang: Lang
    usual: Lang
    now: datetime
    path: str
    query: Mapping[str, str]
    person: str | None = None
    token: str = ""
    scope: Scope = EVERYTHING
    must_change: bool = False
    address: str = ""
    reading: bool = True
    origin: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def form_key(self) -> str:
        """What every form of this visit carries, so that no other site can send one in its name."""
        return fingerprint(f"form {self.token}")

    @property
    def reads_all(self) -> bool:
        """Whether whoever reads may read every case, so that papers about the whole agency are for them."""
        units = self.scope.units
        return units is None or units >= {unit.name for unit in self.agency.organisation.units}

    @property
    def administers(self) -> bool:
        """Whether whoever reads looks after accounts: by a position that the settings name, held today."""
        told = (one.strip() for one in self.agency.settings.administrators.split(";"))
        return bool(self.scope.posts & {f"{position}@{ANY_UNIT}" for position in told if position})

    def text(self, words: Words | str) -> str:
        """Say a sentence in the language of the visit; what is a text already stays as it is."""
        return words if isinstance(words, str) else words.into(self.lang)

    def at(self, instant: datetime | None) -> str:
        """Return an instant as it is read, in the agency's zone."""
        return shown(self, instant)

    def day(self, instant: datetime | None) -> str:
        """Return the day of an instant in the agency's zone."""
        return "—" if instant is None else day(instant.astimezone(self.agency.calendar.zone).date())

    def name(self, account: str | None) -> str:
        """Return the name of a person."""
        return name_of(self, account)

    def asked(self, name: str) -> str | None:
        """Return what the address asks under a name; None when it is empty or not there."""
        return self.query.get(name) or None

    def link(self, path: str, query: Mapping[str, str | None] | None = None) -> str:
        """Return an address of this site that keeps the language."""
        told = {name: value for name, value in (query or {}).items() if value}
        if self.lang != self.usual:
            told[LANG] = self.lang
        return quote(path) + (f"?{urlencode(told, safe=',')}" if told else "")

    def here(self, **changes: str | None) -> str:
        """Return the address of this page with some of what it asks for changed; `_` in names stands for `-`."""
        changed = {name.replace("_", "-"): value for name, value in changes.items()}
        return self.link(self.path, {**{k: v for k, v in self.query.items() if k != LANG}, **changed})

    def entrance(self) -> str:
        """Return the address at which somebody comes in and then sees the page they wanted."""
        return self.link(SIGN_IN, {NEXT: self.here() if self.reading and self.path not in {"/", SIGN_IN} else None})

    def other_language(self) -> str:
        """Return the address of this page in the other language."""
        other: Lang = "en" if self.lang == "vi" else "vi"
        return replace(self, lang=other).here()

    def asking(self, **query: str) -> "Visit":
        """Return the same visit to an address that asks for this and nothing else."""
        return replace(self, query=query)

    @property
    def today(self) -> datetime:
        """Now, in the agency's zone."""
        return self.now.astimezone(self.agency.calendar.zone)

    @property
    def year(self) -> Period:
        """The year of the last second that has passed: on the first instant of a year it is the year before."""
        return containing(self.now - timedelta(seconds=1), "year", self.agency.calendar.zone)

    def period(self) -> Period:
        """Return the period asked for, or the year; raises Missing for what is no period."""
        asked = self.asked(PERIOD)
        return self.year if asked is None else self.named_period(asked)

    def named_period(self, text: str) -> Period:
        """Read a period; raises Missing for what is none."""
        try:
            return parse(text, self.agency.calendar.zone)
        except ValueSaid as fault:
            raise Missing(fault.words) from fault

    def number(self, name: str, usual: int) -> int:
        """Return a small positive number that the address asks for; raises Missing for anything else."""
        asked = self.asked(name)
        if asked is None:
            return usual
        if not (asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS and int(asked) > 0):
            raise Missing(say("“{text}” is not a number from 1", text=asked))
        return int(asked)


def clean(query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what an address asks, in one normal form and without blanks around it; what is asked twice is a list."""
    told: dict[str, list[str]] = {}
    for name, value in query:
        told.setdefault(nfc(name), []).append(nfc(value).strip())
    return {name: ",".join(dict.fromkeys(values)) for name, values in told.items()}
