"""Two persons at one paragraph: what each wrote stands, and what both changed stands side by side."""

import pytest
from django.test import Client

from consulta.reports import keeping, locking, places, writing
from consulta.reports.writing import Typed
from consulta.web.desk.reporting import merging
from consulta.web.desk.reporting.sentences import Row
from tests.web.desk.reporting.sent import BASE, typed

ONE, TWO, THREE = Row(1, "One."), Row(2, "Two."), Row(3, "Three.")
BEGUN = merging.base([ONE, TWO, THREE])


def merged(mine, theirs, begun=BEGUN):
    return [(row.pk, row.text) for row in merging.merge(mine, begun, theirs).rows]


def test_each_sentence_says_what_the_one_who_changed_it_wrote():
    mine = [ONE, Row(2, "Two, says A."), THREE]
    theirs = [Row(1, "One, says B."), TWO, THREE]

    assert merged(mine, theirs) == [(1, "One, says B."), (2, "Two, says A."), (3, "Three.")]


def test_what_is_new_on_either_side_stands_behind_what_it_followed():
    mine = [ONE, Row(None, "A adds."), TWO, THREE]
    theirs = [ONE, TWO, Row(4, "B adds."), THREE]

    texts = [text for _pk, text in merged(mine, theirs)]
    assert texts == ["One.", "A adds.", "Two.", "B adds.", "Three."]


def test_a_new_sentence_of_the_same_words_twice_stays_twice():
    mine = [ONE, Row(None, "Again."), Row(None, "Again."), TWO, THREE]

    assert len(merged(mine, [TWO, ONE, THREE])) == 5


def test_what_one_took_out_goes_unless_the_other_changed_it():
    assert merged([ONE, TWO, THREE], [ONE, THREE]) == [(1, "One."), (3, "Three.")]
    assert merged([ONE, THREE], [ONE, TWO, THREE]) == [(1, "One."), (3, "Three.")]
    mine, theirs = [ONE, Row(2, "Mine."), THREE], [ONE, THREE]
    assert (2, "Mine.") in merged(mine, theirs)
    assert (2, "Theirs.") in merged([ONE, THREE], [ONE, Row(2, "Theirs."), THREE])


def test_the_order_is_that_of_whoever_changed_it():
    same = [ONE, TWO, THREE]
    assert [pk for pk, _text in merged(same, [THREE, ONE, TWO])] == [3, 1, 2]
    assert [pk for pk, _text in merged([TWO, ONE, THREE], same)] == [2, 1, 3]


def test_a_clash_stays_one_until_it_is_saved():
    mine, theirs = [Row(1, "Mine.")], [Row(1, "Theirs.")]
    first = merging.merge(mine, merging.base([ONE]), theirs)
    again = merging.merge(first.rows, first.base, theirs)

    for both in (first, again):
        assert merging.is_clash(both.rows[0], dict(both.base), {1: theirs[0]})
        assert both.rows == mine
    assert not merging.is_clash(theirs[0], dict(first.base), {1: theirs[0]})


def test_a_form_that_saw_nothing_clashes_and_loses_nothing():
    both = merging.merge([Row(1, "Mine."), Row(2, "Two.")], (), [ONE, TWO, THREE])

    assert [row.text for row in both.rows] == ["Mine.", "Two.", "Three."]
    assert merging.is_clash(both.rows[0], dict(both.base), {1: ONE})


def test_a_base_is_read_as_it_was_told():
    assert merging.read(merging.told(BEGUN)) == BEGUN
    assert merging.read("x:1,2,:,3:") == ()


@pytest.fixture
def second(db, second_officer):
    client = Client()
    client.force_login(second_officer)
    return client


@pytest.mark.django_db
def test_who_was_displaced_keeps_both_and_sees_both_wordings(
    desk, second, paragraph, officer, second_officer
):
    page, lock = f"{BASE}paragraphs/{paragraph.pk}/", f"{BASE}in/en/questions/1/lock/"
    both = [Typed(None, "One."), Typed(None, "Two.")]
    writing.save(paragraph, both, revision=1, by=officer)
    one, two = (s.pk for s in paragraph.sentences.all())
    seen = desk.get(page).context["base"]
    second.post(lock, {"over": "1"})
    changed = [Typed(one, "One, changed."), Typed(two, "Two, theirs."), Typed(None, "New.")]
    writing.save(paragraph, changed, revision=2, by=second_officer)
    locking.release(places.of(paragraph), by=second_officer)

    rows = ((one, "One.", ""), (two, "Two, mine.", ""))
    shown = desk.post(page, typed(*rows, revision=2, base=seen, done="1"))
    html = shown.content.decode()

    assert shown.status_code == 422
    texts = [row.text for row in shown.context["rows"] if row.text]
    assert texts == ["One, changed.", "Two, mine.", "New."]
    assert "Somebody else changed this sentence too" in html
    assert "Two, theirs." in html
    assert html.count('name="theirs"') == 1
    assert desk.get(page).content.decode().count('name="theirs"') == 1  # kept as it was typed


@pytest.mark.django_db
def test_what_was_saved_is_taken_at_a_press(desk, paragraph, officer):
    page = f"{BASE}paragraphs/{paragraph.pk}/"
    writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=officer)
    pk = paragraph.sentences.get().pk
    sent = typed((pk, "Mine.", ""), revision=2, base=f"{pk}:-", theirs="0")

    taken = desk.post(page, sent)

    assert taken.context["rows"][0].text == "Theirs."
    assert "Somebody else changed" not in taken.content.decode()


@pytest.mark.django_db
def test_what_nobody_touched_is_not_kept_when_another_saved(desk, paragraph, officer):
    page = f"{BASE}paragraphs/{paragraph.pk}/"
    writing.save(paragraph, [Typed(None, "One.")], revision=1, by=officer)
    pk, seen = paragraph.sentences.get().pk, desk.get(page).context["base"]
    writing.save(paragraph, [Typed(pk, "Newer.")], revision=2, by=officer)

    desk.post(f"{page}keep/", typed((pk, "One.", ""), revision=2, base=seen))

    assert keeping.kept(paragraph, by=officer) is None
