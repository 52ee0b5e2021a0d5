"""Arabic in a PDF is read as it is typed: letters, numbers, names in Latin, vowel signs, brackets."""

from collections.abc import Callable
from pathlib import Path

import fontpkg_amiri
import pytest
import typst

from consulta.adapters.files import plain

from . import made
from .conftest import Seen

Look = Callable[[bytes], Seen]
FONTS = [str(Path(fontpkg_amiri.ROOT) / "files")]


def printed(*paragraphs: str) -> bytes:
    """A PDF with these paragraphs."""
    head = (
        '#set page(width: 600pt, height: 400pt)\n#set text(font: "Amiri", lang: "ar", size: 14pt)\n'
    )
    return bytes(typst.compile((head + "\n\n".join(paragraphs)).encode(), font_paths=FONTS))


@pytest.mark.parametrize(
    "words",
    [
        made.ARABIC,
        "يعقد الاجتماع المفتوح في 12 فبراير 2026 في مقر ITU في جنيف.",
        "ويشارك فيه 193 عضواً من ITU Council.",
        "شكراً جزيلاً لكم، وفقاً للقرار كتاباً مهماً جداً.",
        "القرار 1336 (المراجع في 2019) مهم.",
        "نرى أيضاً أن القرار (المراجع في 2019) مهم.",
        "نشكركم على هذا.",
        "#set text(dir: ltr)\nThe word شكراً is Arabic, and the office fits.",
    ],
    ids=["plain", "Latin", "sign", "signs", "brackets", "both", "a full stop", "a quotation"],
)
def test_a_line_is_read_as_it_is_typed(seen: Look, words: str) -> None:
    assert seen(printed(words)).text == words.rpartition("\n")[2]


def test_paragraphs_stay_in_their_order_beside_other_scripts(seen: Look) -> None:
    lines = ["شكراً جزيلاً لكم.", "نشكركم على هذا.", "Thank you all"]
    assert seen(printed(*lines)).text.split("\n") == lines


def test_letters_by_their_shape_become_letters_as_typed() -> None:
    assert plain.without_shapes("\ufeb3\ufefc\ufee1 ok \ufb01") == "سلام ok \ufb01"
