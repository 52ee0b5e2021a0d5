"""Sittings are planned, begun, ended; captioners are admitted and sent away; a name can be withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse

from consulta.accounts.models import User
from consulta.core.caption_feed import Piece, Way
from consulta.groups.models import Group
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.live.captions import captioners, errors, place, queries, rooms, sittings, speakers
from consulta.live.captions.reading import delivered, latest, turn, whole
from consulta.live.captions.rows import Arrival
from consulta.live.models import Captioner
from consulta.meetings.models import Meeting
from tests.sittings import held

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(body):
    group = Group.objects.create(body=body, slug="group", short_name="G", names={"en": "Group"})
    return Meeting.objects.create(
        group=group, kind="open", slug="open-meeting", titles={"en": "Open"}
    )


@pytest.fixture(autouse=True)
def _own_writer():
    place.writer.cache_clear()


def arrival(captioner, text, *, seq=1, way="line", target="", speaker=""):
    piece = Piece(text, 1_800_000_000_000 + seq, seq, Way(way), target)
    return Arrival(captioner.sitting_id, captioner.language, f"{captioner.pk}-test", captioner.pk,
                   piece, speaker, is_automatic=captioner.is_automatic)  # fmt: skip


def say(captioner, text, **more):
    return place.writer().submit(arrival(captioner, text, **more)).result(10)


def test_a_sitting_is_planned_begun_and_ended_once_each_on_the_record(meeting, officer):
    sitting = sittings.plan(meeting, languages=["en", "ar", "en"], by=officer)
    assert (sitting.slug, sitting.audience, sitting.languages) == (
        "open-meeting-1",
        "public",
        ["en", "ar"],
    )
    with pytest.raises(errors.SittingStandsError):
        sittings.end(sitting, by=officer)
    sittings.begin(sitting, by=officer)
    sittings.end(sitting, by=officer)
    for act in (sittings.begin, sittings.end):
        with pytest.raises(errors.SittingStandsError):
            act(sitting, by=officer)
    acts = list(Entry.objects.order_by("pk").values_list("act", "shows"))
    assert acts == [(f"sitting_{act}", "pages") for act in ("planned", "begun", "ended")]


def test_a_sitting_of_a_closed_meeting_is_for_members_and_shows_nothing(meeting, officer):
    meeting.kind = "group"
    meeting.save()
    sitting = sittings.plan(meeting, languages=["en"], by=officer)
    assert sitting.audience == "members"
    assert Entry.objects.get().shows == "none"
    assert rooms.valid_until(rooms.room(sitting.slug), rooms.ticket(sitting))
    assert rooms.valid_until(rooms.room(sitting.slug), rooms.ticket(sitting) + "x") is None


def test_a_secret_lets_one_captioner_into_one_sitting_until_revoked(meeting, officer):
    sitting, captioner, token = held(meeting, officer)
    other = sittings.plan(meeting, languages=["en"], by=officer)
    assert token not in str(Captioner.objects.values())
    assert rooms.sender(sitting.slug, token).pk == captioner.pk
    assert rooms.sender(other.slug, token) is None
    captioners.revoke(captioner, by=officer)
    assert rooms.sender(sitting.slug, token) is None
    with pytest.raises(errors.RevokedAlreadyError):
        captioners.revoke(captioner, by=officer)


def test_nobody_is_admitted_for_a_language_without_captions_or_by_who_may_not(meeting, officer):
    sitting = sittings.plan(meeting, languages=["en"], by=officer)
    with pytest.raises(errors.LanguageNotOfferedError):
        captioners.admit(sitting, language="fr", name="S.", by=officer)
    stranger = User.objects.create_user("stranger@example.org")
    with pytest.raises(NotAllowedError):
        captioners.admit(sitting, language="en", name="S.", by=stranger)
    with pytest.raises(NotAllowedError):
        sittings.begin(sitting, by=stranger)


def test_what_was_delivered_and_what_was_corrected_are_both_read(meeting, officer):
    sitting, captioner, _token = held(meeting, officer)
    assert say(captioner, "The flour is yours.")
    assert not say(captioner, "The flour is yours.")
    key = latest(sitting, "en", count=5)[0][0].key
    say(captioner, "The floor is yours.", seq=2, way="revise", target=key)
    say(captioner, "", seq=3, way="turn")
    assert [cue.text for cue in whole(sitting, "en")] == ["The floor is yours."]
    assert [cue.text for cue in delivered(sitting, "en")] == ["The flour is yours."]
    assert turn(sitting, "en") == captioner.pk
    assert whole(sitting, "ar") == []


def test_only_speech_recognition_alone_makes_a_language_automatic(meeting, officer):
    sitting, _captioner, _token = held(meeting, officer, language="ar", is_automatic=True)
    assert queries.automatic_languages(sitting) == {"ar"}
    captioners.admit(sitting, language="ar", name="S.", by=officer)
    assert queries.automatic_languages(sitting) == set()


def test_a_withdrawn_name_is_in_no_caption(meeting, officer):
    sitting, captioner, _token = held(meeting, officer)
    (key,) = speakers.name(sitting, ["A. Sample", " ", "A. Sample"])
    say(captioner, "I agree.", speaker=str(key.position))
    page = reverse("public:live", args=[meeting.slug])
    assert "A. Sample" in Client().get(page).content.decode()
    speakers.withdraw(key, by=officer)
    assert rooms.names(sitting.pk) == {}
    assert "A. Sample" not in Client().get(page).content.decode()
    assert speakers.name(sitting, ["B. Sample"])[-1].position == 2


def test_pages_show_the_captions_of_the_chosen_language_once(meeting, officer):
    sitting, captioner, _token = held(meeting, officer)
    say(captioner, "Good <b>morning</b>.")
    for name in ("live", "live_large", "live_plain", "live_screen"):
        page = Client().get(reverse(f"public:{name}", args=[meeting.slug])).content.decode()
        assert page.count("Good &lt;b&gt;morning&lt;/b&gt;.") == 1, name
        assert f"/live/{sitting.slug}/events?lang=en&amp;after=1" in page, name
        assert '<noscript><meta http-equiv="refresh" content="10">' in page, name
    page = Client().get(reverse("public:live", args=[meeting.slug]) + "?captions=ar&refresh=off")
    assert 'lang="ar" dir="rtl" data-live-lines' in page.content.decode()
    assert "http-equiv" not in page.content.decode()


def test_a_sitting_for_members_is_followed_by_members_alone(meeting, officer, client):
    meeting.kind = "group"
    meeting.save()
    sitting, captioner, _token = held(meeting, officer)
    say(captioner, "For members.")
    pages = [reverse(f"public:live{kind}", args=[meeting.slug])
             for kind in ("", "_large", "_plain", "_screen", "_ticket")]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code in (302, 403)
        assert b"For members." not in answer.content
    client.force_login(officer)
    assert client.get(pages[0])["Location"].endswith("/members/second-factor/")
    meeting.group.body.members_need_second_factor = False
    meeting.group.body.save()
    answer = client.get(pages[0])
    assert b"For members." in answer.content
    assert answer.cookies[rooms.COOKIE]["path"] == f"/live/{sitting.slug}/"
    assert rooms.valid_until(rooms.room(sitting.slug), answer.cookies[rooms.COOKIE].value)


def test_the_console_works_with_a_form_alone(meeting, officer):
    sitting, _captioner, token = held(meeting, officer)
    page = reverse("public:captioning", args=[sitting.slug, token])
    sent = Client().post(page, {"text": "One line.", "speaker": "7"})
    assert (sent.status_code, sent["Location"]) == (303, page)
    shown = Client().get(page)
    assert "One line." in shown.content.decode()
    key = latest(sitting, "en", count=1)[0][0].key
    Client().post(page, {"text": "One good line.", "target": key})
    Client().post(page, {"name": "A. Sample"})
    shown = Client().get(page).content.decode()
    assert "One good line." in shown
    assert "1: A. Sample" in shown
    assert Client().post(page, {"text": "x", "target": "9.9"}).status_code == 404
    assert (
        Client().get(reverse("public:captioning", args=[sitting.slug, "unknown"])).status_code
        == 404
    )


def test_the_desk_plans_admits_once_and_shows_the_addresses_only_then(
    meeting, officer, client, settings
):
    settings.DEMO = True
    client.force_login(officer)
    client.post(reverse("desk:sittings", args=[meeting.slug]), {"languages": ["en", "fr"]})
    page = reverse("desk:sitting", args=[meeting.slug, 1])
    client.post(page, {"do": "begin"})
    told = {"do": "admit", "name": "Sample Captioning", "language": "fr", "way": "auto"}
    answer = client.post(page, told)
    captioner = Captioner.objects.get()
    token = answer.context["addresses"]["zoom"].partition("id=")[2]
    assert captioners.by_token("open-meeting-1", token) == captioner
    assert token in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert token not in client.get(page).content.decode()
    client.post(page, {"do": "name", "names": "A. Sample\nB. Sample"})
    client.post(page, {"do": "withdraw", "speaker": "1"})
    client.post(page, {"do": "describe", "languages": ["en"], "seconds": "-1.5"})
    client.post(page, {"do": "revoke", "captioner": captioner.pk})
    client.post(page, {"do": "end"})
    sitting = queries.by_slug("open-meeting-1")
    assert (sitting.caption_shift, sitting.languages) == (-1500, ["en"])
    assert sitting.ended_at is not None
    assert [key.name for key in speakers.of(sitting)] == ["", "B. Sample"]
    assert client.post(page, {"do": "other"}).status_code == 404
