"""What came of a consultation: read on the page, downloaded as it was frozen."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone, translation

from consulta.consultations.models import Question
from consulta.flow import reporting
from consulta.reports import assembly, release, writing
from consulta.reports.models import Edition
from consulta.reports.writing import Typed
from consulta.responses.models import Response
from consulta.web.public.shown import editions

pytestmark = pytest.mark.django_db
REPORT = "/en/consultations/sample-topic/report/"


@pytest.fixture
def report(published, consultation, officer) -> Edition:
    """A report that cites one response, frozen and rendered, not released yet."""
    cited = published("We agree.")
    question = Question.objects.get(consultation=consultation, position=1)
    paragraph = writing.add_paragraph(consultation, question, language="en", by=officer)
    writing.save(paragraph, [Typed(None, "One agrees.", (cited.number,))], revision=1, by=officer)
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    edition = assembly.freeze(consultation, Edition.Kind.CONSOLIDATED, language="en", by=officer)
    assembly.render_waiting()
    edition.refresh_from_db()
    release.waive_review(edition, "This body has one officer.", by=officer)
    return edition


def test_nothing_of_a_report_is_seen_before_its_release(report):
    file = report.files.get(format="html")
    assert Client().get(f"/en/editions/{report.pk}/{file.name}").status_code == 404
    assert "One agrees." not in Client().get(REPORT).content.decode()


def test_a_released_report_is_read_on_the_page_and_downloaded_byte_for_byte(report, officer):
    reporting.release_edition(report, by=officer)
    page = Client().get(REPORT).content.decode()
    assert "One agrees." in page
    for file in report.files.all():
        answer = Client().get(f"/en/editions/{report.pk}/{file.name}")
        assert sha256(answer.getvalue()).hexdigest() == file.sha256
        assert file.sha256 in page
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        kind = "inline" if file.format == "html" else "attachment"
        assert answer.headers["Content-Disposition"].startswith(kind)


def test_volumes_are_folded_by_format_with_their_number_and_size(report):
    report.files.all().delete()
    for kind in ("pdf", "html"):
        for volume in range(4):
            report.files.create(
                format=kind, volume=volume, name=f"v{volume}.{kind}", path=f"{kind}{volume}",
                size=1000, sha256=f"{kind}{volume}", media_type="text/plain",
            )  # fmt: skip
    with translation.override("en"):
        (shown,) = editions.released([report])

    assert [(f.format, f.part) for f in shown.files] == [("HTML", "index"), ("PDF", "index")]
    folded = [(v.format, len(v.files), v.size) for v in shown.volumes]
    assert folded == [("HTML", 3, 3000), ("PDF", 3, 3000)]
    assert len(shown.every_file) == 8


def test_the_report_in_the_readers_language_stands_first():
    arabic = Edition(pk=1, kind="consolidated", language="ar")
    english = Edition(pk=2, kind="consolidated", language="en")
    with translation.override("en"):
        shown = editions.released([arabic, english])
    assert [one.edition.language for one in shown] == ["en", "ar"]


def test_a_cited_response_says_where_it_went_and_the_front_page_has_the_report(report, officer):
    reporting.release_edition(report, by=officer)
    number = Response.objects.get().number
    page = Client().get(f"/en/responses/{number}/").content.decode()
    assert "Cited in the report at question 1" in page
    assert REPORT in Client().get("/en/").content.decode()
