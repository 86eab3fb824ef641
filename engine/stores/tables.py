"""The tables: the log is the truth, case rows a picture of it, values and texts can be erased, accounts are apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, BigInteger, Dialect, Index, LargeBinary, String, Table, TypeDecorator, event, text
from sqlmodel import Field, SQLModel

from engine.packing import packed_digest, packed_id, unpacked_digest, unpacked_id

#: Text compared byte by byte in every database, so that every list has one order everywhere.
TEXT = String().with_variant(String(collation="C"), "postgresql")


#: What lists of work are ordered by: what has no due instant comes after the year 9999.
BY_DUE = "coalesce(due, 253402300800)"
#: The place of a piece of work on such a list.
_PLACE = (text(BY_DUE), "case_id", "number")


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as whole seconds since 1970 UTC: small, indexable, the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Refuse naive datetimes; keep the second."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime: {value}")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return aware UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


class _Packed(TypeDecorator[str]):
    """A text that is kept as fewer bytes."""

    impl = LargeBinary
    pack: Callable[[str], bytes]
    unpack: Callable[[bytes], str]

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Return the bytes."""
        return None if value is None else type(self).pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text; raises ValueError for bytes that are none."""
        return None if value is None else type(self).unpack(value)


class CommandId(_Packed):
    """The id of a command."""

    cache_ok = True
    pack, unpack = staticmethod(packed_id), staticmethod(unpacked_id)


class CommandDigest(_Packed):
    """The digest of what a command asks."""

    cache_ok = True
    pack, unpack = staticmethod(packed_digest), staticmethod(unpacked_digest)


class Hash(_Packed):
    """A SHA-256, or half of one, as hexadecimal digits outside."""

    cache_ok = True
    pack, unpack = staticmethod(bytes.fromhex), staticmethod(bytes.hex)


def _instant(**options: Any) -> Any:
    return Field(sa_type=Instant, **options)


def _text(**options: Any) -> Any:
    return Field(sa_type=TEXT, **options)


def _only(where: str) -> dict[str, Any]:
    """Return how an index leaves out the rows that its questions never ask for: what has ended costs nothing.

    SQLite knows such an index again only where a question says it in the same words.
    """
    return {"sqlite_where": text(where.replace("live", "live = 1")), "postgresql_where": text(where)}


class VersionRow(SQLModel, table=True):
    """The version of these tables, where Alembic looks for it."""

    __tablename__ = "alembic_version"
    version_num: str = Field(primary_key=True, sa_type=String(32))


class EventRow(SQLModel, table=True):
    """What one command wrote to a case's log: append-only, gapless, hash-chained.

    The records from `first_seq` to `seq`, packed in `body` one behind the other; `hash` is that of the last of them.
    The key of `command` is why no command takes effect twice.
    """

    __tablename__ = "event"
    case_id: str = _text(primary_key=True)
    seq: int = Field(primary_key=True)
    first_seq: int
    at: datetime = _instant()
    actor: str = _text()
    command: str = Field(sa_type=CommandId)
    digest: str = Field(sa_type=CommandDigest)
    body: bytes = Field(sa_type=LargeBinary)
    hash: str = Field(sa_type=Hash)

    __table_args__ = (Index("event_command", "command", unique=True),)


class CaseRow(SQLModel, table=True):
    """Where a case stands; `state` is its folded state, `watch` and `wake` are what a deadline sweep looks at."""

    __tablename__ = "case_file"
    id: str = _text(primary_key=True)
    series: str = _text()
    number: int
    procedure: str = _text()
    issue: int
    title: str = _text()
    status: str = _text(index=True)
    result: str | None = _text(default=None)
    opener: str = _text()
    unit: str | None = _text(default=None)
    opened_at: datetime = _instant()
    due: datetime | None = _instant(default=None)
    promised: datetime | None = _instant(default=None)
    ended_at: datetime | None = _instant(default=None)
    stopped_at: datetime | None = _instant(default=None)
    watch: datetime | None = _instant(default=None)
    wake: datetime | None = _instant(default=None)
    supplements: int = 0
    parent_case: str | None = _text(default=None)
    parent_item: int | None = None
    version: int
    head: str = _text()
    state: bytes = Field(sa_type=LargeBinary)

    __table_args__ = (
        Index("case_number", "series", "number", unique=True),
        Index("case_moved", "series", "number", "version"),
        Index("case_watch", "watch", **_only("watch IS NOT NULL")),
        Index("case_wake", "wake", **_only("wake IS NOT NULL")),
        Index("case_title", "procedure", "title"),
        Index("case_opener", "opener", "opened_at"),
        Index("case_opened", "opened_at", "id", "series", "procedure", "unit"),
        Index(
            "case_ended", "ended_at", "status", "due", "series", "procedure", "unit", **_only("ended_at IS NOT NULL")
        ),
        Index("case_parent", "parent_case", **_only("parent_case IS NOT NULL")),
    )


class WordRow(SQLModel, table=True):
    """A word that a case is found by, folded."""

    __tablename__ = "case_word"
    case_id: str = _text(primary_key=True)
    word: str = _text(primary_key=True)

    __table_args__ = (Index("word_case", "word", "case_id"), {"sqlite_with_rowid": False})


class ItemRow(SQLModel, table=True):
    """A work item: one attempt at one step; `member` is whose, where several do it, `timer` when a machine acts."""

    __tablename__ = "work_item"
    case_id: str = _text(primary_key=True)
    number: int = Field(primary_key=True)
    step: str = _text()
    attempt: int
    member: str = _text(default="")
    status: str = _text()
    live: bool
    waits_for: str = _text()
    role: str | None = _text(default=None)
    unit: str | None = _text(default=None)
    assignee: str | None = _text(default=None)
    on_behalf_of: str | None = _text(default=None)
    post: str | None = _text(default=None)
    opened_at: datetime = _instant()
    claimed_at: datetime | None = _instant(default=None)
    started_at: datetime | None = _instant(default=None)
    finished_at: datetime | None = _instant(default=None)
    due: datetime | None = _instant(default=None)
    counted: bool
    outcome: str | None = _text(default=None)
    returned_to: str | None = _text(default=None)
    watch: datetime | None = _instant(default=None)
    timer: datetime | None = _instant(default=None)

    __table_args__ = (
        Index("item_watch", "watch", **_only("watch IS NOT NULL")),
        Index("item_timer", "timer", **_only("timer IS NOT NULL")),
        Index("item_returned", "case_id", "number", **_only("returned_to IS NOT NULL")),
        Index("item_assignee", "assignee", *_PLACE, **_only("live AND assignee IS NOT NULL")),
        Index("item_unit", "unit", *_PLACE, **_only("live AND unit IS NOT NULL")),
        Index("item_live", *_PLACE, **_only("live")),
        {"sqlite_with_rowid": False},
    )


class HolderRow(SQLModel, table=True):
    """Who may do a live item: one row a post, with what lists of work are ordered by."""

    __tablename__ = "work_holder"
    case_id: str = _text(primary_key=True)
    number: int = Field(primary_key=True)
    post: str = _text(primary_key=True)
    due: datetime | None = _instant(default=None)

    __table_args__ = (Index("holder_work", "post", *_PLACE),)


class AskedRow(SQLModel, table=True):
    """Who may give an opinion that is awaited: one row a post."""

    __tablename__ = "asked_opinion"
    case_id: str = _text(primary_key=True)
    number: int = Field(primary_key=True)
    post: str = _text(primary_key=True, index=True)


class BreachRow(SQLModel, table=True):
    """A breach, recorded exactly once; number 0 is the whole case, `part` a phase or a part of a step."""

    __tablename__ = "breach"
    case_id: str = _text(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str = _text(primary_key=True)
    part: str = _text(primary_key=True, default="")
    step: str | None = _text(default=None)
    due: datetime | None = _instant(default=None)
    found_at: datetime = _instant(index=True)
    seq: int


class EnteredRow(SQLModel, table=True):
    """An entered value, which can be erased."""

    __tablename__ = "entered_value"
    case_id: str = _text(primary_key=True)
    name: str = _text(primary_key=True)
    seq: int = Field(primary_key=True)
    command: str = _text()
    value: str = _text()
    salt: str = _text()


class QuietRow(SQLModel, table=True):
    """A command that was carried out and had nothing to write: asked again, it still has nothing to do."""

    __tablename__ = "quiet_command"
    command: str = _text(primary_key=True)
    case_id: str = _text()
    digest: str = _text()

    __table_args__ = ({"sqlite_with_rowid": False},)


class AccountRow(SQLModel, table=True):
    """The account of a person; `password` is an Argon2id hash."""

    __tablename__ = "account"
    person: str = Field(primary_key=True)
    password: str
    must_change: bool
    disabled: bool = False
    changed_at: datetime = _instant()


class VisitRow(SQLModel, table=True):
    """Somebody who is in; `token` is the fingerprint of what their browser shows."""

    __tablename__ = "visit"
    token: str = Field(primary_key=True, sa_type=String(64))
    person: str = Field(index=True)
    begun_at: datetime = _instant()
    seen_at: datetime = _instant()
    address: str
    by_provider: bool = False


class TurnRow(SQLModel, table=True):
    """Somebody who was sent to a provider to come in; `state` is the fingerprint of what they bring back."""

    __tablename__ = "sign_in_turn"
    state: str = Field(primary_key=True, sa_type=String(64))
    wanted: str
    begun_at: datetime = _instant(index=True)


class TryRow(SQLModel, table=True):
    """Wrong passwords in a row, by account or by address."""

    __tablename__ = "wrong_password"
    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime = _instant()


class AccessRow(SQLModel, table=True):
    """One line of the access log: who came in, was refused, or changed an account."""

    __tablename__ = "access_log"
    number: int | None = Field(default=None, primary_key=True)
    at: datetime = _instant(index=True)
    kind: str = Field(sa_type=String(24))
    person: str = Field(index=True)
    by: str
    address: str


class TokenRow(SQLModel, table=True):
    """What lets a program in under somebody's name; `secret` is the fingerprint of what it shows."""

    __tablename__ = "api_token"
    number: int | None = Field(default=None, primary_key=True)
    secret: str = Field(unique=True, sa_type=String(64))
    person: str = Field(index=True)
    name: str
    scope: str = Field(sa_type=String(8))
    by: str
    made_at: datetime = _instant()
    expires_at: datetime = _instant()
    used_at: datetime | None = _instant(default=None)
    revoked_at: datetime | None = _instant(default=None)


