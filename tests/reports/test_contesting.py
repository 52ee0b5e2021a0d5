"""The right to contest: a window, a number, a ground, an answer in time, and bytes that stay."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.core.verdicts import Status
from consulta.flow import contests as flow
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.mailroom.models import OutgoingMail
from consulta.notices.models import Notice
from consulta.reports import assembly, contest_clock, contest_queries, contesting
from consulta.reports.contest_clock import Stand
from consulta.reports.contest_errors import (
    AnsweredAlreadyError,
    AnswerIncompleteError,
    ContestClosedError,
    ContestDecidedError,
    ContestLinkUnknownError,
    ContestNotPublishedError,
    NothingContestedError,
    PassageUnknownError,
)
from consulta.reports.models import Contest, ContestLink, Edition
from consulta.responses import naming
from consulta.responses.errors import GroundMissingError
from tests.reports import contests

ANSWER = {"outcome": "upheld", "text": "You are right.", "language": "en"}


@pytest.fixture
def icann(consultation):
    return contests.under_icann(consultation)


@pytest.fixture
def report(icann, officer):
    return contests.released(icann, by=officer)


def test_under_resolution_1336_nobody_contests(consultation, officer):
    contests.under_icann(consultation)
    consultation.procedure = "itu-res-1336-2019"
    consultation.save()
    edition = contests.released(consultation, by=officer)

    window = contest_clock.window(consultation, edition, timezone.now())

    assert (window.stand, window.right) == (Stand.NO_RIGHT, None)
    with pytest.raises(ContestClosedError):
        contests.arrived(edition)


def test_before_a_report_is_released_nothing_can_be_contested(icann):
    assert contest_clock.window(icann, None, timezone.now()).stand is Stand.NOT_YET


def test_the_window_closes_at_the_end_of_the_thirtieth_day(report, icann):
    report.released_at = report.released_at.replace(
        year=2026, month=3, day=1, hour=9, minute=0, second=0, microsecond=0
    )
    report.save()

    closes_at = contest_clock.window(icann, report, report.released_at).closes_at

    assert closes_at.isoformat() == "2026-03-31T23:59:59+00:00"
    stands = [
        contest_clock.window(icann, report, closes_at + timedelta(seconds=n)).stand for n in (0, 1)
    ]
    assert stands == [Stand.OPEN, Stand.OVER]


def test_a_late_contest_is_refused(icann, officer):
    edition = contests.released(icann, by=officer, days_ago=31)

    with pytest.raises(ContestClosedError):
        contests.arrived(edition)

    assert not Contest.objects.exists()


def test_a_later_edition_takes_the_place_of_the_first(icann, report, officer):
    second = contests.show(_next(icann, officer), by=officer)

    with pytest.raises(ContestClosedError):
        contests.arrived(report)
    assert contests.arrived(second).edition == second


def test_a_contest_names_the_passage_and_keeps_its_words(report):
    made = contests.arrived(report)

    assert (made.number, made.quote) == ("C11-000014", contests.SENTENCE)
    assert made.answer_due_on == timezone.now().date() + timedelta(days=30)
    assert Entry.objects.filter(act="contest_received").count() == 1


def test_the_report_as_a_whole_can_be_contested(report):
    assert contests.arrived(report, passage="").quote == ""


def test_a_passage_that_is_none_is_refused(report):
    for passage in ("999-0", "x", "0"):
        with pytest.raises(PassageUnknownError):
            contests.arrived(report, passage=passage)


def test_an_empty_contest_is_refused(report):
    with pytest.raises(NothingContestedError):
        contests.arrived(report, text=" \n")


def test_sent_twice_it_is_one_contest(report):
    first = contesting.contest(contests.filed(report, idempotency_key="same"))[0]
    second = contesting.contest(contests.filed(report, idempotency_key="same"))[0]

    assert first == second
    assert OutgoingMail.objects.count() == 1


def test_the_mail_to_an_unconfirmed_address_holds_no_words(report):
    contests.arrived(report, text="Buy cables at example.com")

    [mail] = OutgoingMail.objects.all()
    assert b"cables" not in bytes(mail.raw)
    assert b"C11-000014" in bytes(mail.raw)


def test_confirming_puts_the_name_on_it_and_sends_the_copy(report):
    made = contests.arrived(report)
    token = contesting.give(made, ContestLink.Purpose.CONFIRM)
    assert naming.public(made.contester).name == ""

    contesting.confirm(token)
    contesting.confirm(token)

    made.contester.refresh_from_db()
    assert naming.public(made.contester).name == "Sample Person"
    assert OutgoingMail.objects.count() == 2
    with pytest.raises(ContestLinkUnknownError):
        contesting.confirm("no-such-token")


def test_an_expired_link_opens_nothing(report):
    made = contests.arrived(report)
    token = contesting.give(made, ContestLink.Purpose.MINE)
    ContestLink.objects.update(expires_at=timezone.now())

    with pytest.raises(ContestLinkUnknownError):
        contesting.find(token, ContestLink.Purpose.MINE)


def test_declined_on_a_ground_it_stays_in_the_register(report, icann, officer):
    made = contests.arrived(report)
    with pytest.raises(GroundMissingError):
        contesting.decline(made, ground="disliked", reason="We dislike it.", by=officer)

    contesting.decline(made, ground="unlawful", reason="Insults.", by=officer)

    [line] = contest_queries.register(icann).items
    assert (line.number, line.ground, line.state) == (made.number, "unlawful", "declined")
    counts = contest_queries.counts(icann)
    assert counts.received == counts.waiting + counts.published + counts.declined == 1
    assert contest_clock.verdict(line, timezone.now()) is None
    with pytest.raises(ContestDecidedError):
        contesting.publish(line, by=officer)


def test_question_and_answer_are_told_and_the_bytes_stay(icann, officer):
    report = contests.released(icann, by=officer, with_files=True)
    before = {f.path: f.sha256 for f in report.files.all()}
    made = contests.arrived(report, contester=contests.contester(**_confirmed()))
    OutgoingMail.objects.all().delete()
    flow.publish(made, by=officer)

    flow.answer(made, by=officer, **ANSWER)

    assert [n.kind for n in Notice.objects.order_by("pk")] == ["contested", "contest-answered"]
    assert Notice.objects.get(kind="contested").mailed_at is not None
    assert contest_clock.verdict(made, timezone.now()).status is Status.KEPT
    assert [m.recipient for m in OutgoingMail.objects.all()] == ["contester@example.org"]
    edition = Edition.objects.get(pk=report.pk)
    assert edition.content_sha256 == report.content_sha256
    for path, sha256 in before.items():
        assert hashlib.sha256(spool.locate(path).read_bytes()).hexdigest() == sha256


def test_an_answer_is_given_once_whole_and_to_a_published_contest(report, officer):
    made = contests.arrived(report)
    with pytest.raises(ContestNotPublishedError):
        contesting.answer(made, by=officer, **ANSWER)
    contesting.publish(made, by=officer)
    with pytest.raises(AnswerIncompleteError):
        contesting.answer(made, by=officer, **(ANSWER | {"text": " "}))
    contesting.answer(made, by=officer, **ANSWER)
    with pytest.raises(AnsweredAlreadyError):
        contesting.answer(made, by=officer, **ANSWER)


@pytest.mark.parametrize(
    ("days", "status", "by"),
    [(30, Status.NOT_DUE, None), (31, Status.OVERDUE, 1), (40, Status.OVERDUE, 10)],
)
def test_the_clock_of_an_answer_runs_from_the_arrival(report, days, status, by):
    made = contests.arrived(report)

    verdict = contest_clock.verdict(made, made.received_at + timedelta(days=days))

    assert (verdict.status, verdict.days) == (status, by)


def test_a_late_answer_is_missed_by_so_many_days(report, officer):
    made = contests.arrived(report)
    contesting.publish(made, by=officer)
    contesting.answer(made, by=officer, **ANSWER)
    made.answer_due_on = timezone.now().date() - timedelta(days=3)

    verdict = contest_clock.verdict(made, timezone.now())

    assert (verdict.status, verdict.days) == (Status.MISSED, 3)


def test_the_next_edition_lists_contests_with_their_answers(report, icann, officer):
    made = contests.arrived(report)
    contesting.publish(made, by=officer)
    contesting.answer(made, by=officer, **ANSWER)
    hidden = contests.arrived(report, text="An insult.")
    contesting.decline(hidden, ground="unlawful", reason="Insults.", by=officer)

    content = str(_next(icann, officer).content)

    assert made.number in content
    assert "Not everybody: response 1 disagrees." in content
    assert "You are right." in content
    assert "An insult." not in content


def test_the_end_of_a_window_is_a_boundary_for_kept_pages(report, icann):
    closes_at = contest_clock.window(icann, report, timezone.now()).closes_at

    assert closes_at + timedelta(microseconds=1) in set(contest_clock.boundaries(timezone.now()))


def test_who_may_not_screen_or_answer_does_not(report, officer, django_user_model):
    made = contests.arrived(report)
    nobody = django_user_model.objects.create_user("nobody@example.org", name="Nobody")

    with pytest.raises(NotAllowedError):
        contesting.publish(made, by=nobody)
    with pytest.raises(NotAllowedError):
        contesting.answer(made, by=nobody, **ANSWER)


def _next(consultation, officer):
    kind = Edition.Kind.CONSOLIDATED
    return assembly.freeze(consultation, kind, language="en", by=officer, errata="Corrected.")


def _confirmed():
    return {"confirmed_at": timezone.now(), "confirmed_how": "account"}
