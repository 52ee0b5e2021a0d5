"""Django in a bounded pool: large bodies, slow lines, readers who leave."""

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MEGABYTE = 1024 * 1024
SITE = Path(__file__).with_name("site_behind_pool.py")
SOURCE = Path(__file__).parents[2] / "src"


class Running:
    """The site in a process of its own."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None) -> bytes:
        connection = self.connect()
        connection.request(method, path, body=body)
        answer = connection.getresponse()
        assert answer.status == 200
        whole = answer.read()
        connection.close()
        return whole

    def left(self) -> list[str]:
        return list(json.loads(self.ask("/left")))

    def send(self, text: bytes) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(text)
        return line

    def peak(self) -> int:
        """The most memory the process ever held, in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (each for each in status.splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024


@pytest.fixture
def site() -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        process = subprocess.Popen(
            [sys.executable, str(SITE), str(door.fileno())],
            pass_fds=[door.fileno()],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        running = Running(door.getsockname()[1], process.pid)
        try:
            running.ask("/healthz")
            yield running
        finally:
            process.kill()
            process.wait()


def test_a_body_of_50_megabytes_arrives_whole_and_takes_little_memory(site: Running) -> None:
    site.ask("/digest", method="POST", body=b"small")
    before, body = site.peak(), os.urandom(50 * MEGABYTE)
    said = site.ask("/digest", method="POST", body=body).decode().split()
    assert said == [str(len(body)), hashlib.sha256(body).hexdigest(), str(len(body))]
    assert site.peak() - before < 8 * MEGABYTE


def test_50_megabytes_in_base64_as_the_api_takes_them_are_not_too_many(site: Running) -> None:
    length = 4 * -(-50 * MEGABYTE // 3) + 1024
    said = site.ask("/digest", method="POST", body=b"x" * length).decode().split()
    assert said[0] == str(length)


def test_a_body_without_a_length_arrives_whole(site: Running) -> None:
    connection = site.connect()
    pieces = iter([b"one", b"two"])
    connection.request("POST", "/digest", body=pieces, encode_chunked=True)
    assert connection.getresponse().read().decode().split()[::2] == ["6", "6"]
    connection.close()


def test_a_body_that_is_too_large_is_answered_in_the_readers_language(site: Running) -> None:
    connection = site.connect()
    connection.request("POST", "/ar/digest", body=b"x" * (73 * MEGABYTE))
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Language"]) == (413, "ar")
    assert answer.read()
    connection.close()
    assert site.left() == []


def test_half_a_body_is_never_passed_on(site: Running) -> None:
    line = site.send(b"POST /digest HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
    line.close()
    time.sleep(0.2)
    assert site.left() == []
    line = site.send(b"POST /digest HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nhalf")
    assert line.recv(1000).startswith(b"HTTP/1.1 200")
    line.close()
    assert site.left() == ["digested"]


def test_senders_on_slow_lines_hold_no_thread(site: Running) -> None:
    head = b"POST /digest HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    lines = [site.send(head + b"a") for _ in range(20)]
    began = time.monotonic()
    site.ask("/")
    assert time.monotonic() - began < 1
    for line in lines:
        line.close()


def test_readers_on_slow_lines_hold_no_thread(site: Running) -> None:
    ask = b"GET /stream?pieces=200 HTTP/1.1\r\nHost: x\r\n\r\n"
    lines = [site.send(ask) for _ in range(6)]
    deadline = time.monotonic() + 10
    while site.left().count("closed") < 6 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert site.left().count("closed") == 6
    for line in lines:
        line.close()


def test_one_slow_page_does_not_stop_the_others(site: Running) -> None:
    slow = threading.Thread(target=site.ask, args=("/slow?s=1.5",))
    slow.start()
    time.sleep(0.2)
    began = time.monotonic()
    for _ in range(5):
        site.ask("/")
    assert time.monotonic() - began < 1
    slow.join()


def test_a_stream_arrives_whole_and_takes_little_memory(site: Running) -> None:
    site.ask("/stream?pieces=1")
    before = site.peak()
    assert len(site.ask("/stream?pieces=800")) == 50 * MEGABYTE
    assert site.peak() - before < 8 * MEGABYTE
    assert site.left() == ["closed"] * 2


def test_a_stream_whose_reader_left_is_stopped_and_closed(site: Running) -> None:
    line = site.send(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
    line.recv(1000)
    line.close()
    deadline = time.monotonic() + 10
    while not site.left() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert site.left() == ["closed"]


def test_a_stream_that_breaks_does_not_look_whole(site: Running) -> None:
    connection = site.connect()
    connection.request("GET", "/broken")
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        connection.getresponse().read()
    connection.close()
    assert site.left() == ["closed"]


def test_a_file_is_sent_whole_and_head_sends_none_of_it(site: Running) -> None:
    assert site.ask("/file") == b"x" * 65536 * 3
    assert site.ask("/file", method="HEAD") == b""
    assert site.ask("/stream?pieces=3", method="HEAD") == b""
    assert site.left() == ["closed"]


def test_the_environ_tells_the_request_as_it_was(site: Running) -> None:
    connection, before = site.connect(), time.time()
    connection.putrequest("GET", "/caf%C3%A9/%FF?q=%C3%A9")
    for name, value in (
        ("X-Forwarded_For", "10.0.0.1"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("Content-Type", "text/plain"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert told["PATH_INFO"].encode("latin-1") == b"/caf\xc3\xa9/\xff"
    assert (told["QUERY_STRING"], told["HTTP_COOKIE"]) == ("q=%C3%A9", "a=1; b=2")
    assert (told["CONTENT_TYPE"], told["REMOTE_ADDR"]) == ("text/plain", "127.0.0.1")
    assert not [key for key in told if "FORWARDED" in key]
    assert before <= told["consulta.began_at"] <= time.time()
