"""What the law takes away is served nowhere from that moment, and redacted editions take the addresses."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Question
from consulta.core.submission import Sender
from consulta.flow import accounting, erasing, journey, reporting, tasks
from consulta.groups.models import Group
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.meetings.models import Document, Meeting
from consulta.reports import assembly, delivery, making, redacting, release, since, writing
from consulta.reports.errors import RestrictedError
from consulta.reports.models import Edition, FrozenSentence, Restriction
from consulta.reports.writing import Typed
from consulta.repository.models import Record
from consulta.responses import moderation, publication, withdrawal
from consulta.responses.erasing import UndecidedStillError
from consulta.responses.errors import GroundMissingError, ReasonMissingError
from consulta.responses.models import Response
from consulta.responses.moderation import Because

SECRET = "Sample words that the law forbids"
LAW = Because("unlawful", "By order of a court.")
REPORT = "/en/consultations/sample-topic/report/"


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    """Two formats are enough to see what is served; tests/reports look at all of them."""
    monkeypatch.setattr(making, "FORMATS", ("json", "html"))


@pytest.fixture
def publish(submission, officer):
    def _publish(text):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender))
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        return response

    return _publish


@pytest.fixture
def law(publish):
    """The response that the law will take away."""
    return publish(SECRET)


@pytest.fixture
def other(publish):
    return publish("Open words.")


@pytest.fixture
def closed(consultation, body, law, other):
    group = Group.objects.create(body=body, slug="sample-group", short_name="SWG")
    consultation.group = group
    consultation.group_meeting = Meeting.objects.create(
        group=group, kind="group", number=3, slug="swg-3", starts_on=date(2027, 3, 3)
    )
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    return consultation


def freeze(consultation, kind, by, **more):
    made = assembly.freeze(consultation, kind, language="en", by=by, **more)
    assembly.render_waiting()
    made.refresh_from_db()
    return made


def release_it(edition, by):
    if edition.kind == Edition.Kind.CONSOLIDATED:
        release.waive_review(edition, "A sample has one officer.", by=by)
    reporting.release_edition(edition, by=by)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def delivered(closed, law, other, officer):
    """Compilation and report released, everything delivered to the group."""
    question = Question.objects.get(consultation=closed, position=1)
    paragraph = writing.add_paragraph(closed, question, language="en", by=officer)
    said = [
        Typed(None, f"{SECRET} was said.", (law.number,)),
        Typed(None, "Both answered.", (law.number, other.number)),
    ]
    writing.save(paragraph, said, revision=1, by=officer)
    kinds = Edition.Kind
    made = {kind: freeze(closed, kind, officer) for kind in (kinds.COMPILATION, kinds.CONSOLIDATED)}
    for edition in made.values():
        release_it(edition, officer)
    delivery.prepare(closed, language="en", by=officer)
    assembly.freeze_waiting()
    made[kinds.RECEIVED] = Edition.objects.get(kind=kinds.RECEIVED)
    assembly.render_waiting()
    reporting.deliver(closed, by=officer)
    return made


def served():
    """Every byte that pages, documents, records and the members' area give out of the files."""
    found = []
    for edition in Edition.objects.all():
        for file in edition.files.all():
            answer = Client().get(f"/en/editions/{edition.pk}/{file.name}")
            if answer.status_code == 200:
                found.append(answer.getvalue())
    paths = [
        f["path"] for row in (*Document.objects.all(), *Record.objects.all()) for f in row.files
    ]
    return [*found, *(spool.locate(path).read_bytes() for path in paths)]


