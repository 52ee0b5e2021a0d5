"""The transcript of a meeting: by item and speaker, each paragraph with an address, both texts kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consulta.core.caption_feed import Piece, Way
from consulta.live.captions import place, reading, sittings, speakers
from consulta.live.captions.rows import Arrival
from consulta.live.floor import asking, chairing, giving, writing
from consulta.live.floor.speakers import Named
from consulta.live.models import Sitting
from consulta.meetings.models import AgendaItem, Meeting
from tests.rounds import group  # noqa: F401
from tests.sittings import held

pytestmark = pytest.mark.django_db
PAGE, TEXT = "/en/meetings/open-1/transcript/", "/en/meetings/open-1/transcript/1-en.txt"


@pytest.fixture
def captioner(group, officer):  # noqa: F811
    place.writer.cache_clear()
    meeting = Meeting.objects.create(
        slug="open-1", kind="open", group=group, starts_on=date(2026, 9, 21), titles={}
    )
    sitting, captioner, _token = held(meeting, officer)
    chairing.open_floor(sitting, by=officer)
    return captioner


@pytest.fixture
def say(captioner):
    said = []

    def _say(text, *, after=0, speaker="", target=""):
        said.append(text)
        at = int((timezone.now() + timedelta(seconds=after)).timestamp() * 1000)
        piece = Piece(text, at, len(said), Way.REVISE if target else Way.LINE, target)
        source = f"{captioner.pk}-test"
        row = Arrival(
            captioner.sitting_id, captioner.language, source, captioner.pk, piece, speaker
        )
        assert place.writer().submit(row).result(10)

    return _say


def test_who_had_the_floor_and_what_the_captioner_named_stand_above_the_words(
    client, captioner, say, officer
):
    sitting = captioner.sitting
    item = AgendaItem.objects.create(
        meeting=sitting.meeting, number="2", titles={"en": {"text": "Spectrum"}}
    )
    chairing.take(sitting, item, by=officer)
    guest = Named(name="Sample guest", organisation_name="Sample Network")
    said = giving.give(asking.ask(sitting, guest, by=officer), by=officer)
    say("We need spectrum.")
    say("For islands.")
    speakers.name(sitting, ["The chair"])
    say("Thank you.", speaker="1")
    sittings.end(sitting, by=officer)

    page, text = client.get(PAGE).text, client.get(TEXT).text

    assert "may not be a totally verbatim record" in " ".join(page.split())
    assert text.split("\n\n")[1:] == [
        "2 Spectrum",
        "Sample guest, Sample Network\nWe need spectrum. For islands.",
        "The chair\nThank you.\n",
    ]
    writing.withdraw_name(said, by=officer)
    for answer in (client.get(PAGE).text, client.get(TEXT).text):
        assert "Sample guest" not in answer
        assert "name withdrawn" in answer
        assert "We need spectrum. For islands." in answer


def test_a_correction_stands_in_the_text_and_what_was_delivered_beside_it(client, captioner, say):
    say("We need spectral.")
    (cue,) = reading.whole(captioner.sitting, "en")
    anchor = f'id="s1-en-{cue.began}"'
    assert anchor in client.get(PAGE).text
    assert "as it was delivered" not in client.get(PAGE).text

    say("We need spectrum.", target=cue.key)

    page = client.get(PAGE).text
    assert page.index("We need spectrum.") < page.index("as it was delivered")
    assert page.index("as it was delivered") < page.index("We need spectral.")
    assert anchor in page


def test_a_transcript_of_members_is_read_by_nobody_else(client, captioner, say):
    say("Between us.")
    Sitting.objects.update(audience=Sitting.Audience.MEMBERS)

    assert [client.get(address).status_code for address in (PAGE, TEXT)] == [404, 404]


@pytest.mark.parametrize("name", ["1-fr", "2-en", "0-en"])
def test_what_is_not_captioned_has_no_file(client, captioner, name):
    assert client.get(f"/en/meetings/open-1/transcript/{name}.txt").status_code == 404
