"""A group's decision is put on record at the desk, with its meeting, and leads on to the consultation."""

import pytest
from django.urls import reverse

from consulta.consultations import convening
from consulta.groups.models import Group
from consulta.ledger.models import Entry
from consulta.meetings.models import Decision, Meeting
from tests.rounds import a_day, without

ADDRESS = "desk:record_decision"


@pytest.fixture
def form() -> dict[str, object]:
    """What an officer types of a meeting that is not on record yet."""
    return {
        "outcome": "opens",
        "audience": "public",
        "meeting": "new",
        "number": "7",
        "starts_on": a_day(-4).isoformat(),
        "ends_on": a_day(-3).isoformat(),
        "original_language": "en",
        "text_en": "The group decided to consult on islands.",
        "text_ar": "قرر الفريق إجراء مشاورة بشأن الجزر.",
        "status_ar": "courtesy",
        "source": "SAMPLE/7",
    }


@pytest.fixture
def second_group(body) -> Group:
    return Group.objects.create(body=body, slug="second", short_name="Second", names={})


def words(answer) -> str:
    return answer.content.decode()


def test_a_decision_and_its_meeting_are_put_on_record_and_the_consultation_comes_next(desk, form):
    answer = desk.post(reverse(ADDRESS), form, follow=True)
    decision = Decision.objects.get()
    meeting = decision.meeting
    assert answer.redirect_chain[0][0] == f"{reverse('desk:convene')}?decision={decision.pk}"
    assert "The decision is on record." in words(answer)
    assert "The group decided to consult on islands." in words(answer)
    assert (meeting.kind, meeting.number, meeting.is_provisional) == ("group", 7, False)
    assert (meeting.starts_on, meeting.ends_on) == (a_day(-4), a_day(-3))
    assert (decision.kind, decision.opens_consultation) == ("consensus", True)
    assert (decision.taken_by, decision.source) == ("", "SAMPLE/7")
    assert decision.texts == {
        "en": {"text": form["text_en"], "status": "original"},
        "ar": {"text": form["text_ar"], "status": "courtesy"},
    }


def test_a_double_click_records_meeting_and_decision_once(desk, form):
    first = desk.post(reverse(ADDRESS), form)
    again = desk.post(reverse(ADDRESS), form)
    assert first["Location"] == again["Location"]
    assert (Decision.objects.count(), Meeting.objects.count()) == (1, 1)
    acts = list(Entry.objects.values_list("act", flat=True))
    assert (acts.count("meeting_convened"), acts.count("decision_recorded")) == (1, 1)


def test_a_decision_follows_those_that_its_meeting_took_before(desk, form, decided, next_meeting):
    shown = words(desk.get(reverse(ADDRESS)))
    assert f'<option value="{decided.meeting_id}" selected>' in shown
    held = shown[shown.index('name="meeting"') : shown.index('name="taken_by"')]
    assert f'<option value="{next_meeting.pk}"' not in held  # it has not met yet
    desk.post(reverse(ADDRESS), form | {"meeting": str(decided.meeting_id)})
    made = Decision.objects.latest("pk")
    assert (made.meeting, made.position) == (decided.meeting, 2)
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize("outcome", ["no-consensus", "consensus"])
def test_what_opens_no_consultation_is_read_on_the_page_of_the_group(desk, form, group, outcome):
    answer = desk.post(reverse(ADDRESS), form | {"outcome": outcome}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("public:group", args=[group.slug])
    assert "The decision is on record; this page shows it to everyone." in words(answer)
    assert "The group decided to consult on islands." in words(answer)
    made = Decision.objects.get()
    assert (made.kind, made.opens_consultation) == (outcome, False)


def test_a_decision_that_another_body_took_names_it(desk, form, group):
    desk.post(reverse(ADDRESS), form | {"taken_by": "Council"})
    assert Decision.objects.get().taken_by == "Council"
    assert "Taken by: <bdi>Council</bdi>" in words(
        desk.get(reverse("public:group", args=[group.slug]))
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text_en": ""}, "Write what was settled: this is the original."),
        ({"starts_on": ""}, "Give the first day of the meeting."),
        ({"ends_on": a_day(-9).isoformat()}, "The last day lies before the first; check both."),
        (
            {"starts_on": a_day(1).isoformat()},
            "This day is still to come: record the decision once",
        ),
        ({"number": "1", "text_en": "Other"}, "Choose it from the list"),
        ({"starts_on": a_day(-5).isoformat()}, "Choose it from the list"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, form, decided, wrong, said):
    answer = desk.post(reverse(ADDRESS), form | wrong)
    assert answer.status_code == 422
    assert said in words(answer)
    assert form["text_ar"] in words(answer)
    assert 'value="SAMPLE/7"' in words(answer)
    assert (Decision.objects.count(), Meeting.objects.count()) == (1, 1)


def test_where_there_are_several_groups_one_is_chosen_first(sign_in, people, second_group, form):
    client = sign_in(people["administrator"])
    chooser = words(client.get(reverse(ADDRESS)))
    assert "Which group decided?" in chooser
    assert 'href="?group=second"' in chooser
    client.post(f"{reverse(ADDRESS)}?group=second", form)
    assert Decision.objects.get().meeting.group == second_group


def test_nobody_records_for_a_group_that_is_not_theirs(desk, second_group, form):
    assert desk.post(f"{reverse(ADDRESS)}?group=second", form).status_code == 403
    assert desk.get(f"{reverse(ADDRESS)}?group=nothing").status_code == 404
    assert not Decision.objects.exists()


def test_a_body_of_one_language_is_asked_for_no_other(desk, form, body):
    body.languages = ["fr"]
    body.save()
    shown = words(desk.get(reverse(ADDRESS)))
    assert '<input type="hidden" name="original_language" value="fr"' in shown
    assert 'name="text_fr"' in shown
    assert 'name="status_fr"' not in shown
    assert 'name="text_en"' not in shown
    desk.post(reverse(ADDRESS), form | {"original_language": "fr", "text_fr": "Consulter."})
    said = Decision.objects.get().texts
    assert said == {"fr": {"text": "Consulter.", "status": "original"}}


def test_without_a_group_the_page_leads_to_an_open_call(sign_in, officer, body):
    shown = words(sign_in(officer).get(reverse(ADDRESS)))
    assert "There is no group whose decision could be recorded." in shown
    assert f"{reverse('desk:convene')}?open-call=1" in shown


def test_decisions_that_led_to_a_consultation_come_last_and_lead_to_it(desk, form, plan, people):
    desk.post(reverse(ADDRESS), form | {"starts_on": a_day(-40).isoformat(),
                                        "ends_on": a_day(-39).isoformat()})  # fmt: skip
    made = convening.convene(without(plan), by=people["officer"])
    shown = words(desk.get(reverse("desk:convene")))
    assert shown.index("The group decided to consult on islands.") < shown.index("Consult on is")
    assert f"Drawn up already: consultation {made.number}" in shown
    assert reverse("desk:consultation", args=[made.slug]) in shown
    assert shown.count("Drawn up already") == 1
    assert reverse(ADDRESS) in shown


@pytest.mark.parametrize("number", [1, 30])
def test_the_choice_asks_as_much_of_the_database_for_many_decisions_as_for_one(
    desk, decided, number, django_assert_max_num_queries
):
    Decision.objects.bulk_create(
        Decision(meeting=decided.meeting, kind="consensus", opens_consultation=True,
                 position=position, texts={"en": f"Consult {position}."})
        for position in range(2, number + 2)
    )  # fmt: skip
    with django_assert_max_num_queries(16):
        desk.get(reverse("desk:convene"))
