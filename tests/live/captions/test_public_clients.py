"""Public clients of Zoom's and YouTube's captions, as they come from PyPI, send to us unmodified."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lcyt import YoutubeLiveCaptionSender

from tests.config.broadcasting import served

CLIENT = Path(__file__).with_name("client_zoom_narrator.py")
#: A folder in which `pip install --target` put zoom-narrator: GPL 3, so no dependency of ours.
NARRATOR = os.environ.get("CONSULTA_TEST_ZOOM_NARRATOR", "")
REQUIRED = "narrator" in os.environ.get("CONSULTA_TEST_REQUIRE", "")


@pytest.fixture
def hall(tmp_path):
    with served(tmp_path) as made:
        yield made


def test_lcyt_sends_captions_batches_and_heartbeats(hall):
    url = f"http://127.0.0.1:{hall.port}/live/hall/youtube?cid=en-token"
    sender = YoutubeLiveCaptionSender(ingestion_url=url, use_region=True, sequence=1).start()
    beat = sender.heartbeat()
    assert (beat.status_code, len(beat.server_timestamp)) == (200, 23)
    sent = [sender.send("Good morning."), sender.send("Two<br>lines.")]
    assert [result.status_code for result in sent] == [200, 200]
    for after, text in enumerate(["One more.", "And the last."], 1):
        spoken = datetime.now(UTC) + timedelta(seconds=after)
        sender.construct(text, spoken.isoformat())
    sender.send_batch()
    sender.end()
    assert hall.text() == ["Good morning.", "Two lines.", "One more.", "And the last."]


@pytest.mark.skipif(
    not NARRATOR and not REQUIRED, reason="CONSULTA_TEST_ZOOM_NARRATOR names no folder with it"
)
def test_zoom_narrator_sends_and_goes_on_where_it_left_off(hall, tmp_path):
    url = f"http://127.0.0.1:{hall.port}/live/hall/closedcaption?id=en-token"
    for _meeting in range(2):
        subprocess.run(
            [sys.executable, str(CLIENT), url],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": NARRATOR},
            check=True,
            timeout=60,
        )
    said = ["The room is open.", "Please take your seats – thank you."]
    assert hall.text() == said * 2
    assert hall.ask("GET", "hall/closedcaption/seq?id=en-token") == (200, "3\n")
