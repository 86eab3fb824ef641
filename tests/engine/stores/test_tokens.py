"""Tokens of programs in both databases: kept as fingerprints, good until a day, revoked for ever, and logged."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.refusals.signing_in import NoAccount, NoSuchToken, TokenNotGood, TooManyTokens
from engine.stores.accounts import ACCOUNT, Accounts
from engine.stores.sql import SqlStore
from engine.stores.tokens import MARK, Token, Tokens
from tests import postgres

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)


@pytest.fixture(params=["sqlite", "postgresql"])
def tokens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tokens]:
    store = postgres.fresh_store() if request.param == "postgresql" else SqlStore(tmp_path / "a.db", durable=False)
    row = {"person": "an.nv", "password": "none", "must_change": False, "disabled": False, "changed_at": NOW}
    with store.writing() as writer:
        writer.connection.execute(ACCOUNT.insert(), row)
    yield Tokens(store)
    store.close()


def made(tokens: Tokens) -> str:
    shown = tokens.create("an.nv", "một cửa", "act", "quản trị", NOW, UNTIL)
    assert isinstance(shown, str)
    return shown


def test_a_token_lets_in_until_its_day_and_says_who_and_how_far(tokens: Tokens) -> None:
    shown = made(tokens)
    assert shown.startswith(MARK)
    found = tokens.bearer(shown, "10.0.0.9", NOW)
    assert isinstance(found, Token)
    assert (found.person, found.scope, found.name) == ("an.nv", "act", "một cửa")
    assert isinstance(tokens.bearer(shown, "10.0.0.9", UNTIL - timedelta(seconds=1)), Token)
    assert isinstance(tokens.bearer(shown, "10.0.0.9", UNTIL), TokenNotGood)
    assert isinstance(tokens.bearer(shown + "x", "10.0.0.9", NOW), TokenNotGood)


def test_what_is_shown_is_nowhere_in_the_database(tokens: Tokens) -> None:
    shown = made(tokens)
    with tokens.store.reading() as reader:
        rows = reader.connection.exec_driver_sql("SELECT * FROM api_token").all()
    assert shown not in str(rows)
    assert shown.removeprefix(MARK) not in str(rows)


def test_a_revoked_token_is_revoked_once_and_for_ever(tokens: Tokens) -> None:
    shown = made(tokens)
    assert tokens.revoke(1, "quản trị", NOW) is None
    assert isinstance(tokens.bearer(shown, "", NOW), TokenNotGood)
    assert isinstance(tokens.revoke(1, "quản trị", NOW), NoSuchToken)
    assert tokens.all()[0].revoked_at == NOW


def test_only_somebody_with_an_open_account_can_be_spoken_for(tokens: Tokens) -> None:
    assert isinstance(tokens.create("ai.do", "x", "read", "quản trị", NOW, UNTIL), NoAccount)
    shown = made(tokens)
    accounts = Accounts(tokens.store)
    accounts.disable("an.nv", "quản trị", NOW)
    assert isinstance(tokens.bearer(shown, "", NOW), TokenNotGood)
    assert isinstance(tokens.create("an.nv", "x", "read", "quản trị", NOW, UNTIL), NoAccount)
    accounts.enable("an.nv", "quản trị", NOW)
    assert isinstance(tokens.bearer(shown, "", NOW), Token)


def test_the_last_use_is_kept_to_the_minute(tokens: Tokens) -> None:
    shown = made(tokens)
    assert tokens.all()[0].used_at is None
    for seconds in (0, 30, 90):
        tokens.bearer(shown, "", NOW + timedelta(seconds=seconds))
    assert tokens.all()[0].used_at == NOW + timedelta(seconds=90)


def test_wrong_ones_from_an_address_must_wait_and_are_logged(tokens: Tokens) -> None:
    shown = made(tokens)
    answers = [tokens.bearer(f"qtt_{n}", "10.0.0.9", NOW) for n in range(60)]
    assert sum(isinstance(one, TokenNotGood) for one in answers) == 50
    assert isinstance(answers[-1], TooManyTokens)
    assert isinstance(tokens.bearer("qtt_x", "10.0.0.8", NOW), TokenNotGood)
    assert isinstance(tokens.bearer(shown, "10.0.0.9", NOW), Token)
    tokens.revoke(1, "quản trị", NOW)
    log = [(line.kind, line.person, line.by) for line in Accounts(tokens.store).log(100)]
    assert log[0] == ("token_revoked", "an.nv", "quản trị")
    assert log[-1] == ("token_made", "an.nv", "quản trị")
    assert log.count(("token_refused", "", "")) == 51