class RemarkRow(SQLModel, table=True):
    """What a reviewer said of a procedure; `hash` is the wording they read. No log tells it; it is never changed."""

    __tablename__ = "remark"
    number: int | None = Field(default=None, primary_key=True)
    command: str = Field(unique=True, sa_type=String(64))
    code: str = Field(index=True)
    issue: int
    hash: str = Field(sa_type=String(80))
    step: str | None = None
    person: str
    stance: str = Field(sa_type=String(8))
    text: str
    at: datetime = _instant()


#: The tables that are a picture of the log, in an order in which rows can be compared.
PICTURE = (CaseRow, WordRow, ItemRow, HolderRow, AskedRow, BreachRow)

_ONLY_GROWS = "the log is append-only"
#: What keeps the log from change in SQLite, by name: a record can neither be updated nor deleted.
SQLITE_GUARDS = {
    f"event_no_{act.lower()}": f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
    f"BEGIN SELECT RAISE(ABORT, '{_ONLY_GROWS}'); END"
    for act in ("UPDATE", "DELETE")
}
#: The body of the function that refuses in PostgreSQL, and the trigger that calls it.
POSTGRES_REFUSAL = f" BEGIN RAISE EXCEPTION '{_ONLY_GROWS}'; END "
_POSTGRES_GUARDS = (
    f"CREATE FUNCTION event_only_grows() RETURNS trigger LANGUAGE plpgsql AS $${POSTGRES_REFUSAL}$$",
    """CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION event_only_grows()""",
)
for _dialect, _guards in (("sqlite", tuple(SQLITE_GUARDS.values())), ("postgresql", _POSTGRES_GUARDS)):
    for _guard in _guards:
        _made = DDL(_guard).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(SQLModel.metadata.tables["event"], "after_create", _made)


def table(model: type[SQLModel]) -> Table:
    """Return the table behind a model; SQLModel does not type it."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


EVENT, CASE, WORD, ITEM, HOLDER, ASKED, BREACH, ENTERED, QUIET = (
    table(model)
    for model in (EventRow, CaseRow, WordRow, ItemRow, HolderRow, AskedRow, BreachRow, EnteredRow, QuietRow)
)
