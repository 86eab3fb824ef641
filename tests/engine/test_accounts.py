"""Passwords, and what guessing them costs."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.accounts import FREE_TRIES, first_password, hash_password, matches, password_fault, wait_until

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_a_password_is_known_again_in_either_form_of_its_letters() -> None:
    kept = hash_password("bốn mùa xuân")
    assert kept.startswith("$argon2id$")
    assert matches(kept, "bốn mùa xuân")  # typed with combining accents
    assert not matches(kept, "bon mua xuan")


def test_without_an_account_the_answer_is_no() -> None:
    assert not matches(None, "bốn mùa xuân")
    assert not matches("not a hash", "bốn mùa xuân")


@pytest.mark.parametrize("bad", ["ngắn", "1234567890", "aabbaabbaabb", "An.NV-2026-an.nv", "Mậtkhẩu123", "x" * 201])
def test_a_bad_password_is_told(bad: str) -> None:
    assert password_fault(bad, "an.nv") is not None


def test_several_words_make_a_good_password() -> None:
    assert password_fault("cây đa bến nước", "an.nv") is None


def test_first_passwords_differ_and_are_good_enough() -> None:
    made = {first_password() for _ in range(50)}
    assert len(made) == 50
    assert all(password_fault(one, "an.nv") is None for one in made)


def test_waits_double_up_to_a_quarter_of_an_hour() -> None:
    assert wait_until(FREE_TRIES - 1, NOW) is None
    waits = [wait_until(FREE_TRIES + more, NOW) for more in range(12)]
    assert [until - NOW for until in waits if until][:3] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert waits[-1] == NOW + timedelta(minutes=15)
