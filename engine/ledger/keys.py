"""The agency's signing key (Ed25519): made once, kept where only its owner reads, its public half for everybody."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from engine.ledger.refusing import LedgerRefusal
from procedures.shelf import flush
from procedures.words import say

#: Nobody but the owner may read a key.
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key that signs, and its public half in hexadecimal."""

    _private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half: 64 hexadecimal digits."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, text: bytes) -> str:
        """Return the signature of a text in hexadecimal."""
        return self._private.sign(text).hex()


def signed_by(public: str, text: bytes, signature: str) -> bool:
    """Tell whether the key with this public half signed a text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def signing_key(path: Path) -> SigningKey:
    """Return the key kept at `path`, made now if there is none; raises LedgerRefusal for one that others can read."""
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise LedgerRefusal(say("the signing key {file} can be read by others; run: chmod 600 {file}", file=str(path)))
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as fault:
        raise LedgerRefusal(say("{file} is no signing key", file=str(path))) from fault
    if not isinstance(private, Ed25519PrivateKey):
        raise LedgerRefusal(say("{file} is no signing key", file=str(path)))
    return SigningKey(private)


def _make(path: Path) -> None:
    """Write a new key; of several programs that come first at the same time, one wins and the others use its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    flush(path.parent)
