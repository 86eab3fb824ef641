"""The signing key: made once, read by its owner alone, and whoever has the public half can check."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.ledger.keys import signed_by, signing_key
from engine.ledger.refusing import LedgerRefusal


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "k.pem"
    first = signing_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing_key(path).public == first.public
    assert [one.name for one in path.parent.iterdir()] == ["k.pem"]


def test_of_many_who_come_first_all_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda _: signing_key(tmp_path / "k.pem").public, range(4)))
    assert len(set(keys)) == 1


def test_a_signature_holds_for_this_text_and_this_key_alone(tmp_path: Path) -> None:
    one, other = signing_key(tmp_path / "1"), signing_key(tmp_path / "2")
    signature = one.sign(b"text")
    assert signed_by(one.public, b"text", signature)
    assert not signed_by(one.public, b"texT", signature)
    assert not signed_by(other.public, b"text", signature)
    assert not signed_by("no hex", b"text", signature)
    assert not signed_by(one.public, b"text", "00")


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    signing_key(tmp_path / "k")
    (tmp_path / "k").chmod(0o640)
    with pytest.raises(LedgerRefusal, match="chmod 600"):
        signing_key(tmp_path / "k")


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_not_used(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "k"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LedgerRefusal, match="no signing key"):
        signing_key(path)
