"""Where nothing may be sent: addresses within the house, in whatever dress; names that lead somewhere else later."""

import socket
from ipaddress import ip_network

import pytest

from engine.errands import reaching
from engine.errands.reaching import _judged
from engine.errands.task import Hopeless, TryAgain


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
    ],
)
def test_an_address_within_the_house_is_refused(address: str) -> None:
    with pytest.raises(Hopeless):
        _judged(f"https://{address}/", ())


@pytest.mark.parametrize("address", ["8.8.8.8", "[2001:4860:4860::8888]", "[64:ff9b::808:808]"])
def test_an_address_outside_is_reached_by_https_alone(address: str) -> None:
    assert _judged(f"https://{address}/a?b", ()).path == "/a?b"
    with pytest.raises(Hopeless):
        _judged(f"http://{address}/", ())


@pytest.mark.parametrize(
    "url", ["ftp://8.8.8.8/", "https://", "https://u:p@8.8.8.8/", "file:///etc", "https://x:y/", "x"]
)
def test_what_is_no_address_of_a_system_is_refused(url: str) -> None:
    with pytest.raises(Hopeless):
        _judged(url, ())


def test_every_address_behind_a_name_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, 443)) for address in ("8.8.8.8", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Hopeless):
        _judged("https://hai-mat.example/", ())


def test_a_name_is_asked_for_once_and_the_judged_address_is_the_one_that_is_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    reached: list[object] = []

    def rebinding(*question: object, **_: object) -> list[tuple[object, ...]]:
        asked.append(question)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(2, 1, 6, "", (address, 443))]

    def connect(address: object, *_: object, **__: object) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(TryAgain):
        reaching.post("https://doi-mat.example/", {}, b"{}")
    assert (len(asked), reached) == (1, [("8.8.8.8", 443)])


def test_an_operator_may_allow_an_address() -> None:
    allowed = (ip_network("10.0.0.0/8"),)
    assert _judged("http://10.1.2.3:8080/", allowed).port == 8080
    with pytest.raises(Hopeless):
        _judged("http://10.1.2.3/", (ip_network("10.2.0.0/16"),))
