"""Captions in and out at the door: what tools send, what viewers are told, who is refused."""

import json
import socket
import threading
import time
from dataclasses import replace

import pytest

from consulta.config import broadcaster_channel
from consulta.config.broadcaster_request import LARGEST
from consulta.live.captions import rooms
from consulta.live.captions import store as events
from tests.config.broadcasting import ROOM, Watching, served


@pytest.fixture
def hall(tmp_path):
    with served(tmp_path) as made:
        yield made


def test_a_viewer_is_told_what_a_captioner_sends(hall):
    viewer = Watching(hall.port)
    assert viewer.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert hall.caption("Good morning.", 1) == 200
    (event,) = viewer.events(1)
    assert {name: event[name] for name in ("id", "cue", "kind", "text", "automatic")} == {
        "id": 1, "cue": "11.1", "kind": "final", "text": "Good morning.", "automatic": False}  # fmt: skip
    viewer.close()


def test_each_language_is_told_its_own_and_a_machine_is_called_one(hall):
    viewer = Watching(hall.port, "lang=ar")
    hall.caption("Hello.", 1)
    hall.caption("مرحبا", 1, "ar-token")
    (event,) = viewer.events(1)
    assert (event["text"], event["automatic"]) == ("مرحبا", True)
    viewer.close()


def test_several_languages_come_in_one_line(hall):
    viewer = Watching(hall.port, "lang=en&lang=ar")
    hall.caption("Hello.", 1)
    hall.caption("مرحبا", 1, "ar-token")
    assert {event["lang"]: event["text"] for event in viewer.events(2)} == {
        "en": "Hello.", "ar": "مرحبا"}  # fmt: skip
    viewer.close()
    again = Watching(hall.port, "lang=en&lang=ar", last_event_id="2")
    assert sorted(again.texts(2)) == ["Hello.", "مرحبا"]
    again.close()


def test_who_comes_back_gets_exactly_what_was_missed(hall):
    for seq in range(1, 6):
        hall.caption(f"line {seq}", seq)
    viewer = Watching(hall.port, last_event_id="2")
    assert [event["id"] for event in viewer.events(3)] == [3, 4, 5]
    hall.caption("line 6", 6)
    assert viewer.texts(1) == ["line 6"]
    viewer.close()


def test_who_comes_back_after_the_ring_is_read_the_database(hall, monkeypatch):
    monkeypatch.setattr(broadcaster_channel, "RING", 4)
    monkeypatch.setattr("consulta.config.broadcaster_tail.RING", 4)
    monkeypatch.setattr("consulta.config.broadcaster_tail.AT_ONCE", 3)
    for seq in range(1, 13):
        hall.caption(f"{seq}", seq)
    viewer = Watching(hall.port, last_event_id="1")
    assert [event["id"] for event in viewer.events(11)] == list(range(2, 13))
    viewer.close()


def test_a_new_viewer_begins_with_the_captions_as_they_read_now(hall):
    hall.do(1, "line", "The flour is yours.")
    hall.do(2, "revise", "The floor is yours.", target="11-window1.1")
    viewer = Watching(hall.port)
    assert viewer.texts(1) == ["The floor is yours."]
    assert viewer.last == "2"
    viewer.close()


def test_retries_restarts_and_windows_1252_at_the_door(hall):
    assert [hall.caption("Größe".encode("cp1252"), 1) for _ in range(2)] == [200, 200]
    hall.caption("zwei", 2)
    hall.caption("anew", 1)
    assert hall.text() == ["Größe", "zwei", "anew"]
    assert hall.ask("GET", "hall/closedcaption/seq?id=en-token") == (200, "1\n")


def test_words_are_deleted_over_earlier_posts(hall):
    for seq, body in enumerate(["Le mon", "de ", "\b\b\b\b", "n texte"], 1):
        hall.caption(body, seq, "words")
    assert hall.text("fr") == ["Le mon texte"]


