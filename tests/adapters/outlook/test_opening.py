"""Outlook's containers are opened in a process of their own; what cannot be opened stays a file."""

import pytest

from consulta.adapters.outlook import opening
from consulta.adapters.outlook.opening import Contents
from tests.adapters.outlook import made


def test_winmail_dat_gives_its_words_and_files():
    data = made.tnef("We agree.", files={"réponse.pdf": b"%PDF-1.7", "b.txt": b"notes"})

    opened = opening.opened(data)

    files = (("réponse.pdf", b"%PDF-1.7"), ("b.txt", b"notes"))
    assert opened is not None
    assert (opened.text.rstrip("\x00"), opened.files) == ("We agree.", files)


def test_packed_rich_text_is_read():
    opened = opening.opened(made.tnef(rtf=made.RTF))

    assert opened is not None
    assert opened.text.strip() == "hello world"


def test_a_msg_file_gives_who_wrote_what_and_its_files():
    data = made.msg("Мнение", "我们同意。", sender="a@b.example", files={"ответ.pdf": b"%PDF-1.7"})

    assert opening.is_one(data, "x.MSG")
    assert opening.opened(data) == Contents(
        "Мнение", "<a@b.example>", "我们同意。", "", (("ответ.pdf", b"%PDF-1.7"),)
    )


@pytest.mark.parametrize("data", [opening.TNEF, opening.OLE, opening.TNEF + b"\xff" * 500, b""])
def test_what_is_broken_is_not_opened(data):
    assert opening.opened(data) is None


def test_a_word_document_of_old_is_no_letter():
    assert not opening.is_one(opening.OLE + b"x", "response.doc")
