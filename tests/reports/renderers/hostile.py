"""Texts and papers that somebody will send one day."""

from consulta.core.paper import (
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    PrintedTranslation,
    ResponseBlock,
    Span,
    Words,
)
from tests.reports.renderers import specimens

TEXTS = {
    "emoji": "Good 👍 and family 👩\u200d👩\u200d👧 and ❤\ufe0f",
    "rare han": "𠮷野 and 𪜈 and \U0002f800",
    "Hindi": "हिन्दी में एक उत्तर",
    "scripts without a font": "ᠮᠣᠩᠭᠣᠯ ᚠᚢᚦ 𓀀",
    "NUL": "be\x00fore",
    "lone surrogate": "a\ud83db",
    "noncharacter": "a\ufffeb\uffff\U0010ffff",
    "private use": "a\ue000b\U000f0000",
    "unassigned": "a\u0378b",
    "reversed": "safe\u202egpj.exe",
    "many marks": "a" + "\u0301" * 500,
    "marks from another script": "e\u0947 م\u0301 \u0301",
    "long word": "w" * 20_000,
    "long Arabic word": "س" * 20_000,
    "markup": '#read("/etc/passwd") $x^2$ *b* <script>alert(1)</script> ]]> &amp; \\u{41} `x`',
    "long Chinese word": "网" * 20_000,
    "empty": "",
    "only spaces": " \n\n \t ",
    "mixed": "يدعم الاتحاد ITU القرار 1336 (Rev. 2019) بنسبة 48.5 %",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\x1bg",
    "language tags": "a\U000e0041\U000e007fb\ufff9c\ufffbd",
    "many lines": "line\n" * 3000,
}


def everywhere(text: str, language: str = "en") -> Paper:
    """Return a paper with *text* in every place where a person's words can stand."""
    block = ResponseBlock(
        number="9001-000017",
        respondent=Words(text, language),
        language=language,
        notes=(text,),
        answers=(
            PrintedAnswer(
                Words(text, language),
                Words(text, language),
                translations=(PrintedTranslation(text, Words(text, "ar"), "machine"),),
            ),
        ),
        attachments=(
            PrintedFile(
                name=text,
                size="1 kB",
                sha256="ab" * 32,
                href="javascript:alert(1)",
                title=text,
                note=text,
                extract=Words(text, language),
            ),
        ),
        href="javascript:alert(1)",
        anchor="r-1",
    )
    return specimens.paper(
        Heading(1, Words(text, language), "h"),
        Paragraph((Span(text, language), Span(text, language, href="file:///etc/passwd"))),
        block,
        NumberedList(((Span(text, language), Span(text, href="https://consult.example/")),)),
        language=language,
        title=text,
        subtitle=text,
    )
