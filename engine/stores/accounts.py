"""Accounts in an SQL store: coming in, staying in, going out, and a log of all of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from engine import accounts
from engine.refusal import Refusal
from engine.refusals.signing_in import (
    AccountExists,
    NoAccount,
    NotForHere,
    OldPasswordWrong,
    PasswordNotGood,
    TooManyTries,
    WrongPassword,
)
from engine.stores.access import ACCESS, TRY, count, counted, note, take_back
from engine.stores.sql import SqlStore
from engine.stores.tables import AccountRow, VisitRow, table
from procedures.text import nfc

ACCOUNT, VISIT = table(AccountRow), table(VisitRow)
#: What is kept where no password comes in: no hash, so none is ever its own.
_NO_PASSWORD = "-"  # noqa: S105 - it is none
#: Who is told to have done what a provider said.
_PROVIDER = "oidc"
#: How often a visit that goes on is written down.
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is in, and whether they must first change their password."""

    person: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Access:
    """A line of the access log; `kind` says what happened to whose account, and `by` who did it."""

    at: datetime
    kind: str
    person: str
    by: str
    address: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of an agency."""

    store: SqlStore

    def add(self, person: str, by: str, now: datetime) -> str | Refusal:
        """Give a person an account; returns their first password, which is kept nowhere."""
        password = accounts.first_password()
        row = {"password": accounts.hash_password(password), "must_change": True, "disabled": False, "changed_at": now}
        with self.store.writing() as writer:
            if _account(writer.connection, person) is not None:
                return AccountExists(person)
            writer.connection.execute(insert(ACCOUNT).values(person=person, **row))
            note(writer.connection, now, "added", person, by)
        return password

    def reset(self, person: str, by: str, now: datetime) -> str | Refusal:
        """Give a person a new first password and end all their visits."""
        password = accounts.first_password()
        return self._altered(person, by, now, "reset", password=password) or password

    def disable(self, person: str, by: str, now: datetime) -> Refusal | None:
        """Let a person in no more, and end all their visits."""
        return self._altered(person, by, now, "disabled", disabled=True)

    def enable(self, person: str, by: str, now: datetime) -> Refusal | None:
        """Let a person in again."""
        return self._altered(person, by, now, "enabled", disabled=False)

    def all(self) -> list[tuple[str, bool, bool]]:
        """Return (person, must change, disabled) of every account, in order."""
        asked = select(ACCOUNT.c.person, ACCOUNT.c.must_change, ACCOUNT.c.disabled).order_by(ACCOUNT.c.person)
        with self.store.reading() as reader:
            return [(row.person, row.must_change, row.disabled) for row in reader.connection.execute(asked)]

    def sign_in(self, person: str, password: str, address: str, now: datetime) -> str | Refusal:
        """Let somebody in; returns the token that their browser shows from now on.

        A try is counted before it is judged, so that many at once are not judged for the price of one; one that was
        right is taken back, so that a whole house may come in by one address, and hides none that was wrong.
        """
        person = nfc(person).strip()
        tried = self._try(person, address, now)
        if isinstance(tried, Refusal):
            return tried
        kept, failures, before = tried
        if not accounts.matches(kept, password):
            return WrongPassword(max(accounts.FREE_TRIES - failures, 0))
        token = token_urlsafe(32)
        row = {"token": accounts.fingerprint(token), "person": person, "address": address}
        with self.store.writing() as writer:
            account = _account(writer.connection, person)
            if account is None or account["disabled"]:
                return WrongPassword(max(accounts.FREE_TRIES - failures, 0))
            writer.connection.execute(delete(TRY).where(TRY.c.key == _of_account(person)))
            take_back(writer.connection, _of_address(address), *before)
            writer.connection.execute(delete(VISIT).where(VISIT.c.begun_at < now - accounts.LONGEST))
            writer.connection.execute(insert(VISIT).values(begun_at=now, seen_at=now, by_provider=False, **row))
            note(writer.connection, now, "signed_in", person, person, address)
        return token

    def let_in(
        self, person: str, address: str, now: datetime, *, create: bool = False, instead: str = ""
    ) -> str | Refusal:
        """Let somebody in whom a provider has named; the visit whose token is `instead` ends with it.

        With `create`, who has no account gets one, under which no password comes in.
        """
        token = token_urlsafe(32)
        row = {"token": accounts.fingerprint(token), "person": person, "address": address, "by_provider": True}
        with self.store.writing() as writer:
            account = _account(writer.connection, person)
            if account is None and create:
                made = {"password": _NO_PASSWORD, "must_change": False, "disabled": False, "changed_at": now}
                writer.connection.execute(insert(ACCOUNT).values(person=person, **made))
                note(writer.connection, now, "added", person, _PROVIDER)
            elif account is None or account["disabled"]:
                note(writer.connection, now, "provider_refused", person, _PROVIDER, address)
                return NotForHere()
            if instead:
                writer.connection.execute(delete(VISIT).where(VISIT.c.token == accounts.fingerprint(instead)))
            writer.connection.execute(delete(VISIT).where(VISIT.c.begun_at < now - accounts.LONGEST))
            writer.connection.execute(insert(VISIT).values(begun_at=now, seen_at=now, **row))
            note(writer.connection, now, "signed_in", person, _PROVIDER, address)
        return token

    def visitor(self, token: str, now: datetime, *, touch: bool = True) -> Visitor | None:
        """Return who shows this token, or None when their visit has ended; without `touch` it does not go on by it."""
        shown = accounts.fingerprint(token)
        asked = (
            select(VISIT.c.person, VISIT.c.begun_at, VISIT.c.seen_at, VISIT.c.by_provider, ACCOUNT.c.must_change)
            .join(ACCOUNT, ACCOUNT.c.person == VISIT.c.person)
            .where(VISIT.c.token == shown, ~ACCOUNT.c.disabled)
        )
        with self.store.reading() as reader:
            row = reader.connection.execute(asked).first()
        if row is None or now - row.begun_at > accounts.LONGEST or now - row.seen_at > accounts.IDLE:
            return None
        if touch and now - row.seen_at > _TOUCH:
            with self.store.writing() as writer:
                writer.connection.execute(update(VISIT).where(VISIT.c.token == shown).values(seen_at=now))
        return Visitor(row.person, row.must_change and not row.by_provider)

    def ended(self, token: str) -> str | None:
        """Return whose visit it was that has ended, as long as that is kept; nobody is in by it any more."""
        asked = select(VISIT.c.person).where(VISIT.c.token == accounts.fingerprint(token))
        with self.store.reading() as reader:
            return reader.connection.execute(asked).scalar()

    def sign_out(self, token: str, now: datetime) -> None:
        """End one visit."""
        shown = VISIT.c.token == accounts.fingerprint(token)
        with self.store.writing() as writer:
            person = writer.connection.execute(select(VISIT.c.person).where(shown)).scalar()
            if person is not None:
                writer.connection.execute(delete(VISIT).where(shown))
                note(writer.connection, now, "signed_out", person, person)

    def sign_out_everywhere(self, person: str, by: str, now: datetime) -> None:
        """End every visit of a person."""
        with self.store.writing() as writer:
            writer.connection.execute(delete(VISIT).where(VISIT.c.person == person))
            note(writer.connection, now, "everywhere", person, by)

    def change_password(self, person: str, old: str, new: str, token: str, now: datetime) -> Refusal | None:
        """Change one's own password; every other visit of the person ends."""
        with self.store.reading() as reader:
            account = _account(reader.connection, person)
        if account is None or not accounts.matches(account["password"], old):
            return OldPasswordWrong()
        fault = accounts.password_fault(new, person)
        if fault is not None:
            return PasswordNotGood(fault)
        kept = {"password": accounts.hash_password(new), "must_change": False, "changed_at": now}
        others = (VISIT.c.person == person) & (VISIT.c.token != accounts.fingerprint(token))
        with self.store.writing() as writer:
            writer.connection.execute(update(ACCOUNT).where(ACCOUNT.c.person == person).values(**kept))
            writer.connection.execute(delete(VISIT).where(others))
            note(writer.connection, now, "changed", person, person)
        return None

    def log(self, newest: int) -> list[Access]:
        """Return the newest lines of the access log, the newest first."""
        asked = select(ACCESS).order_by(ACCESS.c.number.desc()).limit(newest)
        with self.store.reading() as reader:
            rows = reader.connection.execute(asked).mappings().all()
        return [Access(row["at"], row["kind"], row["person"], row["by"], row["address"]) for row in rows]

    def _try(
        self, person: str, address: str, now: datetime
    ) -> tuple[str | None, int, tuple[int, datetime]] | TooManyTries:
        """Count a try; returns the password kept (None: nobody may come in) and how many tries that makes in a row.

        Last is how often the address was wrong before, and when.
        """
        keys = {_of_account(person): accounts.FREE_TRIES, _of_address(address): accounts.FREE_TRIES_OF_ADDRESS}
        with self.store.writing() as writer:
            counts = {key: counted(writer.connection, key, now) for key in keys}
            waits = [accounts.wait_until(times, last, keys[key]) for key, (times, last) in counts.items()]
            until = max((wait for wait in waits if wait is not None and wait > now), default=None)
            if until is not None:
                return TooManyTries(until)
            for key, (times, _) in counts.items():
                count(writer.connection, key, times + 1, now)
            note(writer.connection, now, "tried", person, person, address)
            account = _account(writer.connection, person)
        kept = account["password"] if account is not None and not account["disabled"] else None
        return kept, counts[_of_account(person)][0] + 1, counts[_of_address(address)]

    def _altered(
        self, person: str, by: str, now: datetime, kind: str, *, password: str = "", disabled: bool | None = None
    ) -> Refusal | None:
        changes: dict[str, object] = {"changed_at": now}
        if password:
            changes |= {"password": accounts.hash_password(password), "must_change": True}
        if disabled is not None:
            changes["disabled"] = disabled
        with self.store.writing() as writer:
            if _account(writer.connection, person) is None:
                return NoAccount(person)
            writer.connection.execute(update(ACCOUNT).where(ACCOUNT.c.person == person).values(**changes))
            writer.connection.execute(delete(VISIT).where(VISIT.c.person == person))
            writer.connection.execute(delete(TRY).where(TRY.c.key == _of_account(person)))
            note(writer.connection, now, kind, person, by)
        return None


def _of_account(person: str) -> str:
    return f"account:{person}"


def _of_address(address: str) -> str:
    return f"address:{address}"


def _account(connection: Connection, person: str) -> RowMapping | None:
    return connection.execute(select(ACCOUNT).where(ACCOUNT.c.person == person)).mappings().first()
