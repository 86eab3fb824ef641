"""Salts are not guessed, unless a demonstration says what they are."""

from engine.salts import fresh_salt, salts_from


def test_no_two_salts_are_alike() -> None:
    made = {fresh_salt() for _ in range(100)}
    assert len(made) == 100
    assert {len(one) for one in made} == {32}


def test_a_demonstration_gives_its_own_for_a_while() -> None:
    with salts_from(iter(["a", "b"]).__next__):
        assert [fresh_salt(), fresh_salt()] == ["a", "b"]
    assert len(fresh_salt()) == 32
