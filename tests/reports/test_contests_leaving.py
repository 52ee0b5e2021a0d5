"""What readers do not see of a contest: contact data, redacted passages, what was withdrawn or erased."""

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.flow import contests as flow
from consulta.flow import erasing
from consulta.flow import summaries as flow_summaries
from consulta.groups.permissions import NotAllowedError
from consulta.mailroom.models import OutgoingMail
from consulta.reports import (
    assembly,
    contest_clock,
    contest_leaving,
    contest_marks,
    contest_queries,
    contesting,
    contests_printed,
    redacting,
)
from consulta.reports.contest_errors import (
    ContestLinkUnknownError,
    ContestUndecidedError,
    PassageOutsideError,
    SentAlreadyError,
    WithdrawnAlreadyError,
)
from consulta.reports.models import Agreement, Contest, Edition, Restriction
from consulta.responses.errors import GroundMissingError, ReasonMissingError
from consulta.responses.moderation import Because
from tests.reports import contests, summaries

WORDS = "Write to me@example.org or call +41 22 730 51 11. It leaves out the islands."
MASKED = "Write to […] or call […]. It leaves out the islands."
LAW = Because("unlawful", "A court ordered it.")


@pytest.fixture
def icann(consultation):
    return contests.under_icann(consultation)


@pytest.fixture
def report(icann, officer):
    return contests.released(icann, by=officer)


@pytest.fixture
def contest(report, officer):
    made = contests.arrived(report, text=WORDS)
    contesting.publish(made, by=officer)
    return Contest.objects.get(pk=made.pk)


def printed(consultation):
    """Every word that the next edition prints of contests."""
    blocks = contests_printed.listed(consultation)
    return "\n".join(str(block) for block in blocks)


def test_addresses_and_telephone_numbers_are_left_out_until_a_person_lets_them_stand(
    contest, icann, officer
):
    assert contest_marks.public(contest) == MASKED
    assert "me@example.org" not in printed(icann)
    marks = {mark.kind: mark.pk for mark in contest.marks.all()}

    contest_marks.decide(contest, {marks["email"]: False}, None, by=officer)

    assert contest_marks.public(Contest.objects.get()) == MASKED.replace("[…]", "me@example.org", 1)
    assert contest.text == WORDS


def test_a_mark_is_left_out_for_good_on_a_ground(contest, officer):
    chosen = {mark.pk: True for mark in contest.marks.all()}
    with pytest.raises(GroundMissingError):
        contest_marks.decide(contest, chosen, None, by=officer)

    assert (
        contest_marks.decide(contest, chosen, Because("personal_data", "Addresses."), by=officer)
        == 2
    )
    assert contest_marks.decide(contest, chosen, None, by=officer) == 0
    assert contest_marks.public(Contest.objects.get()) == MASKED


def test_a_passage_is_left_out_on_a_ground_with_a_reason(contest, officer):
    start = WORDS.index("the islands")
    span = (start, start + len("the islands"))
    for wrong, error in (
        (Because("disliked", "We dislike it."), GroundMissingError),
        (Because("personal_data", " "), ReasonMissingError),
    ):
        with pytest.raises(error):
            contest_marks.redact(contest, span, wrong, by=officer)
    with pytest.raises(PassageOutsideError):
        contest_marks.redact(contest, (0, 10_000), Because("personal_data", "A name."), by=officer)

    contest_marks.redact(contest, span, Because("personal_data", "A name."), by=officer)

    assert contest_marks.public(Contest.objects.get()).endswith("It leaves out […].")


def test_whoever_contested_withdraws_it_by_the_link_of_the_receipt(contest, icann):
    token = contesting.give(contest, "mine")

    contest_leaving.withdraw(token)
    contest_leaving.withdraw(token)

    gone = Contest.objects.get()
    assert gone.state == Contest.State.WITHDRAWN
    assert contest_marks.public(gone) == ""
    assert "islands" not in printed(icann)
    assert contest_clock.verdict(gone, gone.withdrawn_at) is None
    assert contest_queries.waiting([icann]) == []
    counts = contest_queries.counts(icann)
    assert (counts.received, counts.withdrawn, counts.published) == (1, 1, 0)


