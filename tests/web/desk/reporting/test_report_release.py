"""What was written is frozen, made into files, released and delivered from the desk."""

import contextlib

import pytest

from consulta.core.submission import Sender
from consulta.flow import erasing, journey
from consulta.groups.models import Role
from consulta.reports import assembly, making, writing
from consulta.reports.models import Delivery, Edition, ReleaseNote
from consulta.reports.renderers import apart
from consulta.reports.renderers.apart import LayoutFailedError
from consulta.reports.writing import Typed
from consulta.responses import moderation
from consulta.responses.models import Response
from consulta.responses.moderation import Because
from tests.web.desk.reporting.sent import BASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(desk, publish, closed, paragraph, officer):
    """Freeze a document at the desk; its files are made unless *made* is False."""
    number = publish().number
    writing.save(paragraph, [Typed(None, "One agrees.", (number,))], revision=1, by=officer)
    closed()

    def _freeze(kind="consolidated", *, made=True, **more):
        desk.post(f"{BASE}freeze/", {"kind": kind, "language": "en"} | more)
        assembly.freeze_waiting()
        if made:
            assembly.render_waiting()
        return Edition.objects.filter(kind=kind).latest("pk")

    return _freeze


def page_of(edition):
    return f"{BASE}editions/{edition.pk}/"


def test_before_the_close_nothing_is_frozen_and_the_page_says_why(desk, publish):
    publish()

    page = desk.post(f"{BASE}freeze/", {"kind": "compilation", "language": "en"}, follow=True)

    assert "has not closed yet" in page.content.decode()
    assert not Edition.objects.exists()


def test_while_its_files_are_made_the_page_of_an_edition_says_how_far_they_are(desk, frozen):
    edition = frozen(made=False)
    waiting = desk.get(page_of(edition)).content.decode()
    part = desk.get(f"{page_of(edition)}state/").content.decode()
    assembly.render_waiting()
    ready = desk.get(page_of(edition)).content.decode()

    assert "The files are being made" in waiting
    assert "Look again" in part
    assert "<html" not in part
    assert edition.content_sha256
    assert "consolidated-11-E.pdf" in ready


def test_freezing_answers_at_once_says_how_far_it_is_and_goes_on_to_the_edition(
    desk, publish, closed
):
    publish()
    closed()
    sent = {"kind": "compilation", "language": "en"}

    pressed = desk.post(f"{BASE}freeze/", sent)
    there = pressed["Location"]
    waiting = desk.get(there).content.decode()
    part = desk.get(f"{there}state/")
    twice = desk.post(f"{BASE}freeze/", sent, follow=True)
    listed = desk.get(BASE).content.decode()
    none_yet = Edition.objects.exists()
    assembly.freeze_waiting()
    done = desk.get(f"{there}state/")

    assert not none_yet
    assert "is being drawn up" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "0 of 1 responses" in part.content.decode()
    assert "HX-Redirect" not in part
    assert twice.redirect_chain[-1][0] == there
    assert "Officer asked for it at" in twice.content.decode()
    assert there in listed
    assert done["HX-Redirect"] == page_of(Edition.objects.get())
    assert desk.get(there)["Location"] == page_of(Edition.objects.get())
    assert there not in desk.get(BASE).content.decode()


def test_what_could_not_be_frozen_says_why_and_how_to_mend_it(desk, frozen, publish, officer):
    frozen()
    sent = {"kind": "consolidated", "language": "en", "errata": "Corrected."}
    there = desk.post(f"{BASE}freeze/", sent)["Location"]
    moderation.remove(Response.objects.get(), Because("unlawful", "By order."), by=officer)
    assembly.freeze_waiting()

    page = desk.get(there).content.decode()

    assert "Nothing was frozen." in page
    assert "Responses were published or taken down after it was asked for" in page
    assert "refresh" not in page
    assert "Could not be frozen" in desk.get(BASE).content.decode()
    assert Edition.objects.count() == 1


def test_release_is_offered_once_all_files_are_made(desk, frozen, monkeypatch):
    edition = frozen(made=False)
    keep, kept = making._keep, []

    def only_two(*given):
        if len(kept) == 2:
            raise LayoutFailedError("killed")
        kept.append(keep(*given))

    with monkeypatch.context() as broken:
        broken.setattr(making, "_keep", only_two)
        with contextlib.suppress(LayoutFailedError), making.alone():
            making.make(Edition.objects.get(pk=edition.pk))
    early = desk.get(page_of(edition)).content.decode()
    asked = desk.get(f"{page_of(edition)}release/").content.decode()
    refused = desk.post(f"{page_of(edition)}release/", {"release": "1"}, follow=True)
    assembly.render_waiting()
    ready = desk.get(page_of(edition)).content.decode()

    assert edition.files.count() == 5
    assert f"{page_of(edition)}release/" not in early
    assert "It can be released once all its files are made." in early
    assert "Release now" not in asked
    assert "still being made" in refused.content.decode()
    assert f"{page_of(edition)}release/" in ready


def test_after_an_erasure_the_list_says_which_edition_counts(desk, frozen, officer):
    held = frozen("compilation")
    law = Because("unlawful", "By order of a court.")
    erasing.erase(Response.objects.get(), law, by=officer)
    erasing.redact_due()
    (redacted,) = Edition.objects.filter(redacts=held)

    listed = desk.get(BASE).content.decode()
    rows = {pk: listed.split(page_of(pk))[1].split("</tr>")[0] for pk in (held, redacted)}

    assert "Taken away by law" in rows[held]
    assert "Ready to release" not in rows[held]
    assert "Redacted edition" in rows[redacted]
    assert "Ready to release" in rows[redacted]
    assert f"{page_of(held)}release/" not in desk.get(page_of(held)).content.decode()
    assert f"{page_of(redacted)}release/" in desk.get(page_of(redacted)).content.decode()


