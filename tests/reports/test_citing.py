"""A sentence cites a passage; what was released says the same for ever, and leaks nothing redacted."""

import pytest
from django.test import Client

from consulta.consultations.models import Question
from consulta.flow import reporting
from consulta.reports import assembly, errata, following, frozen, quoting, release, writing
from consulta.reports.errors import ErrataMissingError, NoSourceError, WordsNotFoundError
from consulta.reports.models import Edition
from consulta.reports.writing import Typed
from consulta.responses import moderation, publication, revision, withdrawal
from consulta.responses.models import Version
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
TEXT = "We agree with the draft.\n\nCall our engineer Sample at home, she knows the cables."
WORDS = "Call our engineer Sample at home"
REPORT = "/en/consultations/sample-topic/report/"


@pytest.fixture
def quoted(paragraph, publish, officer):
    """A response, and a sentence that quotes a passage of it."""
    response = publish(TEXT)
    answer = response.published_version.answers.get()
    passage = quoting.passage(response.consultation, answer.pk, WORDS)
    said = f"One says {quoting.sentence(passage.quote, language='en')}."
    span = (passage.answer, passage.start, passage.end)
    writing.save(paragraph, [Typed(None, said, passages=(span,))], revision=1, by=officer)
    return response


def released(consultation, by, **more):
    kind = Edition.Kind.CONSOLIDATED
    edition = assembly.freeze(consultation, kind, language="en", by=by, **more)
    Edition.objects.filter(pk=edition.pk).update(rendered_at=edition.frozen_at)
    edition.refresh_from_db()
    release.waive_review(edition, "One officer.", by=by)
    reporting.release_edition(edition, by=by)
    return edition


def redact(response, words, by):
    answer = response.published_version.answers.get()
    start = answer.text.index(words)
    because = Because("personal_data", "A person's home.")
    moderation.redact(answer, (start, start + len(words)), because, by=by)


def test_only_the_very_words_can_be_cited(quoted):
    answer = quoted.published_version.answers.get()

    for words in ("Call our plumber", " "):
        with pytest.raises(WordsNotFoundError):
            quoting.passage(quoted.consultation, answer.pk, words)
    across = quoting.passage(quoted.consultation, answer.pk, "draft.  Call our")
    assert (across.quote, across.sha256) == (
        "draft. Call our",
        quoting.Passage(0, 0, 1, "draft. Call our").sha256,
    )


def test_the_quotation_stands_in_the_report_in_its_own_language_with_its_source(
    quoted, closed, officer
):
    edition = released(closed(), officer)
    spans = [s for b in edition.content["blocks"] for s in b.get("spans", ()) if s.get("sentence")]
    link = next(span for span in spans if span["text"] == quoted.number)

    assert [s["text"] for s in spans[:3]] == ["One says “", WORDS, "”."]
    assert link["cites"]["quote"] == WORDS
    anchor = link["href"].split("#")[1]
    page = Client().get(f"/en/responses/{quoted.number}/").content.decode()
    assert f'<mark class="passage" id="{anchor}">{WORDS}</mark>' in page
    sentence = spans[0]["sentence"]
    assert f"{REPORT}#{sentence}" in page
    assert f'id="{sentence}"' in Client().get(REPORT).content.decode()


def test_what_is_edited_after_the_release_changes_no_page(quoted, paragraph, closed, officer):
    released(closed(), officer)
    sentence = paragraph.sentences.get()
    writing.save(paragraph, [Typed(sentence.pk, "None agrees.")], revision=2, by=officer)

    (cited,) = frozen.cited_in([quoted])[quoted.number]
    assert (cited.text, cited.quote) == (f"One says “{WORDS}”.", WORDS)
    told = Client().get(f"/api/v1/responses/{quoted.number}").json()["cited_in"]
    assert [one["text"] for one in told] == [cited.text]


def test_nothing_frozen_but_not_released_is_seen(quoted, closed, officer):
    assembly.freeze(closed(), Edition.Kind.CONSOLIDATED, language="en", by=officer)

    assert frozen.cited_in([quoted]) == {}


def test_a_redaction_after_the_release_leaks_the_words_nowhere(quoted, paragraph, closed, officer):
    edition = released(closed(), officer)
    assert WORDS in Client().get(REPORT).content.decode()
    redact(quoted, "our engineer Sample", officer)

    for address in (
        REPORT,
        f"/en/responses/{quoted.number}/",
        f"/api/v1/responses/{quoted.number}",
    ):
        page = Client().get(address).content.decode()
        assert "engineer Sample" not in page, address
        assert "[…]" in page, address
    assert frozen.gone(edition) == [WORDS]
    fresh = assembly.draw_up(
        quoted.consultation, "consolidated", language="en", at=edition.frozen_at
    )
    assert "engineer Sample" not in str(fresh)


def test_a_redaction_before_the_passage_moves_it_and_takes_nothing(quoted, closed, officer):
    released(closed(), officer)
    redact(quoted, "We agree with the draft.", officer)

    (passage,) = frozen.passages(quoted)
    text = Client().get(f"/en/responses/{quoted.number}/").content.decode()
    assert f">{WORDS}</mark>" in text
    assert passage.start < TEXT.index(WORDS)


def test_a_later_edition_says_what_changed_and_the_changes_are_proposed(
    quoted, paragraph, closed, officer, publish
):
    consultation = closed()
    released(consultation, officer)
    kept = paragraph.sentences.get()
    writing.save(
        paragraph,
        [Typed(kept.pk, "One says so."), Typed(None, "Others wait.")],
        revision=2,
        by=officer,
    )
    with pytest.raises(ErrataMissingError):
        assembly.freeze(consultation, Edition.Kind.CONSOLIDATED, language="en", by=officer)

    assert errata.proposed(consultation, "en").splitlines() == [
        f"Question 1: “One says “{WORDS}”.” now reads “One says so.”",
        "Question 1: added: “Others wait.”",
    ]


