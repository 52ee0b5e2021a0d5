"""The inbox: everything that waits, of every channel, oldest first, filtered, and only one's own."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.core.submission import Channel
from consulta.flow import journey
from consulta.flow.inbox import listing
from consulta.groups import appointing
from consulta.groups.models import Group
from consulta.responses import appeals
from consulta.responses.models import Attachment, Response
from tests import posts
from tests.letters import letter
from tests.web.desk.inbox.conftest import failed


def shown(client, **asked) -> str:
    return client.get(reverse("desk:inbox"), asked).content.decode()


def listed(client, **asked) -> list[str]:
    """The keys' kinds in the order of the list, without the ids."""
    return [key.partition(":")[0] for key in keys(client, **asked)]


def keys(client, **asked) -> list[str]:
    return re.findall(r'name="pick" value="(\w+:\d+)"', shown(client, **asked))


@pytest.fixture
def everything(held, accepted, declined, published, submission, at_desk):
    """One of each kind that has a place in the tables of a consultation."""
    held()
    accepted("To publish.")
    journey.submission_arrives(submission("Unconfirmed."))
    appeals.appeal(declined(), "Look again.")
    version = accepted("With a file.").versions.get()
    Attachment.objects.create(
        version=version, position=1, name="a.pdf", path="files/a", sha256="0" * 64, size=4,
        safety=Attachment.Safety.UNSAFE, findings=["malware"],
    )  # fmt: skip
    shown_now = published("Mine is a@example.org now.")
    letter()
    posts.in_space(at_desk)
    return failed(shown_now)


def test_everything_that_waits_stands_in_one_list_with_kind_place_and_reason(
    whole_body, everything, at_desk
):
    page = shown(whole_body)
    assert sorted(set(listed(whole_body))) == sorted(
        {"held", "accepted", "received", "appeals", "files", "marks", "letters", "posts", "failed"}
    )
    for words in ("Held by a person", "Sender not confirmed", "Enquiry", "550 no such user",
                  "Sample topic", "Mail to sort", "Discussion list"):  # fmt: skip
        assert words in page, words
    for address in (reverse("desk:mail", args=[everything.pk]),
                    reverse("desk:response", args=[Response.objects.first().number])):  # fmt: skip
        assert address in page


def test_the_oldest_is_first_whatever_its_channel(whole_body, held, submission):
    now = timezone.now()
    old = held("Old.", arrived_at=now - timedelta(days=3), channel=Channel.API)
    came = letter()  # of 20 November 2026
    came.arrived_at = now - timedelta(days=2)
    came.save()
    new = held("New.", arrived_at=now - timedelta(days=1))
    assert keys(whole_body) == [f"held:{old.pk}", f"letters:{came.pk}", f"held:{new.pk}"]


def test_it_is_filtered_by_kind_channel_consultation_and_reason_and_counts(
    moderator, held, accepted
):
    one = held(channel=Channel.API)
    two = held()
    three = accepted()
    every = [f"held:{one.pk}", f"held:{two.pk}", f"accepted:{three.pk}"]
    assert keys(moderator) == every
    assert keys(moderator, kind="accepted") == every[2:]
    assert keys(moderator, channel="api") == every[:1]
    assert keys(moderator, consultation="11") == every
    assert keys(moderator, reason="person", kind="held") == every[:2]
    for nonsense in ({"consultation": "99"}, {"reason": "x"}, {"channel": "x"}, {"kind": "x"},
                     {"after": "x"}, {"after": "2026-11-20T09:30:00_1_1"}):  # fmt: skip
        assert keys(moderator, **nonsense) == every, nonsense
    page = shown(moderator, channel="api")
    assert re.search(r"Held responses\s*<span class=\"count\">1<", page)
    assert "Web form (2)" in page
    assert "Held by a person (2)" in page


def test_a_second_page_begins_where_the_first_ended_even_within_one_instant(
    moderator, held, accepted, monkeypatch
):
    at = datetime.now(UTC) - timedelta(hours=1)
    made = [held(str(n), arrived_at=at) for n in range(3)]
    later = [accepted(str(n), arrived_at=at) for n in range(3)]
    monkeypatch.setattr(listing, "PAGE", 2)
    found, address = [], reverse("desk:inbox")
    while address:
        page = moderator.get(address).content.decode()
        found += re.findall(r'name="pick" value="(\w+:\d+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = reverse("desk:inbox") + following[1].replace("&amp;", "&") if following else ""
    assert found == [f"held:{r.pk}" for r in made] + [f"accepted:{r.pk}" for r in later]


def test_three_hundred_cost_as_many_queries_as_one(whole_body, everything, held, at_desk):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            whole_body.get(reverse("desk:inbox"))
        return len(captured)

    first = cost()
    held()
    letter_of("two")
    three = cost()
    first_one = Response.objects.order_by("pk").first()
    respondents = type(first_one.respondent)
    made = [replaced(first_one, number, respondents) for number in range(300)]
    Response.objects.bulk_create(made)
    assert (three, cost()) == (first, first)


def replaced(response: Response, number: int, respondents) -> Response:
    who = respondents.objects.create(kind="individual", name=f"N{number}", language="en")
    return Response(
        consultation=response.consultation, serial=1000 + number, number=f"11-{1000 + number}",
        channel="web", state="held", respondent=who, received_at=timezone.now(),
        hold_reasons=["late"], idempotency_key=f"many-{number}",
    )  # fmt: skip


def letter_of(words: str):
    raw = f"From: b@example.org\r\nTo: enquiries@example.org\r\nSubject: {words}\r\n\r\n{words}\r\n"
    return letter(raw.encode())


def test_each_sees_what_waits_in_their_own_groups_only(
    everything, people, sign_in, body, at_desk, moderator, desk
):
    other = Group.objects.create(body=body, slug="other", short_name="Other", names={})
    stranger = appointing.appoint(
        "stranger@example.org", group=other, role="officer", by=people["administrator"]
    ).user
    assert "Nothing waits here." in shown(sign_in(stranger))
    assert "letters" not in listed(desk)
    assert "failed" in listed(desk)
    assert {"letters", "failed"}.isdisjoint(listed(moderator))
    reader = shown(sign_in(people["reader"]))
    assert "Held by a person" in reader
    assert 'name="pick"' not in reader


def test_the_inbox_comes_first_beside_each_page_and_is_counted_on_the_first(
    moderator, held, accepted
):
    held()
    accepted()
    page = moderator.get(reverse("desk:home")).content.decode()
    assert "Open the inbox: 2 things wait" in page
    side = page[page.index("<nav") :]
    assert side.index(f'href="{reverse("desk:inbox")}"') < side.index(">Today<")


def test_an_empty_inbox_says_so(moderator, at_desk):
    assert "Nothing waits here." in shown(moderator)


def test_keys_are_written_down_and_the_script_is_a_file_of_its_own(moderator, held):
    held()
    page = shown(moderator)
    assert "desk/inbox.js" in page
    assert "<kbd>j</kbd>" in page
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert 'aria-labelledby="kind-1 line-1"' in page
    assert "checked" not in page
    assert shown(moderator, ticked="all").count(" checked>") == 1


def test_a_filter_that_was_emptied_by_an_act_shows_an_empty_list_and_no_mistake(moderator, held):
    held()
    page = shown(moderator, channel="import")
    assert "Select a valid choice" not in page
    assert listed(moderator, channel="import") == []
    assert "Select a valid choice" not in shown(moderator, consultation="99", reason="bulk")
