"""What the law took away is in no later edition: drafts are masked in the act; races are seen."""

import pytest

from consulta.consultations.models import Question
from consulta.core.paper import from_json
from consulta.flow import erasing, reporting
from consulta.ledger.models import Entry
from consulta.reports import (
    assembly,
    errata,
    following,
    keeping,
    making,
    release,
    writing,
)
from consulta.reports.errors import RestrictedError
from consulta.reports.models import Edition, Paragraph, Sentence, UnsavedText
from consulta.reports.writing import Typed
from tests.flow.test_erasing import LAW, SECRET, closed, freeze, law, other, publish, release_it

__all__ = ["closed", "law", "other", "publish"]


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    monkeypatch.setattr(making, "FORMATS", ("json",))


@pytest.fixture
def paragraph(closed, law, other, officer):
    question = Question.objects.get(consultation=closed, position=1)
    made = writing.add_paragraph(closed, question, language="en", by=officer)
    span = (law.published_version.answers.get().pk, 0, len(SECRET))
    said = [
        Typed(None, f"One said “{SECRET}”.", (), (span,)),
        Typed(None, f"Others than “{SECRET}” agreed.", (other.number,), (span,)),
        Typed(None, "Both answered.", (law.number, other.number)),
    ]
    writing.save(made, said, revision=1, by=officer)
    return made


@pytest.mark.parametrize("redacted", [True, False])
def test_quoted_words_are_in_no_later_edition(closed, paragraph, law, officer, redacted):
    release_it(freeze(closed, Edition.Kind.CONSOLIDATED, officer), officer)
    following.start(closed, "fr", source="en", by=officer)
    typed = [{"pk": None, "text": f"So {SECRET}.", "numbers": "", "passages": [], "agrees": False}]
    keeping.keep(paragraph, typed, revision=2, by=officer)
    erasing.erase(law, LAW, by=officer)
    if redacted:
        erasing.redact_due()
    assert SECRET not in errata.proposed(closed, "en")
    second = freeze(closed, Edition.Kind.CONSOLIDATED, officer, errata="Words were taken away.")
    assert SECRET not in str(from_json(second.content))
    assert "Others than “[…]” agreed." in "".join(
        Sentence.objects.filter(paragraph=paragraph).values_list("text", flat=True)
    )
    following.start(closed, "es", source="en", by=officer)
    for row in Sentence.objects.all():
        assert SECRET not in row.text + row.source_text
    assert SECRET not in str(UnsavedText.objects.get().rows)
    assert Paragraph.objects.get(pk=paragraph.pk).revision == 3
    third = Edition.objects.filter(redaction=1).values_list("content", flat=True)
    assert not any(SECRET in str(content) for content in third)


def test_what_is_erased_while_an_edition_is_drawn_up_is_not_in_it(
    closed, paragraph, law, officer, monkeypatch
):
    lay, done = assembly.contents.lay, []

    def meanwhile(drawn):
        laid = lay(drawn)
        if not done:
            done.append(erasing.erase(law, LAW, by=officer))
        return laid

    monkeypatch.setattr(assembly.contents, "lay", meanwhile)
    for kind in (Edition.Kind.COMPILATION, Edition.Kind.CONSOLIDATED):
        made = assembly.freeze(closed, kind, language="en", by=officer)
        assert SECRET not in str(made.content)
    assert Edition.objects.filter(restricted_at__isnull=False).count() == 0


def test_released_twice_is_once_and_the_first_date_stands(closed, officer):
    made = freeze(closed, Edition.Kind.COMPILATION, officer)
    first, second = (Edition.objects.get(pk=made.pk) for _ in range(2))
    reporting.release_edition(first, by=officer)
    reporting.release_edition(second, by=officer)
    made.refresh_from_db()
    assert second.released_at == first.released_at == made.released_at
    assert Entry.objects.filter(act="report_released").count() == 1
    assert not release.release(second, by=officer)


def test_a_release_that_races_an_erasure_leaves_the_restriction(closed, law, officer):
    made = freeze(closed, Edition.Kind.COMPILATION, officer)
    stale = Edition.objects.get(pk=made.pk)
    erasing.erase(law, LAW, by=officer)
    with pytest.raises(RestrictedError):
        reporting.release_edition(stale, by=officer)
    made.refresh_from_db()
    assert made.restricted_at is not None
    assert made.released_at is None