def test_files_of_an_edition_are_downloaded_as_they_are_stored(desk, frozen):
    edition = frozen("compilation")
    (pdf,) = [file for file in edition.files.all() if file.format == "pdf"]

    page = desk.get(f"{page_of(edition)}files/{pdf.pk}/{pdf.name}")

    stored = b"".join(page.streaming_content)
    assert len(stored) == pdf.size
    assert page["Content-Disposition"] == f'attachment; filename="{pdf.name}"'
    assert desk.get(f"{page_of(edition)}files/{pdf.pk}/other.pdf").status_code == 404


def test_what_could_not_be_laid_out_says_so_and_is_tried_again(desk, frozen, monkeypatch):
    def fail(*_given, **_more):
        raise LayoutFailedError("not finished after 180 seconds")

    with monkeypatch.context() as broken:
        broken.setattr(apart, "lay_out", fail)
        edition = frozen()
        for _ in range(assembly.ATTEMPTS):
            assembly.render_waiting()
        shown = desk.get(page_of(edition)).content.decode()

    desk.post(f"{page_of(edition)}again/")
    assembly.render_waiting()
    edition.refresh_from_db()

    assert "not finished after 180 seconds" in shown
    assert "Try again" in shown
    assert edition.rendered_at is not None


def test_a_later_edition_says_what_changed(desk, frozen):
    frozen()
    second = frozen(errata="The figures of question 2 are corrected.")

    assert second.ordinal == 2
    assert "The figures of question 2 are corrected." in str(second.content["blocks"][1])
    assert {file.name for file in second.files.all()} == {
        "consolidated-11-E-edition-2.akn.xml",
        "consolidated-11-E-edition-2.docx",
        "consolidated-11-E-edition-2.html",
        "consolidated-11-E-edition-2.json",
        "consolidated-11-E-edition-2.pdf",
    }


def test_where_no_sentence_changed_a_later_edition_promises_no_list_of_changes(desk, frozen):
    frozen()
    sent = {"kind": "consolidated", "language": "en", "errata": ""}

    shown = desk.post("/en/desk/consultations/sample-topic/report/freeze/", sent)

    assert shown.status_code == 422
    assert "responses that came or went" in shown.content.decode()
    assert "A list of the changes is below" not in shown.content.decode()


def test_the_form_offers_the_language_in_which_the_consultation_was_written(desk, frozen):
    page = desk.get("/en/desk/consultations/sample-topic/report/").content.decode()

    assert '<option value="en" selected>' in page


def test_release_asks_first_and_is_refused_while_a_response_is_undecided(desk, frozen, submission):
    undecided = journey.submission_arrives(submission("Who am I?")).number
    edition = frozen()

    asked = desk.get(f"{page_of(edition)}release/").content.decode()
    refused = desk.post(f"{page_of(edition)}release/", {"release": "1"}, follow=True)
    edition.refresh_from_db()

    assert undecided in asked
    assert "Release now" not in asked
    assert undecided in refused.content.decode()
    assert edition.released_at is None


def test_with_the_explanation_on_record_the_report_is_released(desk, frozen, submission):
    journey.submission_arrives(submission("Who am I?"))
    edition = frozen()

    desk.post(f"{page_of(edition)}release/", {"explain": "1", "explanation": "We ask its sender."})
    desk.post(f"{page_of(edition)}release/", {"waive": "1", "waiver": "One officer."})
    desk.post(f"{page_of(edition)}release/", {"release": "1"})
    edition.refresh_from_db()

    assert ReleaseNote.objects.get().explanation == "We ask its sender."
    assert edition.released_at is not None


def test_an_empty_explanation_is_none(desk, frozen, submission):
    journey.submission_arrives(submission("Who am I?"))
    edition = frozen()

    page = desk.post(f"{page_of(edition)}release/", {"explain": "1", "explanation": " "})

    assert page.status_code == 422
    assert not ReleaseNote.objects.exists()


def test_responses_compilation_and_report_are_delivered_with_their_numbers(
    desk, frozen, submission, officer
):
    sender = Sender("other@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Buy now!", sender=sender))
    declined = Response.objects.get(number=given.number)
    moderation.decline(declined, Because("spam", "An advertisement."), by=officer)
    for kind in ("compilation", "consolidated"):
        edition = frozen(kind)
        desk.post(f"{page_of(edition)}release/", {"waive": "1", "waiver": "One officer."})
        desk.post(f"{page_of(edition)}release/", {"release": "1"})

    desk.post(f"{BASE}deliver/", {"prepare": "1"})
    assembly.freeze_waiting()
    early = desk.post(f"{BASE}deliver/", {"deliver": "1"}, follow=True).content.decode()
    assembly.render_waiting()
    desk.post(f"{BASE}deliver/", {"deliver": "1"})
    shown = desk.get(f"{BASE}deliver/").content.decode()

    assert "still being made" in early
    assert Delivery.objects.count() == 1
    assert [number in shown for number in ("SWG3/1-E", "SWG3/2-E", "SWG3/3-E")] == [True] * 3
    received = Edition.objects.get(kind="received")
    assert desk.post(f"{page_of(received)}release/", {"release": "1"}).status_code == 302
    received.refresh_from_db()
    assert received.released_at is None


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.EDITOR, "release/", 403),
        (Role.READER, "", 200),
        (Role.MODERATOR, "release/", 403),
    ],
)
def test_only_officers_release(client, frozen, appointed, role, place, status):
    edition = frozen()

    assert appointed(client, role).get(page_of(edition) + place).status_code == status
