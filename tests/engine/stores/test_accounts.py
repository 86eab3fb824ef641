"""Coming in, staying in and going out, in a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from engine.refusals.signing_in import (
    AccountExists,
    NoAccount,
    OldPasswordWrong,
    PasswordNotGood,
    TooManyTries,
    WrongPassword,
)
from engine.stores.accounts import Accounts, Visitor
from engine.stores.sql import SqlStore

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
GOOD = "cây đa bến nước"


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # the same function, cheap enough for many tries
    monkeypatch.setattr("engine.accounts._hasher", lambda: quick)
    store = SqlStore(tmp_path / "a.db", durable=False)
    yield Accounts(store)
    store.close()


def given(accounts: Accounts, person: str = "an.nv") -> str:
    password = accounts.add(person, "quản trị", NOW)
    assert isinstance(password, str)
    return password


def entered(accounts: Accounts, password: str, now: datetime = NOW, person: str = "an.nv") -> str:
    token = accounts.sign_in(person, password, "10.0.0.9", now)
    assert isinstance(token, str), token
    return token


def test_who_has_an_account_comes_in_and_must_change_the_first_password(accounts: Accounts) -> None:
    first = given(accounts)
    token = entered(accounts, first)
    assert accounts.visitor(token, NOW) == Visitor("an.nv", must_change=True)
    assert accounts.change_password("an.nv", first, GOOD, token, NOW) is None
    assert accounts.visitor(token, NOW) == Visitor("an.nv", must_change=False)
    assert isinstance(accounts.sign_in("an.nv", first, "10.0.0.9", NOW), WrongPassword)
    entered(accounts, GOOD)


def test_neither_password_nor_token_lies_in_the_database(accounts: Accounts) -> None:
    first = given(accounts)
    token = entered(accounts, first)
    kept = b"".join(path.read_bytes() for path in Path(accounts.store.where).parent.glob("a.db*"))
    assert b"$argon2id$" in kept
    assert first.encode() not in kept
    assert token.encode() not in kept


def test_a_wrong_password_and_an_unknown_account_get_one_answer(accounts: Accounts) -> None:
    given(accounts)
    assert accounts.sign_in("an.nv", "sai", "1", NOW) == accounts.sign_in("ai.do", "sai", "2", NOW) == WrongPassword(4)


def test_guessing_is_slowed_for_the_account_and_forgotten_after_it_comes_in(accounts: Accounts) -> None:
    first = given(accounts)
    told = [accounts.sign_in("an.nv", f"sai {n}", f"10.0.0.{n}", NOW) for n in range(7)]
    assert [one.left for one in told if isinstance(one, WrongPassword)] == [4, 3, 2, 1, 0]
    assert told[5] == told[6] == TooManyTries(NOW + timedelta(seconds=30))
    assert accounts.sign_in("an.nv", first, "10.0.0.9", NOW) == TooManyTries(NOW + timedelta(seconds=30))
    later = NOW + timedelta(seconds=31)
    entered(accounts, first, later)
    assert accounts.sign_in("an.nv", "sai", "1", later) == WrongPassword(4)


def test_ten_thousand_guesses_are_judged_a_few_times_and_the_owner_waits_a_quarter_of_an_hour(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, judged = given(accounts), []
    monkeypatch.setattr("engine.accounts.matches", lambda kept, password: judged.append(password) or kept == password)
    for n in range(10_000):
        accounts.sign_in("an.nv", f"sai {n}", f"10.0.{n % 200}.1", NOW + timedelta(seconds=n // 10))
    monkeypatch.undo()
    assert len(judged) <= 100
    entered(accounts, first, NOW + timedelta(seconds=1000) + timedelta(minutes=15))


def test_an_address_that_tries_many_accounts_is_slowed_too(accounts: Accounts) -> None:
    answers = [accounts.sign_in(f"nguoi.{n}", "sai", "10.0.0.9", NOW) for n in range(52)]
    assert isinstance(answers[49], WrongPassword)
    assert isinstance(answers[50], TooManyTries)


def test_a_whole_house_comes_in_by_one_address_and_hides_no_guesser(accounts: Accounts) -> None:
    first = given(accounts)
    for n in range(200):
        entered(accounts, first, NOW + timedelta(seconds=n))
    told = []
    for n in range(52):  # somebody who has an account guesses at those of others between their own visits
        told.append(accounts.sign_in(f"nguoi.{n}", "sai", "10.0.0.9", NOW + timedelta(minutes=5)))
        accounts.sign_in("an.nv", first, "10.0.0.9", NOW + timedelta(minutes=5))
    assert [isinstance(one, TooManyTries) for one in told].index(True) == 50


def test_the_wrong_tries_of_an_address_are_forgotten_though_others_come_in(accounts: Accounts) -> None:
    first = given(accounts)
    for n in range(60):  # one mistake in forty minutes is no guessing; in between people come in
        later = NOW + timedelta(minutes=40) * 2 * n
        assert isinstance(accounts.sign_in("ai.do", "sai", "10.0.0.9", later), WrongPassword)
        entered(accounts, first, later + timedelta(minutes=40))
        entered(accounts, first, later + timedelta(minutes=40, seconds=1))


def test_a_visit_ends_when_nobody_acts_and_when_the_day_is_over(accounts: Accounts) -> None:
    token = entered(accounts, given(accounts))
    at = NOW
    for _ in range(24):
        at += timedelta(minutes=29)
        assert accounts.visitor(token, at) is not None
    assert accounts.visitor(token, at + timedelta(minutes=31)) is None
    assert accounts.visitor(token, NOW + timedelta(hours=12, seconds=1)) is None


def test_signing_out_ends_one_visit_and_everywhere_ends_all(accounts: Accounts) -> None:
    first = given(accounts)
    one, two, three = (entered(accounts, first) for _ in range(3))
    accounts.sign_out(one, NOW)
    assert [accounts.visitor(token, NOW) is None for token in (one, two, three)] == [True, False, False]
    accounts.sign_out_everywhere("an.nv", "an.nv", NOW)
    assert accounts.visitor(three, NOW) is None


def test_a_new_password_ends_the_other_visits(accounts: Accounts) -> None:
    first = given(accounts)
    mine, other = entered(accounts, first), entered(accounts, first)
    assert accounts.change_password("an.nv", "sai", GOOD, mine, NOW) == OldPasswordWrong()
    assert isinstance(accounts.change_password("an.nv", first, "ngắn", mine, NOW), PasswordNotGood)
    assert accounts.change_password("an.nv", first, GOOD, mine, NOW) is None
    assert accounts.visitor(mine, NOW) is not None
    assert accounts.visitor(other, NOW) is None


def test_a_disabled_account_is_out_at_once_and_a_reset_one_has_a_new_password(accounts: Accounts) -> None:
    first = given(accounts)
    token = entered(accounts, first)
    assert accounts.disable("an.nv", "quản trị", NOW) is None
    assert accounts.visitor(token, NOW) is None
    assert isinstance(accounts.sign_in("an.nv", first, "1", NOW), WrongPassword)
    assert accounts.enable("an.nv", "quản trị", NOW) is None
    second = accounts.reset("an.nv", "quản trị", NOW)
    assert isinstance(second, str)
    assert isinstance(accounts.sign_in("an.nv", first, "1", NOW), WrongPassword)
    entered(accounts, second)


def test_what_does_not_fit_is_refused(accounts: Accounts) -> None:
    given(accounts)
    assert accounts.add("an.nv", "quản trị", NOW) == AccountExists("an.nv")
    assert accounts.reset("ai.do", "quản trị", NOW) == accounts.disable("ai.do", "quản trị", NOW) == NoAccount("ai.do")


def test_everything_is_in_the_access_log(accounts: Accounts) -> None:
    token = entered(accounts, given(accounts))
    accounts.sign_out(token, NOW)
    accounts.disable("an.nv", "binh.tt", NOW)
    told = [(line.kind, line.person, line.by) for line in accounts.log(10)]
    assert told == [
        ("disabled", "an.nv", "binh.tt"),
        ("signed_out", "an.nv", "an.nv"),
        ("signed_in", "an.nv", "an.nv"),
        ("tried", "an.nv", "an.nv"),
        ("added", "an.nv", "quản trị"),
    ]
    assert accounts.all() == [("an.nv", True, True)]
