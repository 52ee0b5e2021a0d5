"""Numbers stand as they are among words from right to left; nobody turns words around."""

import pytest

from consulta.core import bidi
from consulta.core.plaintext import one_line


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("الرد 11-000142", "الرد <11-000142>"),
        ("في 2026-11-20 و 5-6.", "في <2026-11-20> و <5-6>."),
        ("Response 11-000142", "Response 11-000142"),
        ("انظر https://x.example/11-22/ و a@11-22.example", None),
        ("رمز answer+12-34-56@x.example", None),
        ("رقم 142", None),
    ],
)
def test_a_number_of_several_parts_is_kept_from_left_to_right(text, kept):
    assert bidi.codes(text, before="<", after=">") == (kept or text)


def test_an_override_is_shown_and_a_name_holds_none():
    assert bidi.seen("pay \u202egpj.exe\u202c now") == "pay [U+202E]gpj.exe\u202c now"
    assert one_line("Ana\u202e \u2067Sample\u2069\n") == "Ana Sample"
