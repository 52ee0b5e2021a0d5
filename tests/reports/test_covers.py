"""A body's own cover page and logo: checked when they are brought, held by what is frozen with them."""

import base64
import io
import zipfile
from datetime import timedelta

import docx as word
import pytest
from django.utils import timezone
from PIL import Image

from consulta.adapters.files import logo as logos
from consulta.core import cover as places
from consulta.core.cover import CoverError
from consulta.core.paper import Labels, Logo, Origin, Paper, PaperKind
from consulta.groups.permissions import NotAllowedError
from consulta.reports import assembly, covers, making
from consulta.reports.covers import Brought, CoverRefusedError
from consulta.reports.models import Cover, Edition
from consulta.reports.renderers.docx import docx

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="alert(1)">
<script>alert(1)</script><image href="http://example.org/spy.png" width="9" height="9"/>
<rect width="40" height="20" style="fill:#1f4e79"/><a href="http://example.org/"><path/></a>
</svg>"""


def page(*lines, style=None):
    document = word.Document()
    for line in lines:
        document.add_paragraph(line, style=style)
    written = io.BytesIO()
    document.save(written)
    return Brought("cover.docx", written.getvalue())


def png():
    written = io.BytesIO()
    Image.new("RGB", (60, 30), "#1f4e79").save(written, format="PNG")
    return Brought("logo.png", written.getvalue())


def paper(**changes):
    values = {
        "kind": PaperKind.CONSOLIDATED,
        "language": "en",
        "title": "Consolidated report",
        "subtitle": "Sample topic",
        "stem": "report",
        "dated": "2026-11-21",
        "running": "Report",
        "labels": Labels(*[""] * 17),
        "origin": Origin(document="C17/5-E"),
    }
    return Paper(**(values | changes))


def words_of(data):
    return [p.text for p in word.Document(io.BytesIO(data)).paragraphs]


def test_a_cover_page_is_filled_and_stands_before_the_document():
    template = base64.b64encode(page("{{body}}", "Document {{number}}", "{{ topic }}").data)
    made = docx(paper(cover=template.decode(), places=(("place", "Geneva"),)))
    lines = words_of(made)
    assert lines[1:3] == ["Document C17/5-E", "Sample topic"]
    assert lines.index("Document C17/5-E") < lines.index("Consolidated report")
    assert len(word.Document(io.BytesIO(made)).sections) == 2
    assert "{{" not in "".join(lines)


def test_a_place_spread_over_runs_is_filled_and_styles_of_the_cover_stay_its_own():
    document = word.Document()
    paragraph = document.add_paragraph(style="Title")
    for part in ("No. {{nu", "mber", "}}"):
        paragraph.add_run(part)
    written = io.BytesIO()
    document.save(written)
    made = docx(paper(cover=base64.b64encode(written.getvalue()).decode()))
    first = word.Document(io.BytesIO(made)).paragraphs[0]
    assert first.text == "No. C17/5-E"
    assert first.style.name == "Cover Title"


def test_the_logo_stands_where_the_cover_page_has_a_place_for_it_and_says_what_it_is():
    data = base64.b64encode(png().data).decode()
    template = base64.b64encode(page("{{logo}}", "{{number}}").data).decode()
    made = docx(paper(cover=template, logo=Logo(data, "Sample Body")))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert 'descr="Sample Body"' in archive.read("word/document.xml").decode()
    assert docx(paper(cover=template, logo=Logo(data, "Sample Body"))) == made


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{nummer}}", "unknown_place"),
        ("Sample Body", "names_nothing"),
        ("{{body}}", "names_nothing"),
        ("{{number}", "braces_alone"),
    ],
)
def test_a_page_that_cannot_be_filled_is_refused(line, code):
    with pytest.raises(CoverError) as refused:
        places.check([line])
    assert refused.value.code == code


def test_an_svg_keeps_its_shapes_and_nothing_that_runs_or_leads_outside():
    quiet = logos.shapes(SVG.encode()).decode()
    assert "fill:#1f4e79" in quiet
    for bad in ("script", "onload", "example.org", "image"):
        assert bad not in quiet


def test_an_officer_brings_cover_and_logo_and_editions_hold_them(
    consultation, officer, monkeypatch
):
    monkeypatch.setattr(making, "FORMATS", ("html",))
    group = consultation.group
    covers.set_page(group, page("{{number}} {{title}}"), by=officer)
    covers.set_logo(group, Brought("l.svg", SVG.encode()), names={"en": "Sample"}, by=officer)
    found = Cover.objects.get()
    assert bytes(found.logo).startswith(b"\x89PNG")
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    made = assembly.freeze(consultation, Edition.Kind.COMPILATION, language="en", by=officer)
    held = base64.b64decode(made.content["cover"])
    covers.take_away(group, by=officer)
    made.refresh_from_db()
    assert held == base64.b64decode(made.content["cover"])
    assert made.content["logo"]["alt"] == "Sample"
    again = assembly.freeze(
        consultation, Edition.Kind.COMPILATION, language="en", by=officer, errata="No cover."
    )
    assert again.content["cover"] == again.content["logo"]["data"] == ""


def test_what_is_no_cover_or_logo_is_refused_with_what_is_wrong(consultation, officer):
    for brought, finding in (
        (Brought("a.docx", b"no document"), "type_not_allowed"),
        (Brought("a.docx", b"PK" + b"\0" * (covers.LARGEST + 1)), "too_large"),
    ):
        with pytest.raises(CoverRefusedError) as refused:
            covers.set_page(None, brought, by=officer)
        assert refused.value.finding == finding
    with pytest.raises(CoverRefusedError) as refused:
        covers.set_logo(None, Brought("a.gif", b"GIF89a"), names={}, by=officer)
    assert refused.value.finding == "type_not_allowed"
    assert not Cover.objects.exists()


def test_only_who_edits_reports_sets_a_cover(consultation, django_user_model):
    stranger = django_user_model.objects.create_user("s@example.org", name="S")
    with pytest.raises(NotAllowedError):
        covers.set_page(None, page("{{number}}"), by=stranger)