def test_youtubes_form_is_answered_with_the_time_of_the_server(hall):
    path = "hall/youtube?cid=en-token&seq=1"
    status, stamp = hall.ask("POST", path, b"")
    assert (status, len(stamp), stamp[10]) == (200, 24, "T")
    assert hall.ask("POST", path, f"{stamp.strip()}\nGood<br>morning\n".encode())[0] == 200
    assert hall.text() == ["Good morning"]


def test_two_captioners_of_one_language_do_not_break_each_others_lines(hall):
    hall.caption("We ", 1)
    hall.caption("Second here.", 1, "en-second")
    hall.caption("begin.", 2)
    assert hall.text() == ["We begin.", "Second here."]


def test_what_the_console_sends_again_is_taken_once(hall):
    assert hall.do(1, "typing", "Good m")[0] == 200
    assert hall.do(2, "line", "Good morning.") == (200, '{"seq": 2, "new": true}')
    assert hall.do(2, "line", "Good morning.") == (200, '{"seq": 2, "new": false}')
    hall.do(3, "line", "x", client="window2")
    hall.do(4, "drop", target="11-window2.1")
    assert hall.text() == ["Good morning."]


def test_a_hand_over_is_told(hall):
    viewer = Watching(hall.port)
    hall.do(1, "turn")
    assert viewer.events(1)[0]["captioner"] == 11
    viewer.close()


def test_speakers_are_named_until_the_name_is_withdrawn(hall):
    hall.names["1"] = "A. Sample"
    hall.do(1, "line", "I agree.", speaker="1")
    assert hall.text() == ["A. Sample:", "I agree."]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "hall/closedcaption?id=unknown&seq=1", 403),
        ("POST", "hall/closedcaption?seq=1", 403),
        ("POST", "elsewhere/closedcaption?id=en-token&seq=1", 403),
        ("POST", "hall/closedcaption?id=over&seq=1", 410),
        ("POST", "hall/closedcaption?id=en-token&seq=one", 400),
        ("GET", "hall/closedcaption?id=en-token", 405),
        ("POST", "hall/events?lang=en", 405),
        ("GET", "hall/events?lang=de", 404),
        ("GET", "nowhere/events?lang=en", 404),
        ("GET", "hall/else", 404),
        ("GET", "hall/captions/en.vtt?shift=much", 400),
        ("POST", "hall/console?id=en-token", 400),
    ],
)
def test_what_is_refused_is_refused_in_a_sentence(hall, method, path, status):
    found, words = hall.ask(method, path, b"x" if method == "POST" else None)
    assert found == status
    assert len(words.split()) > 2


def test_a_flood_is_refused_and_nothing_too_long_is_read(hall):
    assert hall.caption("x" * (LARGEST + 1), 1) == 413
    found = [hall.do(seq, "typing", "x")[0] for seq in range(200)]
    assert 429 in found


WHOLE = {"client": "abcd", "seq": 1, "way": "line"}


@pytest.mark.parametrize(
    "done",
    [
        "[]",
        "{",
        *(
            json.dumps(WHOLE | wrong)
            for wrong in (
                {"client": "a b"},
                {"seq": -1},
                {"way": "auto"},
                {"text": 5},
                {"speaker": "<b>"},
                {"other": 1},
            )
        ),
    ],
)
def test_a_console_that_speaks_otherwise_is_refused(hall, done):
    assert hall.ask("POST", "hall/console?id=en-token", done.encode())[0] == 400


def test_a_session_for_members_is_followed_with_a_ticket_alone_and_ends_with_it(hall, monkeypatch):
    hall.rooms["hall"] = replace(ROOM, is_public=False)
    assert hall.ask("GET", "hall/events?lang=en")[0] == 403
    assert hall.ask("GET", "hall/captions/en.txt?ticket=1-9999999999:forged")[0] == 403
    monkeypatch.setattr("consulta.live.captions.rooms.LASTING", 2)
    signed = rooms.ticket(type("Sitting", (), {"pk": 1}))
    viewer = Watching(hall.port, cookie=f"live_ticket={signed}")
    hall.caption("For members.", 1)
    assert viewer.texts(1) == ["For members."]
    assert viewer.events(1) == []  # the line ends with the ticket
    viewer.close()
    other = rooms.ticket(type("Sitting", (), {"pk": 2}))
    assert hall.ask("GET", f"hall/captions/en.txt?ticket={other}")[0] == 403


