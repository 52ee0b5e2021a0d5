"""Writing a draft together: links of one's own, one who leads, and nothing lost between two."""

import re

import pytest
from django.test import Client

from consulta.mailroom.models import OutgoingMail
from consulta.responses import drafts
from consulta.responses.models import Colleague, Draft, DraftSave, Response
from consulta.responses.sharing_together import MARK

pytestmark = pytest.mark.django_db
FORM = "/en/consultations/sample-topic/respond/"
GIVEN = {
    "answer-1": "We welcome it.", "answer-2": "", "answer-0": "", "language": "en",
    "kind": "organisation", "organisation": "Sample Organisation", "name": "Sample Person",
    "stakeholder_group": "civil-society", "country": "CH", "email": "lead@example.org",
}  # fmt: skip
INVITE = {
    "act": "invite", "my_name": "Lead", "my_email": "lead@example.org",
    "name": "Colleague", "email": "colleague@example.org",
}  # fmt: skip


@pytest.fixture
def visitor(consultation):
    return Client()


@pytest.fixture
def lead(visitor):
    """The address of a saved draft."""
    return visitor.post(FORM, GIVEN | {"act": "save"})["Location"].split("?")[0]


@pytest.fixture
def colleague(visitor, lead):
    """The address of the link that a colleague was mailed."""
    assert visitor.post(f"{lead}people/", INVITE).status_code == 303
    return mailed("colleague@example.org")


def mailed(to):
    """The private address in the last mail to somebody."""
    text = bytes(OutgoingMail.objects.filter(recipient=to).latest("pk").raw).decode()
    return re.search(r"/en/drafts/[\w-]+/", text.replace("=\r\n", "")).group()


def words_of(page):
    return page.content.decode()


def told(page):
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words_of(page)))


def save(visitor, address, was=None, **changes):
    was = visitor.get(address).context["was"] if was is None else was
    return visitor.post(address, GIVEN | {"act": "save", "was": was} | changes)


def answer():
    return Draft.objects.get().content["answers"]["1"]


def send(visitor, address):
    terms = visitor.get(f"{address}check/").context["terms"].version
    return visitor.post(f"{address}check/", {"terms": terms})


def test_a_colleague_is_invited_with_a_link_of_their_own(visitor, lead, colleague):
    page = told(visitor.get(colleague))

    assert colleague != lead
    assert "We welcome it." in page
    assert "Lead leads this draft and sends it. You write as Colleague." in page
    assert Colleague.objects.get(name="Lead").is_lead


def test_the_invitation_says_what_it_is_and_no_word_of_the_draft(visitor, lead, colleague):
    mail = OutgoingMail.objects.get(recipient="colleague@example.org")

    assert mail.subject == "Lead asks you to write a response together: Sample topic"
    assert "/en/consultations/sample-topic/" in mail.masked_text
    assert "We welcome it." not in mail.masked_text
    assert colleague.split("/")[3] not in mail.masked_text


def test_only_the_lead_sends(visitor, lead, colleague):
    page = told(visitor.get(f"{colleague}check/"))
    send(visitor, colleague)

    assert "Only Lead can send it." in page
    assert "Send under these terms" not in page
    assert Response.objects.count() == 0
    assert send(visitor, lead).status_code == 303
    assert Response.objects.count() == 1


def test_a_colleague_gets_no_receipt_once_it_is_sent(visitor, lead, colleague):
    send(visitor, lead)

    assert visitor.post(colleague).status_code == 200
    assert "/mine/" not in words_of(visitor.get(colleague))
    assert visitor.post(lead)["Location"].startswith("/en/mine/")


def test_two_who_write_at_once_lose_nothing(visitor, lead, colleague):
    seen = visitor.get(lead).context["was"]
    save(visitor, colleague, was=seen, **{"answer-1": "Theirs.", "answer-2": "Second."})
    save(visitor, lead, was=seen, **{"answer-1": "Mine."})

    assert Draft.objects.get().content["answers"] == {
        "0": "", "1": f"Theirs.{MARK}Mine.", "2": "Second."
    }  # fmt: skip
    assert "Both texts are kept" in words_of(visitor.get(lead))
    assert "Both texts are kept" in words_of(visitor.get(f"{lead}check/"))


def test_saving_by_itself_while_two_write_does_not_grow_the_answer(visitor, lead, colleague):
    was = visitor.get(lead).context["was"]
    save(visitor, colleague, was=was, **{"answer-1": "Theirs."})
    for text in ("M", "Mi", "Mine."):
        sent = GIVEN | {"answer-1": text, "was": was}
        answered = visitor.post(lead, sent, headers={"X-Autosave": "1"}).json()
        was = answered["was"]

    assert answer() == f"Theirs.{MARK}Mine."
    assert "Both texts are kept" in answered["words"]


