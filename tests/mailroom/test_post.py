"""Letters are read as far as they can be, whatever program wrote them."""

import base64
from email.message import EmailMessage

import pytest

from consulta.mailroom import hypertext, tongue
from consulta.mailroom.post import Enclosure, UnreadableLetterError, key_of, open_letter

WORDS = {
    "ar": "نرحب بهذه المشاورة ونشكر الفريق على الدعوة.",
    "en": "We welcome this consultation and thank the group for the invitation.",
    "es": "Damos la bienvenida a esta consulta y agradecemos al grupo por la invitación.",
    "fr": "Nous saluons cette consultation et remercions le groupe pour son invitation.",
    "ru": "Мы приветствуем эту консультацию и благодарим группу за приглашение.",
    "zh": "我们欢迎这次磋商，并感谢工作组的邀请。",
}
CHARSETS = {
    "ar": "windows-1256",
    "en": "us-ascii",
    "es": "iso-8859-1",
    "fr": "iso-8859-15",
    "ru": "koi8-r",
    "zh": "gb2312",
}


def letter(body: bytes, *headers: str) -> bytes:
    head = ["From: Sample Person <person@example.org>", "Subject: Our response", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def written(text: str = "Words.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Sample <person@example.org>", "Our response"
    message.set_content(text)
    return message


@pytest.mark.parametrize("language", WORDS)
def test_a_letter_is_read_in_its_language_and_character_set(language):
    text, charset = WORDS[language], CHARSETS[language]
    body = base64.encodebytes(text.encode(charset))
    kind = f"Content-Type: text/plain; charset={charset}"

    opened = open_letter(letter(body, kind, "Content-Transfer-Encoding: base64"))

    assert (opened.text, opened.guessed) == (text, False)
    assert tongue.likely(opened.text, WORDS) == language


@pytest.mark.parametrize("named", ["us-ascii", "iso-8859-1", "utf-16-nonsense", "gb2312", ""])
@pytest.mark.parametrize("language", ["ar", "fr", "ru", "zh"])
def test_words_in_utf8_under_a_wrong_name_are_read_all_the_same(language, named):
    kind = f"Content-Type: text/plain; charset={named}" if named else "X-None: 1"
    text = WORDS[language]

    opened = open_letter(letter(text.encode(), kind, "Content-Transfer-Encoding: 8bit"))

    if named == "gb2312":  # any bytes are Chinese to it: a person looks at the raw letter
        assert opened.text
    else:
        assert opened.text == text


def test_a_set_that_is_not_named_is_guessed_and_marked():
    opened = open_letter(letter(WORDS["ru"].encode("cp1251"), "Content-Type: text/plain"))

    assert (opened.text, opened.guessed) == (WORDS["ru"], True)


def test_plain_words_are_preferred_to_their_html():
    message = written("Plain words.")
    message.add_alternative("<p>Rich words.</p>", subtype="html")

    assert open_letter(message.as_bytes()).text == "Plain words."


def test_a_letter_in_html_alone_becomes_lines_of_text_without_what_is_hidden():
    source = (
        "<html><head><title>x</title><style>p{color:red}</style></head><body><script>alert(1)"
        "</script><p>First &amp; best.</p><div>Second<br>third, see <a href='https://a.example/b'>"
        "our position</a></div><ul><li>one</li><li>two</li></ul></body></html>"
    )

    opened = open_letter(letter(source.encode(), "Content-Type: text/html; charset=utf-8"))

    assert opened.text == (
        "First & best.\n\nSecond\nthird, see our position (https://a.example/b)\n\none\n\ntwo"
    )


def test_html_of_any_depth_costs_no_more_than_its_tags():
    deep = "<div>" * 100_000 + "Words." + "</div>" * 100_000

    assert hypertext.plain(deep) == "Words."


def test_files_come_with_their_names_and_pictures_of_a_signature_do_not():
    message = written()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="é.pdf")
    message.add_attachment(b"notes", maintype="text", subtype="plain", filename="../../etc/passwd")
    message.add_attachment(
        b"PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline"
    )

    opened = open_letter(message.as_bytes())

    assert opened.text == "Words."
    assert opened.enclosures == (
        Enclosure("é.pdf", b"%PDF-1.7"),
        Enclosure("../../etc/passwd", b"notes"),
    )


def test_a_letter_that_is_only_a_file_has_no_text():
    opened = open_letter(
        letter(
            base64.encodebytes(b"%PDF-1.7"),
            "Content-Type: application/pdf; name=response.pdf",
            "Content-Transfer-Encoding: base64",
        )
    )

    assert (opened.text, opened.enclosures) == ("", (Enclosure("response.pdf", b"%PDF-1.7"),))


def test_a_file_inside_an_alternative_that_is_not_shown_is_kept():
    parts = (
        b"--a\r\nContent-Type: text/plain\r\n\r\nPlain.\r\n"
        b"--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Rich.</p>\r\n"
        b"--b\r\nContent-Type: application/pdf; name=x.pdf\r\n\r\n%PDF\r\n--b--\r\n--a--\r\n"
    )

    opened = open_letter(letter(parts, "Content-Type: multipart/alternative; boundary=a"))

    assert (opened.text, opened.enclosures) == ("Plain.", (Enclosure("x.pdf", b"%PDF"),))


def test_a_letter_inside_the_letter_is_a_file():
    message = written("See below.")
    message.add_attachment(written("Inner words."))

    opened = open_letter(message.as_bytes())

    assert opened.text == "See below."
    assert b"Inner words." in opened.enclosures[0].data


def test_quoted_words_are_kept():
    text = "I agree.\n\n> You wrote:\n> Do you agree?"

    assert open_letter(written(text).as_bytes()).text == text


def test_a_text_of_any_length_is_kept_the_longest_as_a_file():
    opened = open_letter(letter(b"word " * 200_000, "Content-Type: text/plain"))

    assert opened.text == ""
    assert opened.enclosures[0].name == "letter.txt"
    assert len(opened.enclosures[0].data) == 999_999


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?B?0JzQuNGA?= <person@example.org>",
        "=?koi8-r?Q?=ED=C9=D2?= <person@example.org>",
        '"Мир" <person@example.org>',
        "Мир <person@example.org>",
    ],
)
def test_the_senders_name_is_read_however_it_was_written(name):
    raw = f"From: {name}\r\nSubject: x\r\n\r\nWords.".encode()

    opened = open_letter(raw)

    assert (opened.sender, opened.sender_name) == ("person@example.org", "Мир")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"No header at all",
        b"From: \xff\xfe\xfd <a@b>\r\nSubject: =?bogus?B?!!!?=\r\n\r\nWords",
        b"From: a@b\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
        b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nnever begun",
        b"From: a@b\r\nContent-Type: text/plain; charset=\xff\xff\r\n\r\n\xff",
        b"From: a@b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64",
        b"From: a@b\r\nContent-Type: ;;;===;\r\nContent-Disposition: ;filename*=x''%zz\r\n\r\nx",
        b"From: a@b\r\nContent-Disposition: attachment; filename*=bogus'x'%ff%fe\r\n\r\nx",
        b"From: <<<>>>@,,,;:\r\n\r\nx",
    ],
)
def test_garbage_is_read_as_far_as_it_can_be(raw):
    assert open_letter(raw).key == key_of(raw)


def test_parts_without_end_are_given_up_and_the_raw_letter_stays():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(200)
    )

    with pytest.raises(UnreadableLetterError):
        open_letter(b"From: a@b\r\n" + nested + b"\r\nWords")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Auto-Submitted: auto-replied", ("auto-submitted",)),
        ("Auto-Submitted: auto-generated; owner-email=x", ("auto-submitted",)),
        ("Precedence: bulk", ("precedence",)),
        ("List-Id: <list.example.org>", ("list-id",)),
        ("Content-Type: multipart/report; report-type=delivery-status", ("report",)),
        ("X-Autoreply: yes", ("x-autoreply",)),
        ("Auto-Submitted: no", ()),
        ("X-Priority: 1", ()),
    ],
)
def test_what_a_program_sent_is_told_by_its_headers(said, why):
    assert open_letter(letter(b"Words.", said)).automatic == why


def test_the_same_letter_has_the_same_key_whatever_way_it_came():
    body, header = b"Words.\r\n", "Message-ID: <1@example.org>"
    first, resent = letter(body, header), letter(body, header, "Received: from elsewhere")
    other = letter(b"Other words.", header)

    assert key_of(first) == key_of(resent) != key_of(other)