def test_files_stand_beside_the_webcast(hall):
    now = int(time.time() * 1000)
    hall.rooms["hall"] = replace(ROOM, webcast=now - 13_000)
    hall.caption("In step.", 1)
    listed = hall.ask("GET", "hall/hls/en.m3u8")[1]
    assert [line for line in listed.split("\n") if line.endswith("vtt")] == ["en-0.vtt", "en-1.vtt"]
    segment = hall.ask("GET", "hall/hls/en-2.vtt")[1]
    assert "MPEGTS:126000,LOCAL:00:00:00.000" in segment
    assert "00:00:13." in segment
    assert "In step." in segment
    assert "00:00:10." in hall.ask("GET", "hall/captions/en.vtt?shift=3000")[1]
    assert hall.ask("GET", "hall/captions/en.srt")[1].startswith("1\n00:00:13,")


def test_what_another_process_writes_is_told_too(hall, tmp_path):
    viewer = Watching(hall.port)
    with served(tmp_path) as other:
        began = time.monotonic()
        other.caption("From next door.", 1)
        assert viewer.texts(1) == ["From next door."]
        assert time.monotonic() - began < 1
        assert hall.caption("From next door.", 1) == 200  # a retry that meets the other process
        hall.caption("Here.", 2)
        assert viewer.texts(1) == ["Here."]
    viewer.close()


def test_a_viewer_that_reads_nothing_is_dropped_and_slows_nobody(hall, monkeypatch):
    monkeypatch.setattr(broadcaster_channel, "PATIENCE", 0.5)
    deaf = socket.create_connection(("127.0.0.1", hall.port))
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.sendall(b"GET /live/hall/events?lang=en HTTP/1.1\r\nHost: x\r\n\r\n")
    viewer, slowest = Watching(hall.port), 0.0
    deadline = time.monotonic() + 60
    seq = 0
    while not any(c.dropped for c in hall.broadcaster.tail.open()) and time.monotonic() < deadline:
        seq += 1
        client = f"cl{seq // 100:06}"
        hall.broadcaster.intake._left.clear()
        began = time.monotonic()
        hall.do(seq % 100 + 1, "line", "w" * 1000, client=client)
        viewer.events(1)
        slowest = max(slowest, time.monotonic() - began)
    assert [c.dropped for c in hall.broadcaster.tail.open()] == [1]
    assert slowest < 1
    assert seq < broadcaster_channel.RING  # cut off for its silence, not for being too far behind
    deaf.close()
    viewer.close()


def test_many_who_come_back_at_once_are_all_told_everything_once(hall):
    for seq in range(1, 51):
        hall.caption(f"{seq}", seq)
    told, lock = [], threading.Lock()

    def come_back(place):
        viewer = Watching(hall.port, last_event_id=str(place))
        found = [event["id"] for event in viewer.events(51 - place)]
        with lock:
            told.append(found == list(range(place + 1, 52)))
        viewer.close()

    crowd = [threading.Thread(target=come_back, args=(n % 50,)) for n in range(200)]
    for one in crowd:
        one.start()
    hall.caption("51", 51)
    for one in crowd:
        one.join(20)
    assert told == [True] * 200


def test_numbers_of_events_stand_in_the_store(hall, tmp_path):
    hall.caption("kept", 1)
    line = events.SqliteStore(tmp_path / "captions.sqlite3").connect()
    assert [row.event.text for row in events.of_sitting(line, 1, "en")] == ["kept"]
    line.close()
