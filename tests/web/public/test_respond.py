"""Responding through the web form: nothing that was typed is ever lost, and one press is one response."""

from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consulta.consultations import queries
from consulta.core.lifecycle import State
from consulta.mailroom import spool
from consulta.mailroom.models import OutgoingMail
from consulta.responses import attachments, drafts
from consulta.responses.models import Attachment, Draft, DraftFile, Response
from consulta.web.public.respond import asked, uploads
from consulta.web.ui.templatetags.ui import filesize
from tests.adapters.files import made

pytestmark = pytest.mark.django_db
FORM = "/en/consultations/sample-topic/respond/"
GIVEN = {
    "answer-1": "We welcome it.",
    "answer-2": "",
    "answer-0": "",
    "language": "en",
    "kind": "organisation",
    "organisation": "Sample Organisation",
    "name": "Sample Person",
    "stakeholder_group": "civil-society",
    "country": "CH",
    "email": "person@example.org",
}


@pytest.fixture
def visitor(consultation):
    return Client()


@pytest.fixture
def save(visitor):
    def _save(address=FORM, act="save", **changes):
        last = Draft.objects.order_by("saved_at").last()
        seen = {"seen": last.saved_at.isoformat()} if last and address != FORM else {}
        return visitor.post(address, GIVEN | seen | changes | {"act": act})

    return _save


@pytest.fixture
def begun(save):
    """The address of a saved draft."""
    return save()["Location"].split("?")[0]


@pytest.fixture
def send(visitor, begun):
    def _send(address=None):
        terms = visitor.get(f"{address or begun}check/").context["terms"].version
        return visitor.post(f"{address or begun}check/", {"terms": terms})

    return _send


def words_of(page):
    return page.content.decode()


def test_the_form_shows_the_questions_to_a_reader_without_an_account(visitor):
    page = words_of(visitor.get(FORM))

    assert "Question 1?" in page
    assert "Question 2?" in page
    assert 'enctype="multipart/form-data"' in page


def test_the_form_speaks_arabic_and_marks_a_question_in_another_language(visitor):
    page = words_of(visitor.get("/ar/consultations/sample-topic/respond/"))

    assert '<html lang="ar" dir="rtl">' in page
    assert '<span class="question-text" lang="en" dir="ltr">Question 1?</span>' in page
    assert '<option value="ar" selected>' in page


def test_the_first_save_makes_a_draft_and_leads_to_its_private_address(save):
    answer = save()

    assert answer.status_code == 303
    assert answer["Location"].startswith("/en/drafts/")
    draft = Draft.objects.get()
    assert draft.content["answers"]["1"] == "We welcome it."
    assert draft.token_hash not in answer["Location"]


def test_private_pages_are_kept_by_nobody_and_told_to_nobody(visitor, begun, send):
    mine = send()["Location"]

    for address in (begun, f"{begun}check/", mine):
        page = visitor.get(address)
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]


def test_the_draft_shows_what_was_typed_and_its_return_link(visitor, begun):
    page = words_of(visitor.get(begun))

    assert "We welcome it." in page
    assert f"http://testserver{begun}" in page


def test_a_wrong_field_empties_nothing_and_is_said_in_the_summary(visitor, begun, save):
    answer = save(begun, act="check", email="no address", country="XX", organisation="")

    page = words_of(answer)
    assert answer.status_code == 422
    assert "things need your attention" in page
    assert 'href="#id_email"' in page
    assert "name@example.org" in page
    assert "Choose a country from the list." in page
    assert "We welcome it." in page
    assert "no address" in page
    assert Draft.objects.get().content["email"] == "no address"


def test_an_organisation_gives_its_name_and_group(begun, save):
    page = words_of(save(begun, act="check", organisation=" ", stakeholder_group=""))

    assert "Give the organisation&#x27;s name" in page
    assert "Choose the stakeholder group of the organisation." in page


def test_mistakes_in_the_first_form_are_shown_at_the_draft_s_own_address(visitor, save):
    answer = save(act="check", email="no address")

    page = words_of(visitor.get(answer["Location"]))
    assert answer["Location"].endswith("/?check=1")
    assert "This is not a whole e-mail address." in page
    assert f'action="{answer["Location"].split("?")[0]}"' in page


