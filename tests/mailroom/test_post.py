"""Letters are read as far as they can be, whatever program wrote them."""

import base64
import time
from email.message import EmailMessage

import pytest

from consulta.mailroom import hypertext, quotes, tongue
from consulta.mailroom.post import Enclosure, key_of, open_letter
from tests.adapters.outlook import made

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


@pytest.mark.parametrize(
    ("language", "really"), [("zh", "gb18030"), ("ru", "cp1251"), ("ar", "cp1256")]
)
def test_words_that_cannot_be_in_latin_letters_are_not_read_so_whatever_their_label(
    language, really
):
    kind = "Content-Type: text/plain; charset=iso-8859-1"

    opened = open_letter(letter(WORDS[language].encode(really), kind))

    assert (opened.text, opened.guessed) == (WORDS[language], True)


@pytest.mark.parametrize(
    "text", ["Été à Genève, déjà réglé", "1. Objet ················ 3", "ÄÖÜ, Öäü"]
)
def test_words_in_latin_letters_are_read_as_they_are_labelled(text):
    opened = open_letter(
        letter(text.encode("cp1252"), "Content-Type: text/plain; charset=iso-8859-1")
    )

    assert (opened.text, opened.guessed) == (text, False)


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


def test_a_letter_inside_the_letter_is_no_quotation():
    inner, message = written("Inner words."), written("See below.")
    inner["Date"] = "Fri, 5 Jun 2026 10:00:00 +0000"
    message.add_attachment(inner)

    text = open_letter(message.as_bytes()).text

    assert "Inner words." in text
    assert quotes.own(text) == text


def test_a_letter_inside_the_letter_is_read_with_its_files():
    inner, message = written("Inner words."), written("See below.")
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(inner)

    opened = open_letter(message.as_bytes())

    assert opened.text == (
        "See below.\n\n--------\nSubject: Our response\nFrom: Sample <person@example.org>"
        "\n\nInner words."
    )
    assert opened.enclosures == (Enclosure("a.pdf", b"%PDF"),)


def test_what_outlook_packed_is_taken_out():
    message = written("See the file.")
    packed = made.tnef("See the  file", files={"a.pdf": b"%PDF"})
    message.add_attachment(
        packed, maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    inner = made.msg("Мнение", "我们同意。", sender="a@b.example", files={"b.pdf": b"%PDF"})
    message.add_attachment(
        inner, maintype="application", subtype="octet-stream", filename="Fwd response.msg"
    )

    opened = open_letter(message.as_bytes())

    assert opened.text == (
        "See the file.\n\n--------\nFrom: <a@b.example>\nSubject: Мнение\n\n我们同意。"
    )
    assert opened.enclosures == (Enclosure("a.pdf", b"%PDF"), Enclosure("b.pdf", b"%PDF"))


def test_what_winmail_dat_says_beyond_the_letter_is_not_lost():
    message = written("This mail was scanned.")
    message.add_attachment(
        made.tnef("Price is the obstacle."), maintype="application", subtype="ms-tnef"
    )

    assert (
        open_letter(message.as_bytes()).text == "This mail was scanned.\n\nPrice is the obstacle."
    )


def test_a_letter_in_winmail_dat_alone_has_its_words():
    packed = base64.encodebytes(made.tnef("We agree."))
    kind = "Content-Type: application/ms-tnef; name=winmail.dat"

    opened = open_letter(letter(packed, kind, "Content-Transfer-Encoding: base64"))

    assert (opened.text, opened.enclosures) == ("We agree.", ())


def test_an_encrypted_letter_says_so_and_keeps_its_files():
    sealed = letter(b"MIIB", "Content-Type: application/pkcs7-mime; name=smime.p7m")

    opened = open_letter(sealed)

    assert (opened.sealed, opened.text) == (True, "")
    assert opened.enclosures == (Enclosure("smime.p7m", b"MIIB"),)


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


def test_a_letter_of_too_many_layers_comes_whole_as_a_file():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(200)
    )
    raw = b"From: a@b\r\n" + nested + b"\r\nWords"

    opened = open_letter(raw)

    assert (opened.sender, opened.cut) == ("a@b", True)
    assert opened.enclosures == (Enclosure("letter.eml", raw),)


