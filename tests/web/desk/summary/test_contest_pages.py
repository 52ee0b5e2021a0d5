"""Contests at the desk: read, publish or decline, answer."""

import pytest
from django.urls import reverse

from consulta.reports import contest_marks, contesting
from consulta.reports.models import Contest
from consulta.web.ui.templatetags.ui import written
from tests.reports import contests


@pytest.fixture
def contest(consultation, officer):
    return contests.arrived(contests.released(contests.under_icann(consultation), by=officer))


def test_an_officer_publishes_and_answers(desk, contest):
    slug, pk = contest.consultation.slug, contest.pk
    assert contest.number in desk.get(reverse("desk:contests", args=[slug])).content.decode()

    desk.post(reverse("desk:contest_decide", args=[slug, pk, "publish"]))
    sent = {"outcome": "stands", "text": "It rests on seven responses.", "language": "en"}
    desk.post(reverse("desk:contest_answer", args=[slug, pk]), sent)

    contest.refresh_from_db()
    assert (contest.state, contest.outcome) == ("published", "stands")
    shown = desk.get(reverse("desk:contest", args=[slug, pk])).content.decode()
    assert "It rests on seven responses." in shown


def test_an_answer_is_in_the_language_of_the_page_unless_another_is_chosen(desk, contest, officer):
    contesting.publish(contest, by=officer)
    where = [contest.consultation.slug, contest.pk]

    shown = desk.get(reverse("desk:contest", args=where))

    assert shown.context["answering"]["language"].initial == "en"


def test_declining_needs_a_ground_and_a_reason(desk, contest):
    address = reverse(
        "desk:contest_decide", args=[contest.consultation.slug, contest.pk, "decline"]
    )

    assert desk.post(address, {"ground": "unlawful", "reason": ""}).status_code == 422
    assert desk.post(address, {"ground": "unlawful", "reason": "Insults."}).status_code == 302

    assert Contest.objects.get().ground == "unlawful"


@pytest.mark.parametrize(
    ("role", "decides", "answers"),
    [("reader", 403, 403), ("editor", 403, 403), ("moderator", 302, 403), ("officer", 302, 302)],
)
def test_moderators_screen_and_officers_answer(client, appointed, contest, role, decides, answers):
    desk, where = appointed(client, role), [contest.consultation.slug, contest.pk]

    decided = desk.post(reverse("desk:contest_decide", args=[*where, "publish"]))
    sent = {"outcome": "stands", "text": "No.", "language": "en"}
    answered = desk.post(reverse("desk:contest_answer", args=where), sent)

    assert (decided.status_code, answered.status_code) == (decides, answers)


def test_marked_passages_are_decided_and_others_left_out(desk, contest):
    Contest.objects.update(text="Write to me@example.org about the islands.")
    contest.refresh_from_db()
    contest_marks.mark(contest)
    where, mark = [contest.consultation.slug, contest.pk], contest.marks.get()
    page = reverse("desk:contest", args=where)
    assert "<mark>me@example.org</mark>" in desk.get(page).content.decode()

    desk.post(reverse("desk:contest_marks", args=where), {f"mark-{mark.pk}": "keep"})
    assert contest.marks.get().state == "dismissed"

    because = {"ground": "personal_data", "reason": "It names a person."}
    redact = reverse("desk:contest_redact", args=where)
    wrong = desk.post(redact, because | {"passage": "no such words"})
    assert wrong.status_code == 422
    assert "no such words" in wrong.content.decode()
    assert desk.post(redact, because | {"passage": "the islands"}).status_code == 302
    assert "<del>the islands</del>" in desk.get(page).content.decode()


def test_erasing_by_law_asks_for_the_number(desk, contest, officer):
    contesting.publish(contest, by=officer)
    where = [contest.consultation.slug, contest.pk]
    address = reverse("desk:contest_erase", args=where)
    sent = {"ground": "unlawful", "reason": "A court ordered it."}

    assert desk.post(address, sent | {"number": "C1"}).status_code == 422
    assert Contest.objects.get().text
    assert desk.post(address, sent | {"number": contest.number}).status_code == 302

    assert Contest.objects.get().text == ""
    assert "Taken away by law" in desk.get(reverse("desk:contest", args=where)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 403), ("editor", 403), ("moderator", 403), ("officer", 200)]
)
def test_only_officers_erase(client, appointed, contest, role, status):
    desk, where = appointed(client, role), [contest.consultation.slug, contest.pk]

    assert desk.get(reverse("desk:contest_erase", args=where)).status_code == status


def test_what_waits_is_in_the_inbox_on_the_first_page_and_beside_the_links(desk, contest):
    slug, due = contest.consultation.slug, written(contest.answer_due_on)

    inbox = desk.get(reverse("desk:inbox")).content.decode()
    assert contest.number in inbox
    assert f"Answer due by {due}" in inbox
    assert reverse("desk:contest", args=[slug, contest.pk]) in inbox
    today = desk.get(reverse("desk:home")).content.decode()
    assert f"Contests to decide or answer, the first by {due}" in today
    sides = desk.get(reverse("desk:contests", args=[slug])).context["side_sections"]
    assert {link.label: link.count for _heading, links in sides for link in links}["Contests"] == 1


def test_the_menu_marks_the_part_in_which_a_page_lies(desk, contest):
    slug = contest.consultation.slug

    def marks(address: str) -> list[tuple[str, bool]]:
        sides = desk.get(address).context["side_sections"]
        links = [link for _heading, each in sides for link in each]
        return [(link.label, link.current) for link in links if link.current or link.above]

    assert marks(reverse("desk:contests", args=[slug])) == [("Contests", True)]
    assert marks(reverse("desk:contest", args=[slug, contest.pk])) == [("Contests", False)]
    assert marks(reverse("desk:report_written", args=[slug, "en"])) == [("Report", False)]
    assert marks(reverse("desk:extend", args=[slug])) == [("Overview", False)]
    assert marks(reverse("desk:home")) == [("Today", True)]


def test_no_ground_is_chosen_beforehand(desk, contest):
    where = [contest.consultation.slug, contest.pk]
    refused = desk.post(reverse("desk:contest_decide", args=[*where, "decline"]), {"reason": "Why"})

    contest.refresh_from_db()
    assert contest.state == "received"
    assert refused.status_code == 422
    assert "Choose a ground." in refused.content.decode()
    assert refused.content.decode().count('<option value="" selected>Choose a ground') >= 1
