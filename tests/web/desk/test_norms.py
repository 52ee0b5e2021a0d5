"""The desk warns before a consultation is drawn up by an edition that was not in force."""

from datetime import date

from django.urls import reverse

from consulta.meetings.models import Meeting

WARNED = "Choose the procedure of the edition that was."


def test_the_desk_warns_of_the_wrong_edition_and_of_no_other(desk, decided, next_meeting):
    address = f"{reverse('desk:convene')}?decision={decided.pk}"
    assert WARNED not in desk.get(address).content.decode()
    day = date(2018, 5, 1)
    Meeting.objects.filter(pk=decided.meeting.pk).update(starts_on=day, ends_on=day)
    assert WARNED in desk.get(address).content.decode()