def test_another_language_follows_sentence_by_sentence(quoted, paragraph, consultation, officer):
    with pytest.raises(NoSourceError):
        following.start(consultation, "en", source="ar", by=officer)
    assert following.start(consultation, "ar", source="en", by=officer) == 1
    assert following.start(consultation, "ar", source="en", by=officer) == 0

    (copy,) = assembly.queries.paragraphs(consultation, "ar")
    (sentence,) = copy.sentences.all()
    assert [c.quote for c in sentence.citations.all()] == [WORDS]
    assert following.progress(consultation)["ar"] == following.Following(1, waiting=1)

    spans = tuple((c.answer_id, c.start, c.end) for c in sentence.citations.all())
    waits = Typed(sentence.pk, "", passages=spans)
    writing.save(copy, [waits], revision=copy.revision, by=officer)  # left empty, it stays
    told = Typed(sentence.pk, "يقول أحدهم ذلك.", passages=spans)
    writing.save(copy, [told], revision=copy.revision + 1, by=officer)
    assert following.progress(consultation)["ar"] == following.Following(1)

    source = paragraph.sentences.get()
    writing.save(paragraph, [Typed(source.pk, "One says no.")], revision=2, by=officer)
    assert following.progress(consultation)["ar"] == following.Following(1, stale=1)
    agrees = Typed(sentence.pk, "يقول أحدهم ذلك.", passages=spans, agrees=True)
    writing.save(copy, [agrees], revision=copy.revision + 2, by=officer)
    assert following.progress(consultation)["ar"] == following.Following(1)
    assert following.first_language(consultation) == "en"


def test_two_in_the_same_paragraph_are_told_apart(consultation, publish, officer):
    question = Question.objects.get(consultation=consultation, position=2)
    paragraph = writing.add_paragraph(consultation, question, language="en", by=officer)
    answer = publish(TEXT).published_version.answers.get()
    spans = ((answer.pk, 0, 8), (answer.pk, 9, 13), (answer.pk, 0, 8))
    writing.save(paragraph, [Typed(None, "So.", passages=spans)], revision=1, by=officer)

    assert [c.quote for c in paragraph.sentences.get().citations.order_by("start")] == [
        "We agree",
        "with",
    ]


@pytest.mark.parametrize("kind", ["consolidated", "summary"])
@pytest.mark.parametrize("taken", ["withdrawn", "removed"])
def test_a_new_edition_does_not_name_who_was_withdrawn_or_removed(
    quoted, paragraph, officer, kind, taken
):
    summary = kind == "summary"
    type(paragraph).objects.filter(pk=paragraph.pk).update(part="written" if summary else "report")
    quoted.refresh_from_db()
    assert quoted.public_name
    assert quoted.public_name in str(_drawn(quoted, kind))
    if taken == "withdrawn":
        withdrawal.withdraw(quoted)
    else:
        moderation.remove(quoted, Because("personal_data", "A person's home."), by=officer)
    paper = _drawn(quoted, kind)

    assert quoted.public_name not in str(paper)
    assert type(quoted).objects.get(pk=quoted.pk).public_name
    tables = [block for block in paper.blocks if block.block == "table"]
    (line,) = [row for table in tables for row in table.rows if row[0].text == quoted.number]
    word = {"withdrawn": "Withdrawn by the respondent", "removed": "Removed by the institution"}
    assert [cell.text for cell in line[1:]] == [word[taken], *["Not shown"] * 3]


def _drawn(response, kind):
    return assembly.draw_up(response.consultation, kind, language="en", at=response.received_at)


def test_a_citation_keeps_its_version_and_only_a_new_one_names_the_newest(
    paragraph, publish, submission, officer
):
    response = publish(TEXT)
    first, numbers = response.published_version, (response.number,)
    answer = first.answers.get()
    spans = ((answer.pk, 0, 8),)
    writing.save(paragraph, [Typed(None, "So.", numbers, spans)], revision=1, by=officer)
    second = revision.revise(response, submission("We changed our mind."))
    Version.objects.filter(pk=second.pk).update(screening="accepted")
    second.refresh_from_db()
    publication.publish_version(second, by=officer)

    kept = Typed(paragraph.sentences.get().pk, "So it is.", numbers, spans)
    more = Typed(None, "More.", numbers)
    writing.save(paragraph, [kept, more], revision=2, by=officer)

    old, new = paragraph.sentences.order_by("position")
    told = old.citations.values_list("version_id", "answer_id", "start", "end")
    assert set(told) == {(first.pk, None, None, None), (first.pk, answer.pk, 0, 8)}
    assert new.citations.get().version_id == second.pk


def test_a_redaction_masks_the_quotation_in_its_sentence_and_nothing_else(
    paragraph, publish, closed, officer
):
    response = publish(TEXT)
    answer = response.published_version.answers.get()
    start = TEXT.index("the cables")
    span = (answer.pk, start, start + 3)
    rows = [Typed(None, "Then one names “the”.", passages=(span,)), Typed(None, "So the rest.")]
    writing.save(paragraph, rows, revision=1, by=officer)
    edition = released(closed(), officer)
    for words in ("the draft", "the cables"):
        redact(response, words, officer)

    spans = [s for b in frozen.readable(edition).blocks for s in getattr(b, "spans", ())]
    said = "".join(s.text for s in spans if s.sentence and s.cites is None)
    assert "Then one names “[…]”." in said
    assert "So the rest." in said
    assert said.count("[…]") == 1
