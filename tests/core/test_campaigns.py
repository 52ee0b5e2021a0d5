"""Letters are found among many texts, and what only shares phrases with them is left alone."""

import dataclasses
import random

from consulta.core import campaigns
from consulta.core.campaigns import STANDARD, Method, group

LETTER = (
    "We ask the Council to keep the cost of island links low. Islands far from the coast have no "
    "choice of provider. A shared fund for cables would help every island community. We therefore "
    "support the proposal of the small islands and ask for a fair rule before the year ends."
)
OTHER = (
    "The draft puts a burden on small providers that they cannot carry. Reports each month are more "
    "than any of our members can write. A yearly report would tell the regulator all that it needs to "
    "know, and leave time for the work itself, which is to connect people who have no connection."
)
CHINESE = (
    "我们支持这项提案。偏远岛屿没有选择服务提供商的余地，因此连接价格居高不下。"
    "我们请求理事会保持连接价格低廉，并在年底之前制定公平的规则，使每一个岛屿社区都能从共同的海缆基金中受益。"
)


def alone(number: int) -> str:
    """A text of its own that ends in a stock phrase of the letter."""
    chosen = random.Random(number)  # noqa: S311
    words = " ".join(f"word{chosen.randrange(5000)}" for _ in range(50))
    return f"{words}. Islands far from the coast have no choice of provider."


def found(texts: list[str], **options: object) -> list[dict[int, float]]:
    grouped = group(list(enumerate(texts, start=1)), **options)  # type: ignore[arg-type]
    return [{one.key: round(one.similarity, 2) for one in each.members} for each in grouped.found]


def test_identical_and_nearly_identical_texts_are_one_campaign_each_with_its_likeness():
    texts = [LETTER, LETTER.upper(), LETTER + " Our ferry comes twice a week.", alone(1), OTHER]
    assert found(texts) == [{1: 1.0, 2: 1.0, 3: 0.89}]


def test_campaigns_in_several_scripts_stand_apart_and_in_the_order_of_arrival():
    texts = [
        CHINESE,
        LETTER,
        OTHER,
        LETTER,
        CHINESE,
        CHINESE + "我们村有三百人。",
        OTHER,
        OTHER,
        LETTER,
    ]
    assert [sorted(one) for one in found(texts)] == [[1, 5, 6], [2, 4, 9], [3, 7, 8]]


def test_short_answers_and_too_few_are_no_campaign():
    assert found(["Yes, we agree."] * 50) == []
    assert found([LETTER, OTHER]) == []
    assert found([LETTER, LETTER]) == [{1: 1.0, 2: 1.0}]
    assert found([LETTER, LETTER], method=Method(least_size=3)) == []
    assert found(["", " ", "!!!"] * 10) == []


def test_texts_that_share_stock_phrases_are_left_alone():
    assert found([alone(n) for n in range(200)]) == []


def test_the_letter_as_it_was_handed_out_stands_for_all_whoever_came_first():
    texts = [f"{LETTER} {alone(n)[:150]}" for n in range(6)]
    grouped = group([*enumerate(texts, 1), (7, LETTER)])
    assert [one.shared for one in grouped.found] == [7]
    assert len(grouped.found[0].members) == 7


def test_a_chain_of_small_changes_joins_nothing_that_is_not_like_the_shared_text():
    words = [f"w{n:03d}" for n in range(400)]
    texts = [" ".join(words[n * 8 : n * 8 + 100]) for n in range(30)]
    for one in group(list(enumerate(texts))).found:
        assert all(member.similarity >= STANDARD.threshold for member in one.members)


def test_a_word_for_word_copy_a_hundred_thousand_times_is_one_campaign():
    assert len(found([LETTER] * 100_000)[0]) == 100_000


def test_what_resembles_a_campaign_that_is_known_is_no_new_one():
    texts = list(enumerate([LETTER, LETTER + " And soon.", LETTER, OTHER, OTHER, OTHER], 1))
    grouped = group(texts, known={40: LETTER})
    assert [one.key for one in grouped.known[40]] == [1, 2, 3]
    assert [one.exact for one in grouped.known[40]] == [True, False, True]
    assert [[m.key for m in one.members] for one in grouped.found] == [[4, 5, 6]]


def test_the_same_texts_give_the_same_campaigns():
    texts = [LETTER, OTHER, CHINESE] * 20 + [f"{LETTER} {alone(n)}" for n in range(50)]
    random.Random(3).shuffle(texts)  # noqa: S311
    assert found(texts) == found(texts)


def test_the_method_says_what_it_was_done_with():
    told = STANDARD.told()
    assert told["threshold"] == 0.5
    assert told["shingle"] == 3
    assert told["library"].startswith("rensa 0.")


def test_two_megabytes_among_letters_do_no_harm():
    long = " ".join(f"word{n}" for n in range(250_000))
    assert found([LETTER, long, LETTER, LETTER]) == [{1: 1.0, 3: 1.0, 4: 1.0}]


def test_a_text_is_compared_with_one_that_stands():
    alike = campaigns.comparing(LETTER)
    assert alike(LETTER.lower()).exact
    assert 0 < alike(LETTER + " And more of our own words here.").similarity < 1
    assert alike("").similarity == 0


def test_two_texts_of_the_same_stock_phrases_are_no_letter_but_copies_are():
    shared = " ".join(f"phrase{n} everybody uses" for n in range(30))
    one = shared + " " + " ".join(f"mine{n} alone" for n in range(22))
    other = shared + " " + " ".join(f"yours{n} alone" for n in range(22))
    loose = dataclasses.replace(campaigns.STANDARD, few=0, threshold=0.4)
    strict = dataclasses.replace(campaigns.STANDARD, threshold=0.4)

    assert len(campaigns.group([(1, one), (2, other)], method=loose).found) == 1
    assert campaigns.group([(1, one), (2, other)], method=strict).found == ()
    [found] = campaigns.group([(1, one), (2, one), (3, other)], method=strict).found
    assert [member.key for member in found.members] == [1, 2, 3]