def test_of_ten_thousand_parts_the_first_are_read_and_the_letter_comes_whole():
    parts = b"".join(b"--x\r\n\r\nPart %d.\r\n" % n for n in range(10_000))
    raw = letter(parts + b"--x--", "Content-Type: multipart/mixed; boundary=x")

    opened = open_letter(raw)

    assert opened.text.startswith("Part 0.\n\nPart 1.")
    assert opened.cut
    assert opened.enclosures == (Enclosure("letter.eml", raw),)


@pytest.mark.parametrize(
    "raw",
    [
        letter(b"x", "Content-Type: text/plain" + ";" * 2_000_000),
        letter(b"x", *[f"X-Bomb-{n}: {'y' * 200}" for n in range(20_000)]),
        letter(b"x", "Subject: " + "=?utf-8?Q?" + "=C3=A9" * 300_000 + "?="),
        b"From: " + b"(" * 500_000 + b"\r\n\r\nx",
        b"From: " + b"a@b," * 300_000 + b"\r\n\r\nx",
        letter(b"<a href='x'>" * 200_000, "Content-Type: text/html"),
        letter(bytes(range(256)) * 8_000, "Content-Type: text/plain; charset=x-none"),
    ],
    ids=["parameters", "headers", "encoded word", "comments", "senders", "links", "bytes"],
)
def test_a_letter_made_to_be_slow_is_read_in_seconds(raw):
    begun = time.monotonic()

    open_letter(raw)

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Auto-Submitted: auto-replied", ("auto-submitted",)),
        ("Auto-Submitted: auto-generated; owner-email=x", ("auto-submitted",)),
        ("Precedence: auto_reply", ("precedence",)),
        ("Precedence: bulk", ()),
        ("List-Id: <list.example.org>", ("list-id",)),
        ("Content-Type: multipart/report; report-type=delivery-status", ("report",)),
        ("X-Autoreply: yes", ("x-autoreply",)),
        ("Auto-Submitted: no", ()),
        ("X-Priority: 1", ()),
        ("X-First: 1\r\nAuto-Submitted: auto-replied", ("auto-submitted",)),
    ],
)
def test_what_a_program_sent_is_told_by_its_headers(said, why):
    assert open_letter(letter(b"Words.", said)).automatic == why


@pytest.mark.parametrize(
    ("subject", "away"),
    [
        ("Automatic reply: Your response 1-000017", True),
        ("Réponse automatique : votre réponse", True),
        ("Respuesta automática: x", True),
        ("Автоответ: x", True),
        ("自动回复: x", True),
        ("رد تلقائي: x", True),
        ("Out of office", True),
        ("Our response on automatic replies", False),
        ("Automatic reply systems in island networks", False),
        ("Re: Automation", False),
    ],
)
def test_who_is_away_is_told_by_the_subject_in_six_languages(subject, away):
    message = written()
    message.replace_header("Subject", subject)

    assert open_letter(message.as_bytes()).automatic == (("subject",) if away else ())


def test_more_words_in_the_subject_need_a_second_sign_that_somebody_is_away():
    message = written()
    message.replace_header("Subject", "Out of office until Monday")
    message["X-Auto-Response-Suppress"] = "All"

    assert open_letter(message.as_bytes()).automatic == ("subject",)


def test_the_same_letter_has_the_same_key_whatever_way_it_came():
    body, header = b"Words.\r\n", "Message-ID: <1@example.org>"
    first, resent = letter(body, header), letter(body, header, "Received: from elsewhere")
    other = letter(b"Other words.", header)

    assert key_of(first) == key_of(resent) != key_of(other)


def test_letters_that_name_nothing_are_not_one():
    bare, other = b"Subject: We agree", b"Subject: We do not agree"
    assert key_of(bare) == key_of(bare) != key_of(other)
    assert key_of(bare, envelope_sender="a@b.org") != key_of(bare, envelope_sender="c@d.org")
