"""The check that travels with the evidence: nothing but Python, and it agrees with the library on every signature."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.evidence import standalone
from engine.ledger.keys import SigningKey, signed_by, signing_key

FILE = Path(standalone.__file__)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return signing_key(tmp_path_factory.mktemp("key") / "k")


@settings(max_examples=15)
@given(text=st.binary(max_size=200), spot=st.integers(0, 127), by=st.integers(1, 15))
def test_it_takes_and_refuses_the_signatures_that_the_library_does(
    key: SigningKey, text: bytes, spot: int, by: int
) -> None:
    signature = key.sign(text)
    assert standalone.signed(key.public, text, signature)
    assert not standalone.signed(key.public, text + b"x", signature)
    digit = f"{int(signature[spot], 16) ^ by:x}"
    other = signature[:spot] + digit + signature[spot + 1 :]
    assert standalone.signed(key.public, text, other) == signed_by(key.public, text, other)


@pytest.mark.parametrize(
    ("public", "text", "signature"),
    [  # RFC 8032, 7.1, tests 1 to 3
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ],
)  # fmt: skip
def test_it_takes_the_signatures_of_the_standard(public: str, text: str, signature: str) -> None:
    assert standalone.signed(public, bytes.fromhex(text), signature)
    assert not standalone.signed(public, bytes.fromhex(text) + b"\x00", signature)


@pytest.mark.parametrize(
    ("public", "signature"), [("", ""), ("zz", "00" * 64), ("ff" * 32, "00" * 64), ("00" * 31, "")]
)
def test_what_is_no_key_or_no_signature_is_refused(public: str, signature: str) -> None:
    assert not standalone.signed(public, b"x", signature)


def test_it_imports_nothing_of_ours_and_nothing_from_outside(tmp_path: Path) -> None:
    copied = tmp_path / "kiem_tra.py"
    copied.write_bytes(FILE.read_bytes())
    asked = (
        "import sys, kiem_tra; print(*sorted({n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"__main__", "kiem_tra"}


def test_every_fault_has_its_sentence_in_both_languages() -> None:
    assert standalone.SENTENCES["vi"].keys() == standalone.SENTENCES["en"].keys()
