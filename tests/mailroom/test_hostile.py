"""Whatever comes by mail is read as far as it can be; nothing that a stranger sends is an error."""

import time
from importlib import resources
from pathlib import Path

import pytest

from consulta.mailroom.post import Letter, key_of, open_letter
from tests.mailroom import hostile


def collected() -> list[bytes]:
    """The letters that Python's own tests are made of, where they are installed."""
    try:
        folder = Path(str(resources.files("test.test_email"))) / "data"
    except ModuleNotFoundError:
        return []
    return [path.read_bytes() for path in sorted(folder.glob("*.txt"))]


def test_seven_hundred_hostile_letters_are_all_opened_in_a_minute():
    begun = time.monotonic()

    opened = [open_letter(raw) for raw in hostile.letters()]

    assert len(opened) == 700
    assert all(isinstance(each, Letter) for each in opened)
    assert sum(1 for each in opened if "agree" in each.text.lower()) > 200
    assert time.monotonic() - begun < 60


def test_what_is_read_can_be_stored_and_shown():
    for raw in hostile.letters(200):
        letter = open_letter(raw)
        words = [letter.sender, letter.sender_name, letter.subject, letter.text, letter.message_id]
        for said in [*words, *(file.name for file in letter.enclosures)]:
            said.encode("utf-8")
            assert "\x00" not in said
            assert said is letter.text or "\n" not in said


@pytest.mark.skipif(not collected(), reason="Python's own tests are not installed")
def test_pythons_own_collection_of_odd_letters_is_opened():
    for raw in collected():
        assert open_letter(raw).key == key_of(raw)
