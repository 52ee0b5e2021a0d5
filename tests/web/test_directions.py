"""What people wrote cannot turn the words of a page around; numbers are not shown backwards."""

from django.template import engines

TEXT = "منظمة 11-000142 \u202egpj.exe <b>"


def drawn(source: str) -> str:
    return engines["django"].from_string(source).render({"x": TEXT})


def test_text_phrase_and_excerpt_are_kept_apart():
    said = 'منظمة <bdi dir="ltr">11-000142</bdi> [U+202E]gpj.exe &lt;b&gt;'

    assert drawn("{% text x %}") == f'<div class="prose" dir="auto"><p>{said}</p></div>'
    assert drawn('{% phrase x "ar" %}') == f'<bdi lang="ar" dir="rtl">{said}</bdi>'
    assert drawn("{{ x|seen|codes }}") == said


def test_words_of_the_page_keep_their_numbers():
    assert drawn("{% filter codes %}رقم {{ x|seen }}{% endfilter %}").count("<bdi") == 1
    assert "\u206611-000142\u2069" in drawn("{{ x|plain_codes }}")
