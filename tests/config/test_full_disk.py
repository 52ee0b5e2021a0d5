"""A full disk in front of Django is told in words, and nothing half is passed on."""

import asyncio
import errno
import json
import tempfile
from typing import Any

import pytest

from consulta.config import bodies, plain, pool


class FullFile(tempfile.SpooledTemporaryFile):  # type: ignore[type-arg]
    """A file on a disk that has no room."""

    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("language", "word"), [("en", "no room left"), ("fr", "place")])
def test_a_full_disk_is_answered_in_words_and_django_never_sees_the_request(
    monkeypatch, language, word
):
    monkeypatch.setattr(bodies.tempfile, "SpooledTemporaryFile", FullFile)
    seen: list[object] = []
    sent: list[dict[str, Any]] = []
    door = pool.ThreadPool(lambda environ, start: seen.append(environ) or [])

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"words", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "path": f"/{language}/drafts/x/", "method": "POST", "headers": []}
    asyncio.run(door(scope, receive, send))

    assert sent[0]["status"] == 507
    assert word in sent[1]["body"].decode()
    assert seen == []


def test_the_words_are_there_for_every_plain_answer():
    assert {plain._words(status) for status in plain.HEADERS} == {
        plain._words(413),
        plain._words(503),
        plain._words(507),
    }
    assert len({plain._words(status) for status in plain.HEADERS}) == 3


def test_a_program_is_answered_in_json_with_the_code_that_is_documented():
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(plain.say({"type": "http", "path": "/api/v1/x"}, send, 413))
    assert dict(sent[0]["headers"])[b"content-type"] == b"application/json"
    assert json.loads(sent[1]["body"])["error"] == "too_large"
    assert {plain.CODES[status] for status in plain.HEADERS} == {"too_large", "busy", "disk_full"}