def test_what_was_declined_cannot_be_withdrawn(report, officer):
    made = contests.arrived(report)
    contesting.decline(made, ground="unlawful", reason="Insults.", by=officer)

    with pytest.raises(WithdrawnAlreadyError):
        contest_leaving.withdraw(contesting.give(made, "mine"))


def test_erased_by_law_no_word_name_or_address_is_left(contest, officer):
    contesting.answer(contest, outcome="stands", text="You wrote: me.", language="en", by=officer)
    mine = contesting.give(contest, "mine")

    flow.erase(Contest.objects.get(), LAW, also_answer=True, by=officer)
    flow.erase(Contest.objects.get(), LAW, also_answer=True, by=officer)

    gone = Contest.objects.get()
    assert (gone.state, gone.text, gone.quote, gone.answer) == ("removed", "", "", "[…]")
    assert (gone.ground, gone.reason) == ("unlawful", "A court ordered it.")
    who = gone.contester
    assert (who.name, who.organisation_name, who.email) == ("", "", "")
    for mail in OutgoingMail.objects.all():
        assert "contester@example.org" not in f"{mail.recipient} {mail.masked_text}"
    with pytest.raises(ContestLinkUnknownError):
        contesting.find(mine, "mine")


@pytest.fixture
def confirmed(contest):
    contester = contest.contester
    contester.confirmed_at, contester.confirmed_how = timezone.now(), "button"
    contester.save()
    OutgoingMail.objects.all().delete()
    return Contest.objects.get()


def test_whoever_contested_is_mailed_once_what_is_left_out_and_why(confirmed, officer):
    because = Because("personal_data", "Addresses of a person.")
    chosen = {mark.pk: True for mark in confirmed.marks.all()}

    contest_marks.decide(confirmed, chosen, because, by=officer)

    [mail] = OutgoingMail.objects.all()
    assert mail.recipient == "contester@example.org"
    assert f"contest {confirmed.number} are not shown" in mail.subject
    assert "Addresses of a person." in mail.masked_text
    assert "me@example.org" not in mail.masked_text
    start = WORDS.index("the islands")
    contest_marks.redact(confirmed, (start, start + 5), because, by=officer)
    assert OutgoingMail.objects.count() == 2


def test_letting_passages_stand_and_an_address_that_is_not_confirmed_get_no_mail(contest, officer):
    OutgoingMail.objects.all().delete()
    first, second = (mark.pk for mark in contest.marks.all())

    contest_marks.decide(contest, {first: False}, None, by=officer)
    contest_marks.decide(contest, {second: True}, Because("personal_data", "So."), by=officer)

    assert not OutgoingMail.objects.exists()


def test_whoever_contested_is_told_of_the_erasure_by_a_mail_that_is_emptied_when_it_has_gone(
    confirmed, officer
):
    flow.erase(confirmed, LAW, also_answer=False, by=officer)

    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.state) == ("contester@example.org", "queued")
    assert f"contest {confirmed.number} was erased" in mail.subject
    assert "A court ordered it." in mail.masked_text
    assert "islands" not in mail.masked_text
    assert erasing.finish() == 0
    gone = {"state": OutgoingMail.State.SENT, "sent_at": timezone.now(), "raw": None}
    OutgoingMail.objects.update(**gone)
    assert erasing.finish() == 1
    assert OutgoingMail.objects.get().recipient == "erased@erased.invalid"


def test_an_answer_stays_unless_it_is_chosen_to_go(contest, officer):
    contesting.answer(contest, outcome="stands", text="It rests on 7.", language="en", by=officer)

    flow.erase(Contest.objects.get(), LAW, also_answer=False, by=officer)

    assert Contest.objects.get().answer == "It rests on 7."


