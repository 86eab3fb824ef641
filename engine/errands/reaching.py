"""Reaching a system by HTTP: only where it is allowed, at the very address that was judged, and not for long."""

import http.client
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import urlsplit

from engine.errands.task import Hopeless, TryAgain
from engine.errands.world import Network
from procedures.words import say

#: From the first byte to the last, however slowly they drip.
SECONDS = 5.0
#: What a system answers is a few words; more is not read.
LARGEST = 1024 * 1024
#: IPv6 addresses that hide an IPv4 address behind a translator.
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    secure: bool
    host: str
    port: int
    path: str
    address: str


def post(url: str, headers: Mapping[str, str], body: bytes, allowed: Sequence[Network] = ()) -> Reply:
    """Send a body and return the reply; no redirect is followed, no proxy is asked.

    Raises Hopeless where nothing may be sent, TryAgain when nobody answers in time.
    """
    target = _judged(url, allowed)
    connection = _Pinned(target)
    over = Timer(SECONDS, connection.cut)
    over.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        with connection.getresponse() as answer:
            read = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as fault:
        raise TryAgain(say("{host} does not answer: {fault}", host=target.host, fault=type(fault).__name__)) from fault
    finally:
        over.cancel()
        connection.close()
    if connection.is_cut:
        raise TryAgain(say("{host} does not answer: {fault}", host=target.host, fault="TimeoutError"))
    if len(read) > LARGEST:
        raise Hopeless(say("{host} answers with more than 1 MB", host=target.host))
    return Reply(answer.status, answer.getheader("Content-Type") or "", read)


def _judged(url: str, allowed: Sequence[Network]) -> _Target:
    """Return where a URL leads, resolved once, when every address behind its name may be reached."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise Hopeless(say("this is not an http(s) address that can be told anything"))
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise TryAgain(say("nobody knows the name {host}", host=host)) from fault
    addresses = [str(one[4][0]) for one in found]
    inside = [address for address in addresses if any(_within(address, network) for network in allowed)]
    for address in addresses:
        if address not in inside and not _outside(address):
            refused = say("{host} is an address within the house; an operator may allow it in quytrinh.toml", host=host)
            raise Hopeless(refused)
    if not secure and len(inside) < len(addresses):
        raise Hopeless(say("{host} is outside the house and must be told by https", host=host))
    query = f"?{parts.query}" if parts.query else ""
    return _Target(secure, host, port, f"{parts.path or '/'}{query}", addresses[0])


def _within(address: str, network: Network) -> bool:
    return _plain(address) in network


def _outside(address: str) -> bool:
    """Tell whether an address is one of the public Internet, whatever it is wrapped in."""
    plain = _plain(address)
    if isinstance(plain, IPv6Address):
        if plain.sixtofour is not None or plain.teredo is not None:
            return False
        if plain in _NAT64:
            return _outside(str(IPv4Address(int(plain) & 0xFFFFFFFF)))
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _plain(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address.partition("%")[0])
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, whatever the name stands for by now."""

    def __init__(self, target: _Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target = target
        self.is_cut = False

    def connect(self) -> None:
        """Connect to the address; over TLS the name must be proven all the same."""
        plain = socket.create_connection((self.target.address, self.target.port), SECONDS)
        self.sock = plain
        if self.target.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)

    def cut(self) -> None:
        """End it now, in the middle of whatever is going on."""
        self.is_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.sock.close()