def holds(data, words):
    """Whether *words* are in bytes of HTML, JSON, XML, or in the parts of a Word document."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(words.encode() in archive.read(name) for name in archive.namelist())
    return words.encode() in data


def test_from_the_act_on_no_byte_is_served_that_held_it(delivered, law, officer):
    assert any(holds(data, SECRET) for data in served())
    erasing.erase(law, LAW, by=officer)
    assert served() == []
    page = Client().get(REPORT).content.decode()
    assert SECRET not in page
    law.refresh_from_db()
    assert law.state == "removed"
    assert [a.text for v in law.versions.all() for a in v.answers.all()] == [""]


def test_redacted_editions_take_every_address_and_hold_nothing_of_it(
    delivered, law, other, officer
):
    addresses = {e.pk: {f.name for f in e.files.all()} for e in delivered.values()}
    erasing.erase(law, LAW, by=officer)
    assert erasing.redact_due() == 3
    assert erasing.redact_due() == 0  # twice is once
    files = served()
    assert files
    assert not any(holds(data, SECRET) for data in files)
    assert any(holds(data, "Open words.") for data in files)
    for edition in (delivered[Edition.Kind.COMPILATION], delivered[Edition.Kind.CONSOLIDATED]):
        for name in addresses[edition.pk]:
            assert Client().get(f"/en/editions/{edition.pk}/{name}").getvalue()
    for row in (*Document.objects.all(), *Record.objects.all()):
        assert {f["name"] for f in row.files} == {f["name"] for f in row.withheld_files}
    texts = list(FrozenSentence.objects.filter(edition__redaction=1).values_list("text", flat=True))
    assert texts == ["[…]", "Both answered."]


def test_the_page_shows_the_old_hash_with_the_reason_and_the_date(delivered, law, officer):
    old = delivered[Edition.Kind.CONSOLIDATED]
    erasing.erase(law, LAW, by=officer)
    waiting = Client().get(REPORT).content.decode()
    assert "By order of a court." in waiting
    erasing.redact_due()
    page = Client().get(REPORT).content.decode()
    assert old.content_sha256 in page
    assert "By order of a court." in page
    assert SECRET not in page


def test_the_ledger_keeps_both_and_verification_stays_right(delivered, law, officer):
    old = delivered[Edition.Kind.COMPILATION]
    erasing.erase(law, LAW, by=officer)
    assert list(accounting.faults(accounting.Account())) == []
    erasing.redact_due()
    assert list(accounting.faults(accounting.Account())) == []
    new = Restriction.objects.get(edition=old).redacted
    entry = Entry.objects.get(act="edition_redacted", subject=f"reports.edition:{new.pk}")
    told = json.loads(bytes(entry.body))["commitments"]
    assert told == {"content": new.content_sha256, "restricted": old.content_sha256}


@pytest.mark.parametrize("step", ["drawn up", "rendered"])
def test_a_worker_killed_between_two_steps_is_gone_on_by_the_next_sweep(
    delivered, law, officer, step, monkeypatch
):
    """Each step commits alone; what a killed process left is found by a query."""
    erasing.erase(law, LAW, by=officer)
    for restriction in redacting.undrawn():
        redacting.draw_up(restriction)
    if step == "rendered":
        assembly.render_waiting()
    assert served() == []
    monkeypatch.setattr(tasks.checkpoints, "sign", lambda: None)
    tasks.sweep()
    files = served()
    assert files
    assert not any(holds(data, SECRET) for data in files)


def test_a_second_erasure_redacts_the_redacted_edition(delivered, law, other, officer):
    first = delivered[Edition.Kind.COMPILATION]
    erasing.erase(law, LAW, by=officer)
    erasing.redact_due()
    erasing.erase(other, LAW, by=officer)
    assert served() == []
    erasing.redact_due()
    assert redacting.in_its_place(first.pk).redaction == 2
    files = served()
    assert files
    assert not any(holds(data, words) for data in files for words in (SECRET, "Open words."))


def test_what_is_taken_away_while_another_is_drawn_up_is_in_no_edition(
    delivered, law, other, officer
):
    erasing.erase(law, LAW, by=officer)
    for restriction in redacting.undrawn():
        redacting.draw_up(restriction)
    erasing.erase(other, LAW, by=officer)
    erasing.redact_due()
    erasing.redact_due()
    files = served()
    assert files
    assert not any(holds(data, words) for data in files for words in (SECRET, "Open words."))


def test_a_sealed_original_stays_at_the_desk_alone(delivered, law, officer):
    erasing.erase(law, LAW, by=officer, is_sealed=True)
    erasing.redact_due()
    assert not any(holds(data, SECRET) for data in served())
    assert [a.text for v in law.versions.all() for a in v.answers.all()] == [SECRET]
    assert list(accounting.faults(accounting.Account())) == []


def test_erasing_needs_right_ground_reason_and_a_decision(
    consultation, law, submission, stranger, officer
):
    with pytest.raises(NotAllowedError):
        erasing.erase(law, LAW, by=stranger)
    with pytest.raises(GroundMissingError):
        erasing.erase(law, Because("none", "So."), by=officer)
    with pytest.raises(ReasonMissingError):
        erasing.erase(law, Because("unlawful", " "), by=officer)
    waiting = journey.submission_arrives(submission("Who am I?")).number
    with pytest.raises(UndecidedStillError):
        erasing.erase(Response.objects.get(number=waiting), LAW, by=officer)


def test_a_restricted_edition_is_not_released(closed, law, officer):
    edition = freeze(closed, Edition.Kind.COMPILATION, officer)
    erasing.erase(law, LAW, by=officer)
    edition.refresh_from_db()
    with pytest.raises(RestrictedError):
        reporting.release_edition(edition, by=officer)


def test_the_next_edition_says_what_was_withdrawn_and_the_released_one_stays(
    closed, law, other, officer
):
    first = release_it(freeze(closed, Edition.Kind.COMPILATION, officer), officer)
    withdrawal.withdraw(law)
    assert [(c.number, c.happened) for c in since.changes([first])[first.pk]] == [
        (law.number, "withdrawn")
    ]
    page = Client().get(REPORT).content.decode()
    assert f"Response {law.number} was withdrawn by the respondent" in page
    file = first.files.get(format="html")
    assert holds(Client().get(f"/en/editions/{first.pk}/{file.name}").getvalue(), SECRET)
    second = freeze(closed, Edition.Kind.COMPILATION, officer, errata="One response was withdrawn.")
    told = spool.locate(second.files.get(format="html").path).read_text()
    assert f"Response {law.number} was withdrawn by the respondent" in told
    assert "It stands in edition 1 as it was." in told
    assert SECRET not in told


def test_a_redaction_after_the_report_is_told_beside_it(closed, law, officer):
    first = release_it(freeze(closed, Edition.Kind.COMPILATION, officer), officer)
    answer = law.published_version.answers.get()
    moderation.redact(answer, (0, 6), LAW, by=officer)
    assert [c.happened for c in since.changes([first])[first.pk]] == ["redacted"]


@pytest.fixture
def stranger(db):
    return User.objects.create_user("reader@example.org", name="Reader")