def test_an_individual_needs_neither(visitor, begun, save):
    changes = {"kind": "individual", "organisation": "", "stakeholder_group": ""}

    assert save(begun, act="check", **changes)["Location"] == f"{begun}check/"


@pytest.mark.parametrize("text", ["  ", "\x07", "\u200b\u3164"])
def test_nothing_said_is_not_sent(begun, save, text):
    page = words_of(save(begun, act="check", **{"answer-1": text}))

    assert "There is no answer and no file yet." in page


def test_a_file_alone_is_a_response(visitor, begun, save):
    file = SimpleUploadedFile("position.txt", b"Our position.")

    answer = save(begun, act="check", files=file, **{"answer-1": ""})

    assert answer["Location"] == f"{begun}check/"


def test_before_sending_the_terms_the_licence_and_the_privacy_notice_are_shown(visitor, begun):
    page = words_of(visitor.get(f"{begun}check/"))

    for told in ("Creative Commons Attribution 4.0", "Privacy notice", "Version of these terms"):
        assert told in page
    assert "Sample Organisation" in page
    assert "We welcome it." in page


def test_sending_leads_to_the_receipt_with_number_copy_and_fingerprint(visitor, send):
    answer = send()

    assert answer.status_code == 303
    assert answer["Location"].startswith("/en/mine/")
    page = words_of(visitor.get(answer["Location"]))
    response = Response.objects.get()
    assert response.number in page
    assert response.versions.get().private_fingerprint in page
    assert "We welcome it." in page
    assert (response.terms, response.channel) == ("1/CC-BY-4.0", "web")
    assert response.respondent.organisation_name == "Sample Organisation"


def test_terms_that_changed_since_they_were_shown_are_shown_again(visitor, begun):
    page = visitor.post(f"{begun}check/", {"terms": "0/older"})

    assert page.status_code == 200
    assert "The terms changed since you saw them." in words_of(page)
    assert not Response.objects.exists()


def test_a_double_click_on_send_is_one_response_and_its_receipt_again(visitor, send, begun):
    first, second = send(), visitor.post(f"{begun}check/", {"terms": "1/CC-BY-4.0"})

    assert first["Location"] != second["Location"]
    number = Response.objects.get().number
    assert number in words_of(visitor.get(second["Location"]))
    assert OutgoingMail.objects.count() == 1


def test_back_and_send_again_shows_that_it_was_sent(visitor, send, begun):
    send()

    page = words_of(visitor.get(begun))
    again = visitor.post(begun, GIVEN | {"act": "check", "answer-1": "Changed after sending."})

    assert "This was sent" in page
    assert Response.objects.get().number in page
    assert again["Location"].startswith("/en/mine/")
    assert Response.objects.get().versions.get().answers.get().text == "We welcome it."


def test_a_window_left_behind_never_empties_what_another_one_filled(visitor, begun, save):
    seen = visitor.get(begun).context["seen"]
    save(begun, seen=seen, **{"answer-2": "Written in the first window."})

    save(begun, seen=seen, **{"answer-2": ""}, name="")

    content = Draft.objects.get().content
    assert content["answers"]["2"] == "Written in the first window."
    assert content["name"] == "Sample Person"


def test_what_is_taken_out_on_purpose_is_gone(visitor, begun, save):
    seen = visitor.get(begun).context["seen"]

    save(begun, seen=seen, **{"answer-1": ""})

    assert Draft.objects.get().content["answers"]["1"] == ""


def test_saving_while_writing_answers_with_the_draft_s_address(visitor, begun):
    answer = visitor.post(
        begun, GIVEN | {"answer-1": "Half a sen"}, headers={"X-Autosave": "1"}
    ).json()

    assert answer["href"] == begun
    assert Draft.objects.get().content["answers"]["1"] == "Half a sen"


