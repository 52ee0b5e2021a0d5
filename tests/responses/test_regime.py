"""What the rule says of responses is what happens to them: late ones, and when they are shown."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from consulta.consultations import terms
from consulta.core import procedure as procedures
from consulta.core.lifecycle import State
from consulta.core.regime import Access, Late, Publish
from consulta.core.submission import Channel, Sender
from consulta.flow import deciding, journey, sending, tasks
from consulta.flow.sending import Posting
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.responses import appeals, balance, drafts, moderation, publication, showing
from consulta.responses.errors import ClosedError, SealedError
from consulta.responses.models import Response
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def under(consultation):
    """Let the consultation run by the procedure called *slug*, and close it *before* now."""

    def change(slug, *, closed_ago=None):
        consultation.procedure = slug
        if closed_ago is not None:
            consultation.closes_at = datetime.now(UTC) - closed_ago
        consultation.save()
        return consultation

    return change


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """Procedures of the institution's own: the open call, shown in another way."""

    def write(slug, publish):
        text = (procedures.HERE / "open-call.toml").read_text(encoding="utf-8")
        said = f'[responses]\npublish = "{publish}"\nsource = "So we announce it."\n\n[[anchors]]'
        (tmp_path / f"{slug}.toml").write_text(text.replace("[[anchors]]", said, 1), "utf-8")

    monkeypatch.setenv("CONSULTA_PROCEDURES", str(tmp_path))
    return write


@pytest.fixture
def arrives(submission):
    def take(text="We agree.", **more):
        made = submission(text, **more)
        proved = Sender(made.sender.address, authenticated=True)
        given = journey.submission_arrives(submission(text, **({"sender": proved} | more)))
        return Response.objects.get(number=given.number)

    return take


def counts(consultation):
    found = balance.of(consultation)
    return {"held": found.held, "declined": found.declined, "published": found.published}


# Late


def test_a_letter_after_the_close_is_registered_and_declined_where_the_rule_takes_nothing_late(
    under, arrives
):
    consultation = under("berec", closed_ago=HOUR)
    late = arrives(channel=Channel.EMAIL)
    assert (late.state, late.ground, late.late) == (State.DECLINED, "late", True)
    assert late.reason == procedures.load("berec").responses.source
    assert late.versions.get().answers.get().text == "We agree."
    assert counts(consultation) == {"held": 0, "declined": 1, "published": 0}
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-1] == "response_declined"


def test_its_author_is_told_and_can_appeal_to_a_person(under, arrives, officer):
    under("berec", closed_ago=HOUR)
    late = arrives(channel=Channel.EMAIL)
    said = OutgoingMail.objects.latest("pk")
    assert f"{late.number} was declined" in said.subject
    appeals.appeal(late, "The mail server was down.")
    appeals.decide(late.appeal, upheld=True, answer="It was.", by=officer)
    late.refresh_from_db()
    assert late.state in (State.ACCEPTED, State.PUBLISHED)


def test_the_same_letter_is_held_for_a_person_where_the_rule_takes_late_ones(under, arrives):
    consultation = under("icann-public-comment", closed_ago=HOUR)
    late = arrives(channel=Channel.EMAIL)
    assert (late.state, late.hold_reasons) == (State.HELD, ["late"])
    assert counts(consultation) == {"held": 1, "declined": 0, "published": 0}


def test_in_time_nothing_is_refused(under, arrives):
    under("berec")
    assert arrives(channel=Channel.EMAIL).state == State.ACCEPTED


@pytest.mark.parametrize(("slug", "taken"), [("berec", False), ("icann-public-comment", True)])
def test_a_draft_begun_before_the_close_has_its_grace_only_where_late_ones_are_taken(
    under, slug, taken
):
    consultation = under(slug, closed_ago=timedelta(minutes=5))
    before = timezone.now() - timedelta(minutes=20)
    draft = drafts.begin(consultation, {"answers": {"0": "We agree."}}, now=before).draft
    posting = Posting(timezone.now(), Sender("a@example.org"), "1")
    if taken:
        assert sending.send(draft, posting).number
        return
    with pytest.raises(ClosedError):
        sending.send(draft, posting)
    draft.refresh_from_db()
    assert draft.content["answers"] == {"0": "We agree."}


