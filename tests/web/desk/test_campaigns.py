"""Campaigns at the desk, in public and in the API, as people and programs meet them."""

import pytest
from django.test import Client
from django.urls import reverse

from consulta.analysis.campaigns import deciding, queries
from consulta.analysis.models import CampaignMember, CampaignSearch
from consulta.responses import withdrawal
from consulta.responses.models import Response
from tests.analysis.conftest import FERRY, LETTER, OTHER, proposed, search, send  # noqa: F401

pytestmark = pytest.mark.django_db
ARABIC = "نحن جزيرة صغيرة في البحر."


@pytest.fixture
def folded(proposed, at_desk, officer):  # noqa: F811
    deciding.accept(proposed, by=officer)
    deciding.rename(proposed, {"en": "Island letter", "ar": "رسالة الجزر"}, by=officer)
    return queries.accepted_by_ordinal(at_desk, 1)


@pytest.fixture
def press(desk, at_desk):
    """Press a button of the campaign's page; return the page that follows."""

    def pressed(act: str, **fields: str) -> str:
        where = reverse("desk:campaign_act", args=[at_desk.slug, 1, act])
        return desk.post(where, fields, follow=True).content.decode()

    return pressed


def test_the_public_list_of_campaigns_comes_in_pages(folded, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    one = queries.accepted(folded.consultation)
    monkeypatch.setattr(queries, "accepted", lambda _found: one * 3)
    slug = folded.consultation.slug

    first, third = page("public:campaigns", slug), page("public:campaigns", slug, page=3)
    assert first.count('class="card-title"') == third.count('class="card-title"') == 1
    assert "?page=2" in first
    assert "Page 3 of 3" in third


def page(name: str, *args: object, client: Client | None = None, **query: str) -> str:
    answer = (client or Client()).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def number(serial: int) -> str:
    return Response.objects.get(serial=serial).number


def test_the_desk_lists_what_was_found_and_asks_for_a_search(proposed, desk, at_desk):  # noqa: F811
    shown = page("desk:campaigns", at_desk.slug, client=desk)
    assert "Campaign 1" in shown
    assert "3 proposed" in shown
    assert "4 of 4 published responses" in shown
    assert LETTER[:100] in shown
    where = reverse("desk:campaigns_search", args=[at_desk.slug])
    typed = {"threshold": "70", "least_size": "2", "least_length": "100"}
    assert "being looked for" in desk.post(where, typed, follow=True).content.decode()
    assert CampaignSearch.objects.get().threshold == 0.7
    refused = desk.post(where, typed | {"least_size": "1"}, follow=True).content.decode()
    assert "Least responses" in refused
    assert CampaignSearch.objects.get().least_size == 2


def test_an_officer_folds_and_undoes_by_buttons_alone(proposed, press):  # noqa: F811
    assert "3 responses folded" in press("accept")
    assert "Write a short reason" in press("out", number=number(3))
    assert "2 responses folded" in press(
        "out", number=number(3), reason="It says more.", show="own"
    )
    assert "3 responses folded" in press("add", number=number(3))
    assert "4 responses folded" in press("add", number=number(4))
    assert "No published response" in press("add", number="11-999999")
    assert "stand for all now" in press("text", number=number(3))
    assert "Island letter" in press("name", en="Island letter", ar="")
    assert "Dissolved" in press("dissolve", reason="They wrote alone.")
    assert "4 responses folded" in press("restore")
    assert "Nothing changed" in press("restore")


def test_the_page_shows_own_words_marked_and_in_their_direction(folded, send, officer, desk):  # noqa: F811
    other = send(f"{LETTER} {ARABIC}", language="ar")
    deciding.add(folded, other.number, by=officer)
    slug = folded.consultation.slug
    shown = page("desk:campaign", slug, 1, client=desk)
    assert f"<ins>{FERRY}</ins>" in shown
    assert f'<p class="passages" lang="ar" dir="rtl"><ins>{ARABIC}</ins></p>' in shown
    assert "The shared text alone" in shown
    own = page("desk:campaign", slug, 1, client=desk, show="own")
    assert number(1) not in own.partition('id="members"')[2]
    assert desk.get(reverse("desk:campaign", args=[slug, 1]), {"after": "x"}).status_code == 404
    assert desk.get(reverse("desk:campaign", args=[slug, 7])).status_code == 404


def test_a_script_in_own_words_is_words(folded, send, officer, desk):  # noqa: F811
    deciding.add(folded, send(f"{LETTER} <script>alert(1)</script>.").number, by=officer)
    for shown in (
        page("desk:campaign", folded.consultation.slug, 1, client=desk),
        page("public:campaign", folded.consultation.slug, 1),
    ):
        assert "<script>alert" not in shown
        assert "&lt;script&gt;" in shown


def test_everyone_reads_the_letter_once_and_who_sent_it(folded):
    slug = folded.consultation.slug
    shown = page("public:campaign", slug, 1)
    assert shown.count("Islands far from the coast have no choice of provider.") == 1
    assert "A campaign of 3 responses" in shown
    assert all(number(serial) in shown for serial in (1, 2, 3))
    assert number(4) not in shown
    assert "rensa" in shown
    assert "Island letter" in page("public:campaigns", slug)
    assert "3 of 4 published responses are in campaigns" in page("public:campaigns", slug)


def test_a_response_says_that_it_is_one_of_so_many(folded):
    shown = page("public:response", number(3))
    assert "3 responses, this one included" in shown
    assert "/campaigns/1/" in shown
    assert FERRY in shown
    assert "campaigns/1/" not in page("public:response", number(4))


def test_the_list_of_responses_is_whole_unless_the_reader_folds_it(folded):
    slug = folded.consultation.slug
    whole, short = page("public:responses", slug), page("public:responses", slug, folded="yes")
    assert number(2) in whole
    assert number(4) in whole
    assert number(2) not in short
    assert number(4) in short
    assert "A campaign of 3 responses" in short
    assert "4 responses published" in short


def test_a_proposal_is_nobody_elses_business(proposed, at_desk):  # noqa: F811
    assert Client().get(reverse("public:campaign", args=[at_desk.slug, 1])).status_code == 404
    assert "No campaign is folded" in page("public:campaigns", at_desk.slug)
    assert "Part of a campaign" not in page("public:response", number(1))


def test_a_withdrawn_members_words_are_nowhere_and_its_number_is(folded):
    withdrawal.withdraw(Response.objects.get(serial=3))
    shown = page("public:campaign", folded.consultation.slug, 1)
    assert "ferry" not in shown
    assert number(3) in shown
    assert "A campaign of 2 responses" in shown


def test_programs_read_the_campaign_of_a_response_and_everyone_in_one(folded):
    def read(path: str):
        return Client().get(f"/api/v1{path}").json()

    slug = folded.consultation.slug
    assert read(f"/responses/{number(3)}")["campaign"] | {"url": ""} == {
        "number": 1, "name": "Island letter", "responses": 3, "url": "",
    }  # fmt: skip
    assert read(f"/responses/{number(4)}")["campaign"] is None
    listed = read(f"/consultations/{slug}/responses")["items"]
    assert [item["campaign"] is not None for item in listed] == [True, True, True, False]
    (one,) = read(f"/consultations/{slug}/campaigns")["items"]
    assert one["responses"] == 3
    assert one["text"][0]["text"] == LETTER
    assert one["name"] == {"ar": "رسالة الجزر", "en": "Island letter"}
    members = read(f"/consultations/{slug}/campaigns/1")["items"]
    assert [item["own_words"] for item in members] == [[], [], [{"question": 1, "text": FERRY}]]
    assert read(f"/consultations/{slug}/campaigns/9")["error"] == "campaign_unknown"


@pytest.mark.parametrize("rows", [3, 30])
def test_a_page_of_members_asks_the_same_number_of_queries(
    rows,
    folded,
    send,  # noqa: F811
    django_assert_max_num_queries,
):
    for _ in range(rows - 3):
        made = send(OTHER)
        CampaignMember.objects.create(
            campaign=folded, response=made, version=made.published_version, similarity=1,
            fingerprint=made.published_version.public_fingerprint, how="exact", state="accepted",
        )  # fmt: skip
    where = reverse("public:campaign", args=[folded.consultation.slug, 1])
    Client().get(where)
    with django_assert_max_num_queries(30):
        Client().get(where)
