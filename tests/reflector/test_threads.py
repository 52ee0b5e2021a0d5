"""An answer finds its thread by its address, its headers, or its subject; never by chance."""

from datetime import timedelta

import pytest

from consulta.reflector import threads
from tests.reflector.conftest import NOW


@pytest.mark.parametrize(
    "subject",
    [
        "Islands", "Re: Islands", "RE: Re: Islands", "[SG 11] Islands", "Re: [SG 11] Islands",
        "[SG 11] Re: [SG 11] RE : Islands", "回复：Islands", "رد: Islands", "Отв: Islands", "AW: Islands",
        "RV: Islands", "Re[2]: Islands",
    ],
)  # fmt: skip
def test_a_subject_is_the_same_whatever_stands_before_it(subject):
    assert threads.bare(subject) == "Islands"
    assert threads.is_answer(subject) == (subject not in ("Islands", "[SG 11] Islands"))


def test_a_title_loses_our_own_tag_and_keeps_those_of_others():
    assert (
        threads.title("Re: [SG 11] [discussion] [Draft 2] Islands", own="SG 11")
        == "[Draft 2] Islands"
    )


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        ("[discussion] Islands", True),
        ("Re: [SG 11] Fwd: [Discussion] Islands", True),
        ("Our response to the [discussion] paper", False),
        ("Re: Islands [discussion]", False),
    ],
)
def test_only_at_its_beginning_a_subject_says_discussion(subject, says):
    assert threads.says_discussion(subject) == says


def test_words_that_look_like_an_answer_are_none():
    assert not threads.is_answer("Regarding islands")
    assert not threads.is_answer("Reply: by November")
    assert threads.bare("Regarding islands") == "Regarding islands"


@pytest.mark.django_db
def test_an_answer_finds_its_post_by_our_message_id_and_by_the_author_s(write, space):
    first = write(source_id="<abc@mail.example.org>")

    assert threads.by_message(space, ["<unknown@x>", first.message_id]) == first
    assert threads.by_message(space, ["<abc@mail.example.org>"]) == first
    assert threads.by_message(space, ["<unknown@x>"]) is None


@pytest.mark.django_db
def test_a_subject_leads_to_its_thread_only_as_an_answer_and_for_a_time(write, space):
    first = write(subject="Islands")

    assert threads.by_subject(space, "Re: [SG 11] Islands", now=NOW) == first
    assert threads.by_subject(space, "Islands", now=NOW) is None
    assert threads.by_subject(space, "Re: Mountains", now=NOW) is None
    assert threads.by_subject(space.list, "Re: Islands", now=NOW) is None
    assert threads.by_subject(space, "Re: Islands", now=NOW + timedelta(days=91)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "0x1", "99999999999999999999", "-1", "abc"])
def test_a_number_that_is_none_finds_nothing(space, typed):
    assert threads.by_number(space, typed) is None
