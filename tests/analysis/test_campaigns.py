"""Campaigns are found by rule, decided by a person, and count everyone who is shown."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.campaigns import deciding, errors, queries, searching, shown, standing
from consulta.analysis.models import Campaign, CampaignMember, CampaignSearch
from consulta.core.submission import SubmittedAnswer
from consulta.flow import journey
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.responses import moderation, publication, withdrawal
from consulta.responses.models import Response
from consulta.responses.moderation import Because
from tests.analysis.conftest import FERRY, LETTER, OTHER

pytestmark = pytest.mark.django_db


def members(campaign: Campaign, *states: str) -> dict[int, float]:
    rows = CampaignMember.objects.filter(campaign=campaign)
    rows = rows.filter(state__in=states) if states else rows
    return {m.response.serial: round(m.similarity, 2) for m in rows.select_related("response")}


def counted(campaign: Campaign) -> list[int]:
    rows = standing.counted().filter(campaign=campaign).order_by("response__serial")
    return [row.response.serial for row in rows.select_related("response")]


def acts() -> list[str]:
    return [e.act for e in Entry.objects.filter(act__startswith="campaign").order_by("pk")]


def test_the_same_letter_is_proposed_with_the_likeness_of_each_and_nothing_is_folded_yet(proposed):
    assert proposed.state == "proposed"
    assert members(proposed) == {1: 1.0, 2: 1.0, 3: 0.89}
    assert proposed.shared.response.serial == 1
    assert counted(proposed) == []
    assert queries.accepted(proposed.consultation) == []
    assert acts() == ["campaign_proposed"]


def test_searching_twice_changes_nothing(proposed, search):
    before = list(CampaignMember.objects.values_list("pk", "similarity"))
    (again,) = search()
    assert again.pk == proposed.pk
    assert list(CampaignMember.objects.values_list("pk", "similarity")) == before
    assert acts() == ["campaign_proposed"]


def test_accepted_it_counts_everyone_and_stands_on_record(proposed, officer):
    deciding.accept(proposed, by=officer)
    assert counted(proposed) == [1, 2, 3]
    (one,) = queries.accepted(proposed.consultation)
    assert (one.members, one.proposed, one.apart) == (3, 0, 0)
    assert proposed.decided_by == officer
    assert acts()[-1] == "campaign_accepted"


def test_a_proposal_follows_what_is_published_until_a_person_touches_it(
    proposed, send, search, officer
):
    number = send(LETTER + " And soon!").number
    (campaign,) = search()
    assert campaign.pk == proposed.pk
    assert sorted(members(campaign)) == [1, 2, 3, 5]
    deciding.accept(campaign, by=officer)
    deciding.take_out(campaign, number, reason="It says more.", by=officer)
    send(LETTER)
    (campaign,) = search()
    assert sorted(members(campaign, "accepted")) == [1, 2, 3]
    assert sorted(members(campaign, "proposed")) == [6]
    assert sorted(members(campaign, "taken_out")) == [5]
    assert counted(campaign) == [1, 2, 3]
    deciding.accept(campaign, by=officer)
    assert counted(campaign) == [1, 2, 3, 6]


def test_a_dissolved_campaign_is_not_proposed_again_and_can_be_folded_after_all(
    proposed, send, search, officer
):
    deciding.accept(proposed, by=officer)
    with pytest.raises(errors.ReasonMissingError):
        deciding.dissolve(proposed, reason=" ", by=officer)
    deciding.dissolve(proposed, reason="They wrote alone.", by=officer)
    assert counted(proposed) == []
    send(LETTER)
    (campaign,) = search()
    assert (campaign.pk, campaign.state) == (proposed.pk, "dissolved")
    deciding.restore(campaign, by=officer)
    assert counted(campaign) == [1, 2, 3, 5]
    assert acts()[-3:] == ["campaign_accepted", "campaign_dissolved", "campaign_restored"]


def test_what_is_taken_out_comes_back_by_a_person_alone(proposed, search, officer):
    number = proposed.members.get(response__serial=3).response.number
    deciding.accept(proposed, by=officer)
    deciding.take_out(proposed, number, reason="It says more.", by=officer)
    search()
    assert counted(proposed) == [1, 2]
    deciding.add(proposed, number, by=officer)
    assert counted(proposed) == [1, 2, 3]
    assert proposed.members.get(response__serial=3).how == "added"


def test_what_was_dissolved_since_one_alone_was_left_is_folded_again_with_the_last_that_left(
    proposed, officer
):
    deciding.accept(proposed, by=officer)
    for serial in (3, 2):
        number = proposed.members.get(response__serial=serial).response.number
        deciding.take_out(proposed, number, reason="It says more.", by=officer)
    proposed.refresh_from_db()
    assert proposed.state == "dissolved"

    deciding.restore(proposed, by=officer)

    assert counted(proposed) == [1, 2]


def test_any_published_response_can_be_added_unless_it_is_in_another_campaign(
    proposed, send, search, officer
):
    deciding.accept(proposed, by=officer)
    fourth = Response.objects.get(consultation=proposed.consultation, serial=4)
    response = deciding.add(proposed, fourth.number, by=officer)
    assert counted(proposed) == [1, 2, 3, 4]
    assert members(proposed)[response.serial] < 0.5
    with pytest.raises(errors.UnknownResponseError):
        deciding.add(proposed, "11-999999", by=officer)
    numbers = [send(OTHER + " " + OTHER.upper() + " It is so.").number for _ in range(3)]
    other = search()[-1]
    deciding.accept(other, by=officer)
    with pytest.raises(errors.InAnotherCampaignError) as refused:
        deciding.add(proposed, numbers[0], by=officer)
    assert refused.value.ordinal == other.ordinal


def test_a_withdrawn_or_removed_member_is_counted_and_shown_no_more(proposed, officer, search):
    deciding.accept(proposed, by=officer)
    first, second = (m.response for m in proposed.members.order_by("response__serial")[:2])
    withdrawal.withdraw(first)
    moderation.remove(second, Because("unlawful", "Wrong."), by=officer)
    campaign = queries.by_ordinal(proposed.consultation, proposed.ordinal)
    assert counted(campaign) == [3]
    assert [m.response.serial for m in queries.gone(campaign)] == [1, 2]
    text = shown.shared(campaign)
    assert text is not None
    assert text.version.response.serial == 3  # the words of a withdrawn response stand for nobody
    search()
    assert counted(campaign) == [3]
    moderation.restore(second, by=officer, reason="It was right.")
    assert counted(campaign) == [2, 3]


def test_a_campaign_of_which_nobody_is_shown_any_more_has_no_text(proposed, officer):
    deciding.accept(proposed, by=officer)
    for member in proposed.members.all():
        withdrawal.withdraw(member.response)
    campaign = queries.by_ordinal(proposed.consultation, proposed.ordinal)
    assert shown.shared(campaign) is None
    assert counted(campaign) == []


def test_a_new_version_that_is_another_text_is_not_folded_and_says_so(
    proposed, submission, officer, search
):
    deciding.accept(proposed, by=officer)
    response = proposed.members.get(response__serial=2).response
    changed = submission(OTHER, answers=(SubmittedAnswer(1, OTHER),), idempotency_key="v2")
    version = journey.version_arrives(response, changed)
    version.refresh_from_db()
    if version.screening == "waiting":
        moderation.accept_version(version, by=officer)
    publication.publish_version(version, by=officer)
    search()
    (one,) = queries.accepted(proposed.consultation)
    assert (one.members, one.apart) == (2, 1)
    assert acts()[-1] == "campaign_compared"
    deciding.keep(proposed, response.number, by=officer)
    assert counted(proposed) == [1, 2, 3]


def test_a_redaction_changes_what_is_compared_and_shown(proposed, officer, search):
    deciding.accept(proposed, by=officer)
    response = proposed.members.get(response__serial=3).response
    answer = response.published_version.answers.get()
    start = answer.text.index(FERRY)
    span = (start, start + len(FERRY))
    moderation.redact(answer, span, Because("personal_data", "A name."), by=officer)
    search()
    (row,) = [m for m in queries.everyone(proposed) if m.response_id == response.pk]
    text = shown.shared(proposed)
    assert shown.own(text, shown.said_by([row], proposed)[response.pk]) == ()
    assert row.similarity > 0.89


def test_another_text_can_stand_for_all_and_everyone_is_compared_with_it(proposed, officer, search):
    deciding.accept(proposed, by=officer)
    number = proposed.members.get(response__serial=3).response.number
    deciding.choose_text(proposed, number, by=officer)
    (campaign,) = search()
    assert campaign.shared.response.serial == 3
    assert members(campaign) == {1: 0.89, 2: 0.89, 3: 1.0}


def test_own_words_are_marked_and_left_out_sentences_counted(proposed, send, officer):
    said = LETTER.replace("far from the coast", "near Sample Bay").rpartition(" We therefore")[0]
    deciding.accept(proposed, by=officer)
    response = send(said)
    deciding.add(proposed, response.number, by=officer)
    text = shown.shared(proposed)
    (row,) = [m for m in queries.everyone(proposed) if m.response_id == response.pk]
    told = shown.said_by([row], proposed)[response.pk]
    (own,) = shown.own(text, told)
    assert own.text == "Islands near Sample Bay have no choice of provider."
    assert [run.text.strip() for run in own.runs if not run.own][
        -1
    ] == "have no choice of provider."
    assert shown.left_out(text, shown.told(text, told)) == 1  # the other one is changed


def test_names_are_kept_by_language(proposed, officer):
    deciding.rename(
        proposed, {"en": "  Island\nletter ", "ar": "رسالة الجزر", "fr": ""}, by=officer
    )
    assert proposed.names == {"en": "Island letter", "ar": "رسالة الجزر"}
    assert queries.name(proposed, "ar").text == "رسالة الجزر"
    assert queries.name(proposed, "ru").language == "en"


def test_who_may_not_edit_the_report_decides_nothing(proposed, db):
    nobody = User.objects.create_user("nobody@example.org")
    for act in (
        lambda: deciding.accept(proposed, by=nobody),
        lambda: deciding.dissolve(proposed, reason="So.", by=nobody),
        lambda: deciding.take_out(proposed, "11-000019", reason="So.", by=nobody),
        lambda: deciding.add(proposed, "11-000019", by=nobody),
        lambda: deciding.rename(proposed, {}, by=nobody),
        lambda: deciding.choose_text(proposed, "11-000019", by=nobody),
        lambda: deciding.ask(proposed.consultation, by=nobody),
    ):
        with pytest.raises(NotAllowedError):
            act()
    proposed.refresh_from_db()
    assert (proposed.state, proposed.names, proposed.touched_at) == ("proposed", {}, None)


def test_acts_that_came_too_late_are_refused(proposed, officer):
    deciding.dissolve(proposed, reason="Nobody sent it.", by=officer)
    with pytest.raises(errors.ChangedMeanwhileError):
        deciding.accept(proposed, by=officer)
    with pytest.raises(errors.ChangedMeanwhileError):
        deciding.take_out(proposed, "11-000019", reason="So.", by=officer)


def test_it_is_due_with_new_responses_at_the_close_and_when_asked(consultation, send, officer):
    now = timezone.now()
    assert searching.due(now) == []
    for _ in range(3):
        send()
    assert searching.due(now) == [consultation]
    assert searching.search_due(now) == 1
    later = now + timedelta(minutes=5)
    assert searching.due(later) == []
    send()
    assert searching.due(now + timedelta(seconds=1)) == []  # not at once again
    assert searching.due(later) == [consultation]
    searching.search(consultation, now=later)
    assert searching.due(consultation.closes_at + timedelta(seconds=1)) == [consultation]
    deciding.ask(consultation, by=officer, least_size=5)
    assert searching.due(later) == []  # asked before it was last looked at
    CampaignSearch.objects.update(looked_at=now - timedelta(hours=1))
    assert searching.due(now) == [consultation]
    searching.search(consultation, now=timezone.now())
    assert Campaign.objects.get().state == "lapsed"


def test_the_method_can_be_chosen_within_reason(consultation, officer):
    with pytest.raises(ValidationError):
        deciding.ask(consultation, by=officer, least_size=1)
    deciding.ask(consultation, by=officer, threshold=0.8, least_size=2)
    assert queries.search_of(consultation).method.threshold == 0.8


def test_files_and_choices_alone_and_short_answers_are_no_campaign(send, search):
    for _ in range(5):
        send("Yes, we agree.")
        send(" ")
    assert search() == []


def test_how_many_answered_each_question_in_a_campaign(proposed, officer):
    assert queries.answered(proposed.consultation) == {}
    deciding.accept(proposed, by=officer)
    assert queries.answered(proposed.consultation) == {1: 3}


def test_where_one_response_alone_would_be_left_the_campaign_is_dissolved(proposed, officer):
    numbers = list(proposed.members.values_list("response__number", flat=True))
    for number in numbers[:-1]:
        deciding.take_out(proposed, number, reason="It says more.", by=officer)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.reason) == ("dissolved", "It says more.")
    assert not proposed.members.filter(state__in=["proposed", "accepted"]).exists()
