"""A letter on paper: the day that counts is the one that the procedure says, and both are kept."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.core import procedure as procedures
from consulta.core.lifecycle import State
from consulta.flow import importing as arriving
from consulta.responses import importing, lateness
from consulta.responses.models import Response
from tests.rounds import a_day

ZONE = ZoneInfo("Europe/Zurich")


@pytest.fixture
def by_postmark(at_desk, tmp_path, monkeypatch):
    """The consultation runs by a rule under which the postmark counts, and closed yesterday."""
    text = (procedures.HERE / "open-call.toml").read_text(encoding="utf-8")
    said = '[responses]\npaper_counts = "postmark"\nsource = "We say so."\n\n[[anchors]]'
    (tmp_path / "by-post.toml").write_text(text.replace("[[anchors]]", said, 1), "utf-8")
    monkeypatch.setenv("CONSULTA_PROCEDURES", str(tmp_path))
    at_desk.procedure = "by-post"
    return closing(at_desk, a_day(-1), 10)


def closing(consultation, on: date, hour: int):
    consultation.closes_at = datetime.combine(on, time(hour), ZONE).astimezone(UTC)
    consultation.save()
    return consultation


def enter(client, consultation, **changes):
    letter = {
        "key": "k1", "kind": "individual", "name": "N", "language": "en", "way": "paper",
        "arrived_on": a_day(0).isoformat(), "answer_1": "On paper.",
    }  # fmt: skip
    return client.post(reverse("desk:enter", args=[consultation.slug]), letter | changes)


def test_the_postmark_counts_where_the_rule_says_so_and_both_days_are_shown(desk, by_postmark):
    enter(desk, by_postmark, postmarked_on=a_day(-3).isoformat())
    response = Response.objects.get()
    assert (response.late, response.received_at.astimezone(ZONE).date()) == (False, a_day(-3))
    assert response.source_id == f"paper; arrived {a_day(0)}; postmark {a_day(-3)}"
    page = desk.get(reverse("desk:response", args=[response.number])).content.decode()
    for words in ("It came on paper.", "Reached the office on", "Postmark of",
                  "The day of the postmark counts."):  # fmt: skip
        assert words in page, words


def test_the_postmark_of_the_last_day_is_in_time(desk, by_postmark):
    enter(desk, by_postmark, postmarked_on=a_day(-1).isoformat())
    response = Response.objects.get()
    assert (response.late, response.received_at) == (False, by_postmark.closes_at)


def test_the_postmark_of_an_imported_row_counts_and_both_days_are_shown(
    desk, officer, by_postmark, tmp_path
):
    rows = tmp_path / "rows.csv"
    rows.write_text(
        f"name,received,postmark,answer:1\nN,{a_day(0)},{a_day(-3)},On paper.\n", "utf-8"
    )
    table = importing.keep(by_postmark, rows, name="rows.csv", by=officer)
    importing.choose(table, importing.mapping(table), language="en", vouched=False, by_mail=False)
    importing.start(table, by=officer)
    arriving.rows_arrive(timezone.now())

    response = Response.objects.get()
    assert (response.late, response.received_at.astimezone(ZONE).date()) == (False, a_day(-3))
    page = desk.get(reverse("desk:response", args=[response.number])).content.decode()
    for words in ("Reached the office on", "Postmark of", "The day of the postmark counts."):
        assert words in page, words


@pytest.mark.parametrize("changes", [{}, {"way": "floor", "postmarked_on": str(a_day(-3))}])
def test_without_a_postmark_or_not_on_paper_the_arrival_counts(desk, by_postmark, changes):
    enter(desk, by_postmark, **changes)
    assert Response.objects.get().late
    page = desk.get(reverse("desk:response", args=[Response.objects.get().number]))
    assert "The day on which it arrives counts." in page.content.decode()


def test_elsewhere_the_arrival_counts_and_the_postmark_is_kept(desk, at_desk):
    closing(at_desk, a_day(-1), 10)
    enter(desk, at_desk, postmarked_on=a_day(-3).isoformat())
    response = Response.objects.get()
    assert response.late
    assert f"postmark {a_day(-3)}" in response.source_id


def test_a_postmark_after_the_arrival_is_refused(desk, at_desk):
    answer = enter(
        desk, at_desk, arrived_on=str(a_day(-2)), postmarked_on=str(a_day(-2) + timedelta(days=1))
    )
    assert answer.status_code == 422
    assert "The postmark lies after the arrival." in answer.content.decode()


def test_a_letter_without_words_or_a_scan_is_refused_in_a_sentence(desk, at_desk):
    answer = enter(desk, at_desk, answer_1=" ")
    assert answer.status_code == 422
    assert "type an answer, or add a scan of the letter." in answer.content.decode()
    assert not Response.objects.exists()


def test_what_the_rule_declined_as_late_is_admitted_at_the_desk_with_a_reason(desk, at_desk):
    at_desk.procedure = "berec"
    closing(at_desk, a_day(-1), 10)
    enter(desk, at_desk)
    response = Response.objects.get()
    address = reverse("desk:response", args=[response.number])
    assert lateness.declined_as_late(response)
    assert "Admit it although it came late" in desk.get(address).content.decode()
    act = reverse("desk:decide", args=[response.number, "admit"])
    assert desk.post(act, {"reason": ""}).status_code == 422
    desk.post(act, {"reason": "The post was on strike."})
    response.refresh_from_db()
    assert response.state == State.ACCEPTED
    page = desk.get(address).content.decode()
    assert "A late response was admitted by an officer" in page
    assert "Admit it although it came late" not in page