def test_the_form_says_why_nothing_is_taken_and_offers_no_other_way(under, client):
    consultation = under("berec", closed_ago=HOUR)
    page = client.get(f"/en/consultations/{consultation.slug}/respond/").content.decode()
    assert "By the rule of this consultation nothing is taken into account after the close" in page
    assert "can still be sent by e-mail" not in page
    under("icann-public-comment")
    page = client.get(f"/en/consultations/{consultation.slug}/respond/").content.decode()
    assert "can still be sent by e-mail" in page


# Shown when


def test_where_a_person_must_clear_nothing_is_shown_by_itself(under, arrives):
    under("open-call", closed_ago=None)
    accepted = arrives()
    assert showing.show_due(timezone.now()) == 0
    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED


def test_at_once_means_as_soon_as_it_is_accepted(under, arrives, own_folder, monkeypatch):
    own_folder("at-once", "at_once")
    consultation = under("at-once")
    arrives()
    monkeypatch.setattr(tasks.checkpoints, "sign", lambda: None)
    tasks.sweep()
    assert counts(consultation) == {"held": 0, "declined": 0, "published": 1}


def test_at_close_all_wait_for_the_close_and_are_then_shown_together(
    under, arrives, own_folder, officer
):
    own_folder("sealed", "at_close")
    consultation = under("sealed")
    first, second = arrives("One."), arrives("Two.")
    assert showing.show_due(timezone.now()) == 0
    with pytest.raises(SealedError):
        publication.publish(first, by=officer)
    under("sealed", closed_ago=timedelta(seconds=1))
    assert showing.show_due(timezone.now()) == 2
    assert showing.show_due(timezone.now()) == 0
    second.refresh_from_db()
    assert second.state == State.PUBLISHED
    assert counts(consultation) == {"held": 0, "declined": 0, "published": 2}


def test_accept_and_publish_accepts_at_once_and_publishes_after_the_close(
    under, arrives, own_folder, officer
):
    own_folder("sealed", "at_close")
    under("sealed")
    response = arrives()
    moderation.hold(response, Because("being_checked", "Who is it?"), by=officer)
    deciding.decide(response, "accept-and-publish", Because("", ""), by=officer)
    response.refresh_from_db()
    assert response.state == State.ACCEPTED
    under("sealed", closed_ago=timedelta(seconds=1))
    assert showing.show_due(timezone.now()) == 1


def test_what_the_rules_marked_in_a_text_waits_for_a_person(under, arrives, own_folder):
    own_folder("at-once", "at_once")
    under("at-once")
    arrives("Call me: jane.doe@example.org")
    arrives("We agree.")
    assert showing.show_due(timezone.now()) == 1


# Asked by other rooms


def test_the_terms_of_a_consultation_are_those_of_its_rule(under):
    berec = under("berec")
    assert terms.late_policy(berec) is Late.REFUSE
    assert terms.publish_policy(berec) is Publish.AFTER_CLEARING
    assert terms.has_confidential_twin(berec)
    assert terms.contest(berec) is None
    icann = under("icann-public-comment")
    assert terms.late_policy(icann) is Late.ACCEPT_AND_MARK
    assert (terms.contest(icann).days, terms.contest(icann).answer_days) == (30, 30)
    assert terms.extension(icann).allowed == "recorded_decision"
    unfccc = under("unfccc-submission")
    assert [tier.access for tier in terms.tiers(unfccc)] == [
        Access.LISTED,
        Access.LISTED,
        Access.AFTER_CLEARING,
    ]


def test_the_phase_of_a_day_is_known_in_a_consultation_of_two_phases(under):
    consultation = under("icann-public-comment-2012")
    consultation.opens_at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    consultation.announced_at = consultation.opens_at
    consultation.closes_at = datetime(2027, 4, 12, 21, tzinfo=UTC)
    days = {
        date: terms.phase_at(consultation, datetime(2027, *date, 12, tzinfo=UTC))
        for date in ((3, 1), (3, 22), (3, 23), (4, 12), (4, 13))
    }
    assert {day: phase.name if phase else None for day, phase in days.items()} == {
        (3, 1): "comment",
        (3, 22): "comment",
        (3, 23): "reply",
        (4, 12): "reply",
        (4, 13): None,
    }