def test_erasing_needs_the_right_a_decision_a_ground_and_a_reason(report, officer):
    made = contests.arrived(report)
    nobody = User.objects.create_user("stranger@example.org", name="Stranger")
    with pytest.raises(NotAllowedError):
        flow.erase(made, LAW, also_answer=False, by=nobody)
    with pytest.raises(ContestUndecidedError):
        flow.erase(made, LAW, also_answer=False, by=officer)
    contesting.publish(made, by=officer)
    with pytest.raises(GroundMissingError):
        flow.erase(made, Because("disliked", "So."), also_answer=False, by=officer)
    with pytest.raises(ReasonMissingError):
        flow.erase(made, Because("unlawful", " "), also_answer=False, by=officer)
    assert Contest.objects.get().text


def test_an_edition_that_prints_it_is_restricted_and_redacted(contest, icann, officer):
    edition = assembly.freeze(
        icann,
        Edition.Kind.CONSOLIDATED,
        language="en",
        by=officer,
        errata="A contest stands in it.",
    )
    contests.show(edition, by=officer)
    assert "islands" in str(edition.content)

    flow.erase(contest, LAW, also_answer=False, by=officer)

    [restriction] = Restriction.objects.all()
    assert (restriction.edition.pk, restriction.numbers) == (edition.pk, [contest.number])
    redacted = redacting.draw_up(restriction)
    said = str(redacted.content)
    assert "islands" not in said
    assert contest.number in said
    assert "A court ordered it." in said
    assert len(redacted.content["blocks"]) == len(edition.content["blocks"])


def test_other_words_under_one_key_are_told_apart_from_a_repeat(report):
    contests.arrived(report, idempotency_key="same")
    contests.arrived(report, idempotency_key="same")

    with pytest.raises(SentAlreadyError) as refused:
        contests.arrived(report, idempotency_key="same", text="Something else.")

    assert refused.value.contest.number == Contest.objects.get().number


def test_the_register_is_read_page_by_page(report, icann):
    made = [contests.arrived(report, idempotency_key=str(n)) for n in range(3)]

    first = contest_queries.register(icann, size=2)
    second = contest_queries.register(icann, after=first.next, size=2)

    assert [one.number for one in (*first.items, *second.items)] == [m.number for m in made]
    assert second.next is None


def test_the_law_takes_the_names_of_those_who_agreed_away(consultation, body, officer):
    met = summaries.meet(consultation, body)
    summaries.write(met, "It was discussed.", by=officer)
    said = summaries.said(agreed_by="Sample Person, Sample Organisation")
    agreed = flow_summaries.agree(summaries.fixed(met, by=officer), said, by=officer)
    before = Edition.objects.get(pk=agreed.record_id)
    assert "Sample Organisation" in str(before.content)
    with pytest.raises(GroundMissingError):
        flow_summaries.erase_names(agreed, Because("", "A court."), by=officer)

    flow_summaries.erase_names(agreed, LAW, by=officer)

    assert Agreement.objects.get().agreed_by == "[…]"
    redacted = redacting.draw_up(Restriction.objects.get())
    assert "Sample Organisation" not in str(redacted.content)
    assert agreed.content_sha256 in str(redacted.content)


def test_the_record_is_carried_as_it_was_redacted(consultation, body, officer):
    met = summaries.meet(consultation, body)
    summaries.write(met, "It was discussed.", by=officer)
    said = summaries.said(agreed_by="Sample Person, Sample Organisation")
    agreed = flow_summaries.agree(summaries.fixed(met, by=officer), said, by=officer)
    flow_summaries.erase_names(agreed, LAW, by=officer)
    erasing.redact_due()

    summary = flow_summaries.carry(met, by=officer)

    names = {file["name"] for file in summary.record.files}
    redacted = Edition.objects.get(redacts=agreed.record_id)
    assert names == {file.name for file in redacted.files.all()}