def test_files_are_kept_at_once_and_can_be_taken_off(visitor, begun, save):
    save(begun, act="add", files=SimpleUploadedFile("position.txt", b"Our position."))
    file = DraftFile.objects.get()

    assert "position.txt" in words_of(visitor.get(begun))
    save(begun, act=f"remove:{file.pk}")

    assert not DraftFile.objects.exists()


def test_a_file_of_another_draft_cannot_be_taken_off(visitor, begun, save):
    other = save()["Location"].split("?")[0]
    save(other, act="add", files=SimpleUploadedFile("theirs.txt", b"Theirs."))

    save(begun, act=f"remove:{DraftFile.objects.get().pk}")

    assert DraftFile.objects.count() == 1


def test_too_many_megabytes_are_refused_and_the_draft_is_kept(begun, save):
    large = SimpleUploadedFile("large.txt", b"a" * 60_000_000)

    answer = save(begun, act="add", files=large, **{"answer-2": "Typed with it."})

    assert answer.status_code == 422
    assert "all files together may have" in words_of(answer)
    assert "Typed with it." in words_of(answer)
    assert Draft.objects.get().content["answers"]["2"] == "Typed with it."
    assert not DraftFile.objects.exists()


def test_too_much_uploaded_in_an_hour_waits_and_the_draft_is_kept(begun, save, monkeypatch):
    monkeypatch.setattr(uploads, "PER_HOUR", 4096)
    for name in ("a.txt", "b.txt"):
        save(begun, act="add", files=SimpleUploadedFile(name, name.encode() * 400))

    answer = save(
        begun, act="add", files=SimpleUploadedFile("c.txt", b"c"), **{"answer-2": "More."}
    )

    assert answer.status_code == 422
    assert "were uploaded within an hour" in words_of(answer)
    assert Draft.objects.get().content["answers"]["2"] == "More."
    assert [file.name for file in DraftFile.objects.order_by("pk")] == ["a.txt", "b.txt"]


def test_a_file_that_is_removed_leaves_the_disk_unless_another_draft_names_it(
    begun, save, django_capture_on_commit_callbacks
):
    save(begun, act="add", files=SimpleUploadedFile("position.txt", b"Our position."))
    file = DraftFile.objects.get()
    other = DraftFile.objects.create(
        draft=file.draft, name="again.txt", path=file.path, sha256=file.sha256, size=file.size
    )
    still = []
    for row in (other, file):
        with django_capture_on_commit_callbacks(execute=True):
            save(begun, act=f"remove:{row.pk}")
        still.append(spool.locate(file.path).exists())

    assert still == [True, False]


def test_a_program_is_refused_by_its_content_whatever_its_name(begun, save):
    program = SimpleUploadedFile("paper.pdf", b"MZ\x90\x00" + b"\x00" * 200)

    assert "its content is no PDF, DOCX" in words_of(save(begun, act="add", files=program))


def test_a_file_with_a_password_is_asked_for_again_at_once(begun, save):
    locked = made.saved(made.pdf(), encryption=pikepdf.Encryption(user="a", owner="b"))
    unprintable = made.saved(made.pdf(), encryption=pikepdf.Encryption(user="", owner="b"))

    answer = save(begun, act="add", files=SimpleUploadedFile("views.pdf", locked))
    save(begun, act="add", files=SimpleUploadedFile("open.pdf", unprintable))

    assert answer.status_code == 422
    assert "“views.pdf” was not added: it opens only with a password" in words_of(answer)
    assert [file.name for file in DraftFile.objects.all()] == ["open.pdf"]
    assert len(list(spool.locate(DraftFile.objects.get().path).parent.iterdir())) == 1


def test_a_new_version_says_which_file_is_missing_until_one_comes(visitor, save, send, begun):
    save(begun, act="add", files=SimpleUploadedFile("views.txt", b"Our views."))
    send()
    Attachment.objects.update(safety="unreadable", findings=["encrypted"])
    opened = drafts.reopen(Response.objects.get(), now=timezone.now())
    address = f"/en/drafts/{opened.token}/"

    before = words_of(visitor.get(address))
    save(address, act="add", files=SimpleUploadedFile("open.txt", b"Our views."))
    after = words_of(visitor.get(address))

    assert "is left out. Add it here without one: <bdi>“views.txt”</bdi>" in before
    assert "left out" not in after