def test_who_saved_when_is_told_inside_the_draft(visitor, lead, colleague):
    save(visitor, colleague, **{"answer-1": "Theirs."})
    save(visitor, colleague, **{"answer-1": "Theirs.", "organisation": "Union"})

    kept = DraftSave.objects.get()  # one for a while of writing
    assert (kept.colleague.name, kept.fields) == ("Colleague", ["answer-1", "organisation"])
    assert "Last saved by Colleague" in told(visitor.get(lead))
    page = words_of(visitor.get(f"{lead}people/"))
    assert "Question 1 · Organisation" in page


def test_an_ended_link_opens_nothing(visitor, lead, colleague):
    pk = Colleague.objects.get(name="Colleague").pk
    visitor.post(f"{lead}people/", {"act": f"revoke:{pk}"})

    assert visitor.get(colleague).status_code == 404
    assert visitor.post(colleague, GIVEN | {"answer-1": "Late."}).status_code == 404
    assert answer() == "We welcome it."


def test_a_new_link_ends_the_earlier_one(visitor, lead, colleague):
    pk = Colleague.objects.get(name="Colleague").pk
    visitor.post(f"{lead}people/", {"act": f"again:{pk}"})

    assert visitor.get(colleague).status_code == 404
    assert visitor.get(mailed("colleague@example.org")).status_code == 200


def test_the_lead_is_handed_over_with_a_new_link(visitor, lead, colleague):
    pk = Colleague.objects.get(name="Colleague").pk
    visitor.post(f"{lead}people/", {"act": f"lead:{pk}"})
    heir = mailed("colleague@example.org")

    assert visitor.get(colleague).status_code == 404
    send(visitor, lead)
    assert Response.objects.count() == 0
    send(visitor, heir)
    assert Response.objects.count() == 1


def test_a_lead_who_was_sent_away_does_not_come_back_by_the_first_link(visitor, lead, colleague):
    first = Colleague.objects.get(name="Lead").pk
    visitor.post(f"{lead}people/", {"act": f"lead:{Colleague.objects.get(name='Colleague').pk}"})
    heir = mailed("colleague@example.org")

    visitor.post(f"{heir}people/", {"act": f"again:{first}"})

    assert visitor.get(lead).status_code == 404
    assert visitor.get(mailed("lead@example.org")).status_code == 200


def test_a_colleague_cannot_do_what_the_lead_does(visitor, lead, colleague):
    pk = Colleague.objects.get(name="Colleague").pk
    for act in (f"lead:{pk}", f"revoke:{pk}", f"again:{pk}"):
        assert visitor.post(f"{colleague}people/", {"act": act}).status_code == 409
    invited = visitor.post(
        f"{colleague}people/", {"act": "invite", "name": "X", "email": "x@example.org"}
    )

    assert invited.status_code == 409
    assert Colleague.objects.get(name="Lead").is_lead
    assert Colleague.objects.count() == 2


def test_a_colleague_may_leave(visitor, lead, colleague):
    assert "You left the draft" in words_of(visitor.post(f"{colleague}people/", {"act": "leave"}))
    assert visitor.get(colleague).status_code == 404


def test_a_name_that_holds_an_address_is_not_mailed_to_strangers(visitor, lead):
    answer = visitor.post(f"{lead}people/", INVITE | {"my_name": "Buy at www.example.org"})

    assert answer.status_code == 422
    assert answer.content.decode().count("error-summary") == 1
    assert "Leave it out." in words_of(answer)
    assert not OutgoingMail.objects.exists()


def test_the_same_address_is_invited_once(visitor, lead, colleague):
    answer = visitor.post(f"{lead}people/", INVITE)

    assert answer.status_code == 422
    assert "writes here already" in words_of(answer)


def test_one_address_is_not_mailed_without_end(visitor, lead, colleague):
    pk = Colleague.objects.get(name="Colleague").pk
    met = [visitor.post(f"{lead}people/", {"act": f"again:{pk}"}).status_code for _n in range(6)]

    assert met[:4] == [303] * 4
    assert met[-1] == 429


def test_the_link_is_mailed_to_whose_link_it_is(visitor, lead, colleague):
    save(visitor, colleague, act="mail", email="somebody-else@example.org")

    assert not OutgoingMail.objects.filter(recipient="somebody-else@example.org").exists()
    assert mailed("colleague@example.org") == colleague


def test_everything_is_forgotten_with_the_draft(visitor, lead, colleague, consultation):
    save(visitor, colleague, **{"answer-1": "Theirs."})
    draft = Draft.objects.get()
    drafts.sweep(draft.expires_at)

    assert (Colleague.objects.count(), DraftSave.objects.count()) == (0, 0)


def test_the_pages_speak_arabic_from_right_to_left(visitor, lead, colleague):
    for path in (f"{lead}people/", colleague):
        assert 'dir="rtl"' in words_of(visitor.get(path.replace("/en/", "/ar/")))


def test_an_invitation_that_is_refused_counts_for_nothing(visitor, lead, colleague):
    met = [visitor.post(f"{lead}people/", INVITE).status_code for _n in range(7)]
    other = INVITE | {"name": "Another", "email": "another@example.org"}

    assert met == [422] * 7
    assert visitor.post(f"{lead}people/", other).status_code == 303
