"""Webhooks on the command line: who is told, and whether they hear."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.cli.office import Office


class Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def declare(office: Office, port: int, events: str = '["CaseOpened"]') -> None:
    with (office.root / "quytrinh.toml").open("a", encoding="utf-8") as file:
        file.write('\n[webhooks]\nallow = ["127.0.0.0/8"]\n[webhooks.kho]\n')
        file.write(f'url = "http://127.0.0.1:{port}/nhan"\nevents = {events}\n')


def test_who_is_told_is_listed_with_what_waits_and_a_try_says_what_came_of_it(office: Office) -> None:
    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        declare(office, server.server_port)
        assert "kho · http://127.0.0.1" in office.say("webhook", "list").out
        assert "0 tin chờ gửi, 0 tin vướng" in office.say("webhook", "list").out
        tried = office.say("webhook", "test", "kho")
        assert (tried.code, "kho đã nhận" in tried.err) == (0, True)
        server.shutdown()
    assert office.say("webhook", "test", "kho").code == 5
    assert office.say("webhook", "test", "lạ").code == 2


def test_what_cannot_be_used_is_said(office: Office) -> None:
    declare(office, 9, '["Lạ"]')
    answer = office.say("webhook", "list")
    assert answer.code == 5
    assert "webhooks.kho: Lạ" in answer.err