def test_a_file_name_leads_nowhere(begun, save):
    save(begun, act="add", files=SimpleUploadedFile("../../etc/passwd\x00.txt", b"Text."))

    file = DraftFile.objects.get()
    assert "/" not in file.name
    assert "\x00" not in file.name
    assert file.path.startswith("spool/uploads/")


def test_the_same_file_twice_stands_there_once(begun, save):
    for _time in range(2):
        save(begun, act="add", files=SimpleUploadedFile("position.txt", b"Our position."))

    assert DraftFile.objects.count() == 1


def test_two_hundred_kilobytes_are_kept_and_refused_with_a_way_out(visitor, begun, save):
    long = "a" * 200_000

    answer = save(begun, act="check", **{"answer-1": long})

    assert answer.status_code == 422
    assert "add the long text as a file" in words_of(answer)
    assert Draft.objects.get().content["answers"]["1"] == long


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("zero\x00one\x1btwo", "zeroonetwo"),
        ("a\r\nb", "a\nb"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_hostile_text_is_kept_as_text_and_shown_as_text(visitor, begun, save, send, typed, kept):
    save(begun, **{"answer-1": typed})

    page = words_of(visitor.get(send()["Location"]))

    assert Response.objects.get().versions.get().answers.get().text == kept
    assert "<script>alert" not in page


def test_a_lone_surrogate_cannot_break_the_draft(consultation):
    opened = drafts.begin(consultation, {"answers": {"1": "a\ud800b"}}, now=timezone.now())

    assert Draft.objects.get(pk=opened.draft.pk).content["answers"]["1"] == "a\ufffdb"


def test_a_name_cannot_begin_a_header(begun, save, send):
    save(begun, name="Person\r\nBcc: victim@example.org", organisation="Org\nSubject: x")

    send()

    respondent = Response.objects.get().respondent
    assert respondent.name == "Person Bcc: victim@example.org"
    assert respondent.organisation_name == "Org Subject: x"
    raw = bytes(OutgoingMail.objects.get().raw)
    assert b"\r\nBcc:" not in raw
    assert b"\r\nSubject: x" not in raw


def test_an_address_cannot_carry_a_header(begun, save):
    page = words_of(save(begun, act="check", email="a@example.org\r\nBcc: b@example.org"))

    assert "This is not a whole e-mail address." in page


def test_without_an_address_it_is_sent_and_told_that_no_name_is_shown(visitor, begun, save, send):
    save(begun, email="")

    told = words_of(visitor.get(f"{begun}check/"))
    page = words_of(visitor.get(send()["Location"]))

    assert "no name will be shown" in told
    assert "No name will be shown" in page
    assert Response.objects.get().state == State.ACCEPTED
    assert not OutgoingMail.objects.exists()


def test_too_many_mails_to_one_address_never_cost_a_response(visitor, save):
    pages = []
    for number in range(7):
        address = save(**{"answer-1": f"Text {number}"})["Location"].split("?")[0]
        pages.append(visitor.post(f"{address}check/", {"terms": "1/CC-BY-4.0"})["Location"])

    assert Response.objects.count() == 7
    assert OutgoingMail.objects.count() == 5
    assert "none went to" in words_of(visitor.get(pages[-1]))


def test_the_return_link_is_mailed_to_oneself_masked_at_the_desk(begun, save):
    answer = save(begun, act="mail")

    mail = OutgoingMail.objects.get()
    assert "mailed=1" in answer["Location"]
    assert begun.encode() in bytes(mail.raw)
    assert begun not in mail.masked_text


def test_the_return_link_is_not_mailed_without_end(begun, save):
    last = [save(begun, act="mail") for _time in range(6)][-1]

    assert OutgoingMail.objects.count() == 5
    assert last.status_code == 422
    assert "try again in" in words_of(last)


def test_an_unknown_draft_says_so(visitor):
    answer = visitor.get("/en/drafts/nobodys-secret-of-22-ch/")

    assert answer.status_code == 404
    assert "This link does not open anything" in words_of(answer)


def test_a_draft_whose_time_is_over_is_unknown(visitor, begun):
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert visitor.get(begun).status_code == 404


def test_before_the_opening_the_page_says_when(visitor, consultation):
    consultation.opens_at = timezone.now() + timedelta(days=3)
    consultation.save()

    page = words_of(visitor.get(FORM))

    assert "This consultation is not open yet" in page
    assert "<textarea" not in page


def test_a_cancelled_consultation_says_why(visitor, consultation):
    consultation.cancelled_at, consultation.cancellation_reason = timezone.now(), "No quorum."
    consultation.save()

    assert "No quorum." in words_of(visitor.get(FORM))


def test_a_consultation_of_the_public_record_takes_no_more_responses(visitor, consultation):
    consultation.is_record, consultation.announced_at = True, None
    consultation.opens_at = consultation.closes_at = None
    consultation.save()

    page = words_of(visitor.get(FORM))

    assert "It takes no more responses." in page
    assert "mailto:" not in page


def close(consultation, *, ago):
    consultation.closes_at = timezone.now() - ago
    consultation.save()


def test_a_draft_saved_before_the_close_may_be_sent_for_an_hour_and_is_marked(
    visitor, begun, consultation, send
):
    Draft.objects.update(created_at=timezone.now() - timedelta(hours=2))
    close(consultation, ago=timedelta(minutes=59))

    page = words_of(visitor.get(f"{begun}check/"))
    send()

    assert "it may still be sent until" in page
    response = Response.objects.get()
    assert (response.late, response.within_grace) == (True, True)


def test_after_that_the_draft_is_kept_and_the_page_names_the_address(
    visitor, begun, consultation, send
):
    Draft.objects.update(created_at=timezone.now() - timedelta(hours=2))
    close(consultation, ago=timedelta(minutes=61))

    answer = send()

    assert answer.status_code == 409
    assert "This consultation is closed" in words_of(answer)
    assert queries.response_address(consultation) in words_of(answer)
    assert "We welcome it." in words_of(visitor.get(begun))
    assert not Response.objects.exists()


def test_what_was_typed_before_the_first_save_is_kept_even_after_the_close(
    visitor, save, consultation
):
    close(consultation, ago=timedelta(minutes=1))

    address = save()["Location"]

    page = words_of(visitor.get(address))
    assert "We welcome it." in page
    assert "This consultation is closed" in page


def test_the_close_is_read_from_the_instant_the_request_began(visitor, begun, consultation):
    close(consultation, ago=timedelta(hours=3))
    in_time = (consultation.closes_at - timedelta(milliseconds=1)).timestamp()

    visitor.post(f"{begun}check/", {"terms": "1/CC-BY-4.0"}, **{"consulta.began_at": in_time})

    assert Response.objects.get().late is False


def test_the_empty_form_is_the_same_for_everyone_so_that_a_rush_finds_it_ready(visitor):
    page = visitor.get(FORM)

    assert page["X-Consulta-Finished"] == "pages"
    assert "csrf" not in words_of(page)
    assert not page.cookies


def test_a_lost_cookie_loses_no_word_but_sending_needs_its_token(consultation):
    strict = Client(enforce_csrf_checks=True)

    address = strict.post(FORM, GIVEN | {"act": "save"})["Location"].split("?")[0]
    sent = strict.post(f"{address}check/", {"terms": "1/CC-BY-4.0"})

    assert Draft.objects.get().content["answers"]["1"] == "We welcome it."
    assert sent.status_code == 403
    assert not Response.objects.exists()


def test_what_the_procedure_does_not_let_anyone_withhold_cannot_be(begun, save, monkeypatch):
    monkeypatch.setattr(asked, "_ticks", lambda _consultation: ())

    save(begun, withhold_name="on", kind="individual")

    assert Draft.objects.get().content["withhold_name"] is False


def test_limits_are_told_beside_the_field(visitor):
    page = words_of(visitor.get(FORM))

    assert f"together up to {filesize(attachments.MAX_TOTAL)}" in page
