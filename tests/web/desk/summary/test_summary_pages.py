"""The brief summary at the desk, as an officer goes through it, and on its public page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.flow import summaries as flow
from consulta.reports import summarising, summary_queries
from consulta.reports.models import Agreement, Edition, GroupDiscussion, Paragraph
from consulta.reports.writing import Typed
from consulta.responses import publication
from consulta.responses.models import Response
from tests.reports import summaries

SENT = {
    "outcome": "reservations",
    "how": "meeting",
    "put_by": "The chair",
    "agreed_by": "Twelve of fourteen",
    "reservations": "One network: prices are left out.",
    "language": "en",
}


def page(desk, name, *args):
    return desk.get(reverse(f"desk:{name}", args=args)).content.decode()


def test_before_the_open_meeting_the_page_says_when_it_can_begin(desk, consultation, body):
    summaries.meet(consultation, body, in_days=3)

    shown = page(desk, "summary", consultation.slug)

    assert "The draft begins once the open meeting has begun" in shown
    draft = reverse("desk:summary_draft", args=[consultation.slug, "en"])
    assert draft not in shown
    shown = desk.get(draft).content.decode()
    assert "drafted once the open meeting has begun" in shown
    assert "Add a paragraph" not in shown


def test_an_officer_writes_fixes_records_and_carries(desk, met, officer):
    slug = met.slug
    desk.post(reverse("desk:summary_add", args=[slug, "en"]), {"part": "discussion", "position": 0})
    paragraph = Paragraph.objects.get(part="discussion")
    desk.post(
        reverse("desk:summary_paragraph", args=[slug, paragraph.pk]),
        {"revision": 1, "rows": 1, "text-0": "Speakers asked for cables.", "numbers-0": ""},
    )
    desk.post(reverse("desk:summary_fix", args=[slug]), {"language": "en"})
    edition = summaries.made(Edition.objects.get(kind="summary"))
    assert "Record what those present said" in page(desk, "summary", slug)
    now = timezone.now()
    answer = desk.post(
        reverse("desk:summary_agreement", args=[slug, edition.pk]),
        SENT | {"on": now.date().isoformat(), "at": f"{now:%H:%M}"},
    )
    assert answer.status_code == 302
    made = Agreement.objects.get()
    summaries.made(made.record)
    desk.post(reverse("desk:summary_carry", args=[slug]))

    summary = summary_queries.of(met)
    assert summary.carried_at is not None
    held = {"status": "in_part", "meeting": met.group_meeting.pk, "on": now.date().isoformat()}
    desk.post(reverse("desk:summary_discussed", args=[slug]), held | {"agenda_item": "4"})
    assert GroupDiscussion.objects.get().agenda_item == "4"
    public = desk.get(reverse("public:summary", args=[slug])).content.decode()
    for words in ("Speakers asked for cables.", "One network", made.content_sha256, "In part"):
        assert words.lower() in public.lower()


def test_what_is_missing_is_said_and_what_was_typed_stays(desk, met, officer):
    summaries.write(met, "Fixed.", by=officer)
    edition = summaries.fixed(met, by=officer)
    now = timezone.now()
    sent = SENT | {"reservations": "", "on": now.date().isoformat(), "at": f"{now:%H:%M}"}

    answer = desk.post(reverse("desk:summary_agreement", args=[met.slug, edition.pk]), sent)

    assert answer.status_code == 422
    assert "Set out the reservations" in answer.content.decode()
    assert "Twelve of fourteen" in answer.content.decode()


def test_a_wrong_number_keeps_what_was_typed(desk, met, officer):
    paragraph = summaries.write(met, "Fixed.", by=officer)
    answer = desk.post(
        reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk]),
        {"revision": 2, "rows": 1, "text-0": "New words.", "numbers-0": "11-999999"},
    )

    shown = answer.content.decode()
    assert "New words." in shown
    assert "No published response has the number" in shown


def test_an_edit_after_the_agreement_is_seen_by_everyone(desk, client, met, officer):
    paragraph, _made = summaries.agreed(met, by=officer)
    summaries.edit(paragraph, "Few speakers asked.", by=officer)

    assert "the agreement is void" in page(desk, "summary", met.slug)
    client.logout()
    public = client.get(reverse("public:summary", args=[met.slug])).content.decode()
    assert "This text was edited after it was agreed" in public
    on_report = client.get(reverse("public:report", args=[met.slug])).content.decode()
    assert "Agreement void: the text was edited" in on_report


def test_nothing_of_a_draft_is_public(client, met, officer):
    summaries.write(met, "A secret draft.", by=officer)
    summaries.fixed(met, by=officer)

    for name in ("summary", "report", "consultation"):
        assert (
            "A secret draft."
            not in client.get(reverse(f"public:{name}", args=[met.slug])).content.decode()
        )


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reader", set()),
        ("moderator", set()),
        ("editor", {"summary_draft", "summary_add", "summary_fix"}),
        ("officer", {"summary_draft", "summary_add", "summary_fix", "summary_carry"}),
    ],
)
def test_who_may_do_what(client, appointed, met, role, may):
    desk = appointed(client, role)
    slug, posted = met.slug, {"summary_add", "summary_fix", "summary_carry"}
    met_with = set()
    for name in ("summary_draft", *sorted(posted)):
        args = [slug, "en"] if name in ("summary_draft", "summary_add") else [slug]
        act = desk.post if name in posted else desk.get
        answer = act(reverse(f"desk:{name}", args=args), {"language": "en"})
        met_with |= {name} if answer.status_code != 403 else set()

    assert met_with == may
    assert desk.get(reverse("desk:summary", args=[slug])).status_code == 200


def test_of_two_officers_neither_overwrites_the_other(desk, met, officer):
    paragraph = summaries.write(met, "Both read this.", by=officer)
    sentence = paragraph.sentences.get()
    address = reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk])
    sent = {"revision": 2, "rows": 1, "pk-0": sentence.pk, "numbers-0": ""}

    assert desk.post(address, sent | {"text-0": "The first says this."}).status_code == 302
    answer = desk.post(address, sent | {"text-0": "The second says that."})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "The first says this." in shown
    assert "The second says that." in shown
    assert paragraph.sentences.get().text == "The first says this."
    seen = {key: answer.context[key] for key in ("revision", "base")}
    again = sent | seen | {"text-0": "The second says that."}
    assert desk.post(address, again).status_code == 302
    assert paragraph.sentences.get().text == "The second says that."


def test_a_second_press_keeps_what_the_other_wrote_in_other_sentences(desk, met, officer):
    paragraph = summaries.write(met, "One.", by=officer)
    sentence = paragraph.sentences.get()
    address = reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk])
    seen = desk.get(address).context["base"]
    theirs = [Typed(sentence.pk, "One."), Typed(None, "Added by the first.")]
    summarising.save(paragraph, theirs, revision=2, by=officer)

    mine = {"rows": 2, "pk-0": sentence.pk, "text-0": "One.", "text-1": "Added by the second."}
    shown = desk.post(address, mine | {"revision": 2, "base": seen})
    rows = [row for row in shown.context["rows"] if row.text]
    assert {row.text for row in rows} == {"One.", "Added by the first.", "Added by the second."}
    again = {"revision": shown.context["revision"], "base": shown.context["base"], "rows": 3}
    for place, row in enumerate(rows):
        again |= {f"pk-{place}": row.pk or "", f"text-{place}": row.text}
    assert desk.post(address, again).status_code == 302

    assert {s.text for s in paragraph.sentences.all()} == {row.text for row in rows}


def test_what_was_saved_is_taken_at_a_press(desk, met, officer):
    paragraph = summaries.write(met, "Theirs.", by=officer)
    pk = paragraph.sentences.get().pk
    address = reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk])
    sent = {"revision": 2, "rows": 1, "pk-0": pk, "text-0": "Mine.", "base": f"{pk}:-"}

    taken = desk.post(address, sent | {"theirs": "0"})

    assert taken.context["rows"][0].text == "Theirs."
    assert paragraph.sentences.get().text == "Theirs."


def test_a_passage_that_a_sentence_cites_stays_when_its_paragraph_is_saved(
    desk, consultation, body, officer, submission
):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Cables are dear.", sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    answer, met = response.published_version.answers.get(), summaries.meet(consultation, body)
    paragraph = summaries.write(met, "It was said.", by=officer)
    sentence = paragraph.sentences.get()
    typed = [Typed(sentence.pk, "It was said.", (), ((answer.pk, 0, 5),))]
    summarising.save(paragraph, typed, revision=2, by=officer)
    address = reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk])
    named = f'name="passage-0-0" value="{answer.pk}:0:5"'
    assert named in desk.get(address).content.decode()

    sent = {"revision": 3, "rows": 1, "pk-0": sentence.pk, "text-0": "It was said there."}
    desk.post(address, sent | {"passage-0-0": f"{answer.pk}:0:5"})

    assert sentence.citations.get().answer_id == answer.pk


def test_a_paragraph_is_not_removed_over_what_another_saved(desk, met, officer):
    paragraph = summaries.write(met, "Both read this.", by=officer)
    address = reverse("desk:summary_remove", args=[met.slug, paragraph.pk])

    desk.post(address, {"revision": 1})
    assert Paragraph.objects.filter(pk=paragraph.pk).exists()

    desk.post(address, {"revision": 2})
    assert not Paragraph.objects.filter(pk=paragraph.pk).exists()


def test_what_was_typed_in_a_paragraph_that_was_taken_out_is_shown(desk, met, officer):
    paragraph = summaries.write(met, "Both read this.", by=officer)
    address = reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk])
    desk.post(reverse("desk:summary_remove", args=[met.slug, paragraph.pk]), {"revision": 2})

    answer = desk.post(address, {"revision": 2, "rows": 1, "text-0": "Typed for an hour."})

    assert answer.status_code == 422
    assert "Typed for an hour." in answer.content.decode()
    assert desk.get(address).status_code == 404


def test_once_it_was_carried_the_draft_offers_nothing_that_changes_it(desk, met, officer):
    paragraph = summaries.write(met, "Both read this.", by=officer)
    draft = reverse("desk:summary_draft", args=[met.slug, "en"])
    assert "Add a paragraph" in desk.get(draft).content.decode()
    agreed = flow.agree(summaries.fixed(met, by=officer), summaries.said(), by=officer)
    summaries.made(agreed.record)
    flow.carry(met, by=officer)

    shown = desk.get(draft).content.decode()

    for offered in ("Add a paragraph", ">Edit<", "Remove", "Move up", "Carry over"):
        assert offered not in shown
    assert "lies before the group" in shown
    form = desk.get(reverse("desk:summary_paragraph", args=[met.slug, paragraph.pk]))
    assert "Save and return" not in form.content.decode()
    other = reverse("desk:summary_draft", args=[met.slug, "ar"])
    assert "Add a paragraph" in desk.get(other).content.decode()


def test_who_agreed_is_erased_by_an_officer_who_means_it(desk, met, officer):
    summaries.write(met, "It was discussed.", by=officer)
    said = summaries.said(agreed_by="Sample Person")
    agreed = flow.agree(summaries.fixed(met, by=officer), said, by=officer)
    address = reverse("desk:summary_names", args=[met.slug, agreed.pk])
    sent = {"ground": "unlawful", "reason": "A court ordered it."}
    assert desk.post(address, sent).status_code == 422

    assert desk.post(address, sent | {"is_meant": "on"}).status_code == 302

    assert Agreement.objects.get().agreed_by == "[…]"
