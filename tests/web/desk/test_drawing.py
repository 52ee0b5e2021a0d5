"""The officer draws an agenda up at the desk and posts it as a numbered document."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.flow import agenda as drawn
from consulta.flow import agenda_paper
from consulta.groups import appointing
from consulta.groups.models import Group
from consulta.meetings import agenda
from consulta.meetings.models import AgendaItem, AgendaPaper, Document, StandingItem
from consulta.reports import agenda_paper as reports_paper
from consulta.reports.renderers.render import RenderedFile


@pytest.fixture
def page(next_meeting):
    return reverse("desk:agenda_draw_up", args=[next_meeting.slug])


@pytest.fixture
def laid_out(monkeypatch):
    """Laying out takes seconds and has tests of its own; here the words are the bytes."""

    def render(paper, kind):
        words = " ".join(span.text for block in paper.blocks for span in block.spans)
        return [RenderedFile(f"{paper.stem}.{kind}", f"{kind} {words}".encode(), "text/plain")]

    monkeypatch.setattr(agenda_paper, "render", render)


def texts(meeting):
    return [item.titles["en"]["text"] for item in agenda.items(meeting)]


def test_one_is_taken_one_left_out_and_the_rest_at_once(desk, page, next_meeting):
    desk.post(page, {"do": "take:usual:other", "under_usual:other": ""})
    assert texts(next_meeting) == ["Any other business"]
    refused = desk.post(page, {"do": "leave:usual:next", "why_usual:next": " "})
    assert refused.status_code == 422
    desk.post(page, {"do": "leave:usual:next", "why_usual:next": "Not yet known."})
    assert "Not yet known." in desk.get(page).content.decode()
    desk.post(page, {"do": "all"})
    assert texts(next_meeting) == [
        "Adoption of the agenda",
        "Annual report to the Council",
        "Any other business",
    ]


def test_standing_items_are_laid_down_once_and_do_not_come_twice(desk, page, next_meeting):
    desk.post(page, {"do": "take:usual:adoption", "under_usual:adoption": ""})
    sent = {"rows": "2"}
    for n, title in enumerate(("Adoption of the agenda", "Words of the host")):
        sent |= {f"row{n}-title_en": title, f"row{n}-place": "opening"}
        sent |= {f"row{n}-purpose": "decision"}
    desk.post(reverse("desk:standing_items", args=[next_meeting.group.slug]), sent)
    assert StandingItem.objects.count() == 2
    waiting = [one.matter.titles["en"]["text"] for one in drawn.proposed(next_meeting)]
    assert "Words of the host" in waiting
    assert "Adoption of the agenda" not in waiting


def test_the_published_agenda_is_a_document_then_a_revision_of_it(people, next_meeting, laid_out):
    officer = people["officer"]
    drawn.take_over(next_meeting, "usual:adoption", by=officer)
    with pytest.raises(agenda_paper.NotPublishedError):
        agenda_paper.post(next_meeting, language="en", by=officer)
    published = agenda.publish(next_meeting, to="public", by=officer)
    first = agenda_paper.post(published, language="en", by=officer)
    joined = agenda_paper.post(published, language="ar", by=officer)
    assert (joined.pk, {file["language"] for file in joined.files}) == (first.pk, {"en", "ar"})
    with pytest.raises(agenda_paper.StandsAlreadyError):
        agenda_paper.post(published, language="en", by=officer)
    drawn.take_over(published, "usual:other", reason="It was missing.", by=officer)
    revised = agenda_paper.post(published, language="en", by=officer)
    assert (revised.kind, revised.of_id, revised.audience) == ("revision", first.pk, "public")
    assert AgendaPaper.objects.count() == 2


def test_a_try_that_was_cut_short_keeps_its_number(people, next_meeting, laid_out, monkeypatch):
    officer = people["officer"]
    drawn.take_over(next_meeting, "usual:adoption", by=officer)
    published = agenda.publish(next_meeting, to="members", by=officer)
    with monkeypatch.context() as cut:
        cut.setattr(agenda_paper, "render", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            agenda_paper.post(published, language="en", by=officer)
    posted = agenda_paper.post(published, language="en", by=officer)
    assert (Document.objects.count(), posted.audience) == (1, "members")


def test_a_document_for_everyone_holds_no_item_for_members(people, next_meeting):
    titles = {"en": {"text": "Secret matter", "status": "original"}}
    item = AgendaItem(meeting=next_meeting, number="1", titles=titles, purpose="decision")
    item.audience = "members"
    agenda.add(item, by=people["officer"])
    told = []
    for member in (True, False):
        paper = reports_paper.draw_up(next_meeting, language="en", at=timezone.now(), member=member)
        told.append("Secret matter" in str(paper.blocks))
    assert told == [True, False]


def test_an_officer_of_another_group_draws_nothing_up(people, body, page, sign_in):
    other = Group.objects.create(body=body, slug="other", short_name="Other", names={})
    by = people["administrator"]
    stranger = appointing.appoint("s@example.org", group=other, role="officer", by=by).user
    assert sign_in(stranger).post(page, {"do": "all"}).status_code == 403
