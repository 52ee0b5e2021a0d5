"""Numbers of documents are given once; what follows a document says whom it follows."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consulta.core.document_numbers import InvalidGrammarError
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import documents, following, numbering, queries
from consulta.meetings.models import Document, NumberSeries

KIND = Document.Kind


def file(name="a.pdf", language="en"):
    return {
        "name": name,
        "path": f"editions/{name}",
        "sha256": "0" * 64,
        "size": 1,
        "media_type": "application/pdf",
        "language": language,
    }


def a_document(meeting, **changes):
    return Document(meeting=meeting, titles={"en": "A"}, source="Secretariat", **changes)


@pytest.fixture
def meeting(next_meeting):
    next_meeting.group.short_name = "C"
    next_meeting.group.save()
    return next_meeting


@pytest.fixture
def posted(meeting, officer):
    return documents.post(a_document(meeting, files=[file()]), language="en", by=officer)


def follow(of, kind, by):
    made = a_document(of.meeting)
    return following.post(made, of=of, kind=kind, language="en", by=by)


def test_revisions_addenda_and_corrigenda_are_numbered_by_the_grammar(posted, officer):
    addendum = follow(posted, KIND.ADDENDUM, officer)
    revision = follow(posted, KIND.REVISION, officer)
    numbers = [
        addendum.number,
        revision.number,
        follow(revision, KIND.REVISION, officer).number,
        follow(revision, KIND.CORRIGENDUM, officer).number,
        follow(revision, KIND.CORRIGENDUM, officer).number,
        follow(addendum, KIND.CORRIGENDUM, officer).number,
    ]
    assert numbers == [
        "C2/1(Add.1)-E",
        "C2/1(Rev.1)-E",
        "C2/1(Rev.2)-E",
        "C2/1(Rev.1)(Cor.1)-E",
        "C2/1(Rev.1)(Cor.2)-E",
        "C2/1(Add.1)(Cor.1)-E",
    ]
    assert documents.next_sequence(posted.meeting) == 2


def test_only_the_latest_state_is_revised_and_no_addendum_is(posted, officer):
    latest = follow(posted, KIND.REVISION, officer)
    with pytest.raises(following.SupersededError) as refused:
        follow(posted, KIND.REVISION, officer)
    assert refused.value.number == latest.number
    addendum = follow(latest, KIND.ADDENDUM, officer)
    with pytest.raises(following.CannotFollowError):
        follow(addendum, KIND.REVISION, officer)


def test_nothing_follows_a_withdrawn_document_and_its_files_are_served_to_nobody(posted, officer):
    documents.withdraw(posted, reason="Sent in error.", by=officer)
    with pytest.raises(documents.WithdrawnError):
        follow(posted, KIND.REVISION, officer)
    with pytest.raises(documents.WithdrawnError):
        documents.add_language(posted, [file("f.pdf")], language="fr", by=officer)
    posted.refresh_from_db()
    assert posted.files == []
    assert [held["name"] for held in posted.withheld_files] == ["a.pdf"]
    assert posted.number == "C2/1-E"


def test_a_withdrawal_needs_a_reason(posted, officer):
    with pytest.raises(documents.ReasonMissingError):
        documents.withdraw(posted, reason=" ", by=officer)


def test_language_versions_carry_the_suffix_of_their_language(posted, officer):
    made = documents.add_language(posted, [file("f.pdf")], language="fr", by=officer)
    assert [f["number"] for f in made.files] == ["C2/1-E", "C2/1-F"]
    assert made.base_number == "C2/1"
    assert queries.document_by_number("C2/1-F").pk == posted.pk
    with pytest.raises(documents.LanguageThereError):
        documents.add_language(posted, [file("g.pdf")], language="fr", by=officer)


def test_the_same_file_name_in_another_language_gets_a_name_of_its_own(posted, officer):
    twins = [file("a.pdf"), file("A.pdf"), file("b")]
    made = documents.add_language(posted, twins, language="fr", by=officer)
    assert [f["name"] for f in made.files] == ["a.pdf", "a-fr.pdf", "A-fr-2.pdf", "b"]
    made = documents.add_language(posted, [file("b")], language="es", by=officer)
    assert made.files[-1]["name"] == "b-es"


def test_a_reserved_number_is_seen_by_no_reader_and_given_to_no_other(meeting, officer):
    held = documents.reserve(a_document(meeting), language="en", by=officer)
    other = documents.post(a_document(meeting), language="en", by=officer)
    assert (held.number, other.number) == ("C2/1-E", "C2/2-E")
    assert [d.number for d in queries.documents(meeting, officer)] == ["C2/2-E"]
    assert [d.number for d in queries.for_members(meeting)] == []  # the desk's alone
    with pytest.raises(documents.NotPostedError):
        follow(held, KIND.REVISION, officer)
    documents.post_reserved(held, [file()], by=officer)
    assert [d.number for d in queries.documents(meeting, officer)] == ["C2/1-E", "C2/2-E"]
    with pytest.raises(documents.PostedError):
        documents.post_reserved(held, [file()], by=officer)


def test_two_officers_cannot_give_one_number(posted, officer):
    """Who did not wait for his turn is refused by the database itself."""
    twin = a_document(posted.meeting, sequence=1, number="C2/1-X", base_number="C2/1-X")
    twin.posted_at = datetime.now(UTC)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    with pytest.raises(ValidationError):
        twin.full_clean()


def test_numbers_are_given_by_whoever_may(posted, people):
    reader = people["reader"]
    with pytest.raises(NotAllowedError):
        documents.reserve(a_document(posted.meeting), language="en", by=reader)
    with pytest.raises(NotAllowedError):
        follow(posted, KIND.REVISION, reader)
    with pytest.raises(NotAllowedError):
        documents.withdraw(posted, reason="x", by=reader)


def test_every_number_stands_in_the_ledger(posted, officer):
    revision = follow(posted, KIND.REVISION, officer)
    documents.withdraw(revision, reason="Sent in error.", by=officer)
    acts = Entry.objects.filter(subject=f"meetings.document:{revision.pk}").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["document_posted", "document_withdrawn"]


def test_a_group_has_a_grammar_of_its_own(posted, officer):
    pattern = "{body}/{meeting}/{seq}[/Add.{a}][/Rev.{r}][/Corr.{c}]"
    series = NumberSeries(group=posted.meeting.group, pattern=pattern, symbol="A/AC.1")
    series.meeting_by = NumberSeries.MeetingBy.YEAR
    numbering.set_series(series, by=officer)
    year = posted.meeting.starts_on.year
    made = documents.post(a_document(posted.meeting), language="en", by=officer)
    revision = follow(made, KIND.REVISION, officer)
    assert (made.number, revision.number) == (f"A/AC.1/{year}/2", f"A/AC.1/{year}/2/Rev.1")
    posted.refresh_from_db()
    assert posted.number == "C2/1-E"  # what was given stays


def test_a_pattern_that_could_be_read_in_two_ways_is_not_laid_down(meeting, officer):
    series = NumberSeries(group=meeting.group, pattern="{body}{meeting}{seq}")
    with pytest.raises(InvalidGrammarError):
        numbering.set_series(series, by=officer)
    assert not NumberSeries.objects.exists()


def test_a_grammar_without_corrigenda_offers_none(posted, officer):
    pattern = "{body}{meeting}/{seq}[(Rev.{r})]-{lang}"
    numbering.set_series(NumberSeries(group=posted.meeting.group, pattern=pattern), by=officer)
    assert following.possible(posted) == ["revision"]
    with pytest.raises(following.NotInGrammarError):
        follow(posted, KIND.CORRIGENDUM, officer)


def test_withheld_files_are_replaced_where_they_stood(posted, officer):
    at = datetime.now(UTC)
    (changed,) = documents.withhold(["editions/a.pdf"], at=at)
    assert (changed.pk, changed.files) == (posted.pk, [])
    documents.replace_withheld(["editions/a.pdf"], [file("b.pdf")])
    documents.replace_withheld(["editions/a.pdf"], [file("b.pdf")])  # twice is once
    posted.refresh_from_db()
    assert [f["name"] for f in posted.files] == ["b.pdf"]
    assert posted.withheld_files[0]["withheld_at"] == at.isoformat()
