"""What counts when texts are compared, and what does not."""

import pytest

from consulta.core import similarity
from consulta.core.similarity import digest, jaccard, length, shingles, words


def same(one: str, other: str) -> bool:
    return digest(words(one)) == digest(words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We object!\n\nStrongly.", "we  OBJECT strongly"),
        ("Nous préférons l’île", "nous preferons l'ile"),
        ("Queremos más años", "QUEREMOS MAS ANOS"),
        ("Ещё раз: связь — дорога́", "еще раз связь дорога"),
        ("منظمتنا تدعمُ الإقتراح دعماً كاملاً في ١٢ جزيرة", "منظمتنا تدعم الاقتراح دعما كاملا فى 12 جزيره"),
        ("الســـلام", "السلام"),
        ("我们支持，这项提案。", "我们支持\n这项提案"),
        ("５Ｇ网络", "5g网络"),
        ("Straße ﬁnal", "STRASSE final"),
    ],
)  # fmt: skip
def test_how_a_text_is_typed_does_not_count(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We must block it.", "We must not block it."),
        ("The Council should act", "Should the Council act"),
        ("我们支持这项提案", "我们反对这项提案"),
        ("في ١٢ جزيرة", "في ١٣ جزيرة"),
        ("कि", "का"),
        ("カ", "ガ"),
    ],
)
def test_what_a_text_says_counts(one, other):
    assert not same(one, other)


def test_a_chinese_character_is_a_word_and_counts_three_letters():
    assert words("支持5G网络") == ["支", "持", "5g", "网", "络"]
    assert length(words("支持5G网络")) == 14
    assert length(words("Yes, we agree.")) == 10


def test_likeness_is_the_part_of_all_runs_of_three_words_that_both_have():
    one, other = shingles(["a", "b", "c", "d"]), shingles(["a", "b", "c", "e"])
    assert jaccard(one, other) == pytest.approx(1 / 3)
    assert jaccard(one, one) == 1
    assert jaccard(one, shingles([])) == 0
    assert len(shingles(["a", "b"])) == 2


def test_the_order_of_words_counts():
    assert list(shingles(["a", "b", "c"])) != list(shingles(["c", "b", "a"]))


def test_two_megabytes_are_compared_in_a_moment():
    long = " ".join(f"word{n}" for n in range(250_000))
    assert len(long) > 2_000_000
    assert len(shingles(words(long))) > 249_000


def test_nothing_but_signs_is_nothing():
    assert words("… — !!! \u200f\u202b") == []
    assert similarity.length([]) == 0
