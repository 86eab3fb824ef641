"""Tokens in an SQL store: they let programs in under the name of a person, to read or to act, until a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal, get_args

from sqlalchemy import Connection, RowMapping, insert, select, update

from engine import accounts
from engine.refusal import Refusal
from engine.refusals.signing_in import NoAccount, NoSuchToken, TokenNotGood, TooManyTokens
from engine.stores.access import count, counted, note
from engine.stores.accounts import ACCOUNT
from engine.stores.sql import SqlStore
from engine.stores.tables import TokenRow, table

TOKEN = table(TokenRow)
#: What a token is good for: to read what its person may read, besides to do what they may do, or for their deadlines.
Reach = Literal["read", "act", "calendar"]
REACHES: tuple[Reach, ...] = get_args(Reach)
#: What lets a program in by the API; an address of a calendar does not.
PROGRAMS: frozenset[Reach] = frozenset({"read", "act"})
CALENDAR: frozenset[Reach] = frozenset({"calendar"})
#: How long the address of a calendar is good.
_CALENDAR_LASTS = timedelta(days=366)
#: What every token begins with, so that one that leaks is recognised.
MARK = "qtt_"
#: How often the last use of a token is written down.
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: never what its bearer shows."""

    number: int
    person: str
    name: str
    scope: Reach
    by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def good(self, now: datetime) -> bool:
        """Tell whether it lets anybody in."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an agency."""

    store: SqlStore

    def create(self, person: str, name: str, scope: Reach, by: str, now: datetime, until: datetime) -> str | Refusal:
        """Make a token for a person who has an account; returns what its bearer shows, which is kept nowhere."""
        shown = MARK + token_urlsafe(32)
        row = {"person": person, "name": name, "scope": scope, "by": by, "made_at": now, "expires_at": until}
        with self.store.writing() as writer:
            if _disabled(writer.connection, person) is not False:
                return NoAccount(person)
            writer.connection.execute(insert(TOKEN).values(secret=accounts.fingerprint(shown), **row))
            note(writer.connection, now, "token_made", person, by)
        return shown

    def calendar(self, person: str, name: str, now: datetime) -> str | Refusal:
        """Make the one token that shows a person's deadlines to a calendar program; an earlier one is good no more."""
        self.end_calendar(person, now)
        return self.create(person, name, "calendar", person, now, now + _CALENDAR_LASTS)

    def end_calendar(self, person: str, now: datetime) -> None:
        """Show a person's deadlines to no calendar program any more."""
        for token in self.all():
            if token.person == person and token.scope == "calendar" and token.good(now):
                self.revoke(token.number, person, now)

    def all(self) -> list[Token]:
        """Return every token there has been, in the order they were made."""
        with self.store.reading() as reader:
            rows = reader.connection.execute(select(TOKEN).order_by(TOKEN.c.number)).mappings()
            return [_token(row) for row in rows]

    def revoke(self, number: int, by: str, now: datetime) -> Refusal | None:
        """Let nobody in with a token any more."""
        still = (TOKEN.c.number == number) & TOKEN.c.revoked_at.is_(None)
        with self.store.writing() as writer:
            person = writer.connection.execute(select(TOKEN.c.person).where(still)).scalar()
            if person is None:
                return NoSuchToken(number)
            writer.connection.execute(update(TOKEN).where(still).values(revoked_at=now))
            note(writer.connection, now, "token_revoked", person, by)
        return None

    def bearer(self, shown: str, address: str, now: datetime, reaches: frozenset[Reach] = PROGRAMS) -> Token | Refusal:
        """Return the token that is shown, when it is good for one of `reaches` and its person may come in.

        What is not is counted by address, and an address that is wrong too often has to wait. A good token never has
        to: it cannot be guessed, and somebody else's mistake at the same address must not keep it out.
        """
        asked = (
            select(TOKEN)
            .join(ACCOUNT, ACCOUNT.c.person == TOKEN.c.person)
            .where(TOKEN.c.secret == accounts.fingerprint(shown), ~ACCOUNT.c.disabled)
        )
        with self.store.reading() as reader:
            row = reader.connection.execute(asked).mappings().first()
        token = _token(row) if row is not None else None
        if token is None or not token.good(now) or token.scope not in reaches:
            return self._refused(token, address, now)
        if token.used_at is None or now - token.used_at > _TOUCH:
            with self.store.writing() as writer:
                writer.connection.execute(update(TOKEN).where(TOKEN.c.number == token.number).values(used_at=now))
        return token

    def _refused(self, token: Token | None, address: str, now: datetime) -> Refusal:
        key = f"token:{address}"
        with self.store.writing() as writer:
            times, last = counted(writer.connection, key, now)
            until = accounts.wait_until(times, last, accounts.FREE_TRIES_OF_ADDRESS)
            if until is not None and until > now:
                return TooManyTokens(until)
            count(writer.connection, key, times + 1, now)
            note(writer.connection, now, "token_refused", token.person if token else "", "", address)
        return TokenNotGood()


def _disabled(connection: Connection, person: str) -> bool | None:
    """Tell whether the account of a person is closed; None when they have none."""
    return connection.execute(select(ACCOUNT.c.disabled).where(ACCOUNT.c.person == person)).scalar()


def _token(row: RowMapping) -> Token:
    return Token(**{name: row[name] for name in Token.__slots__})
