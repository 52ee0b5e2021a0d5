"""The desk sees how far the files of an edition are, what failed, and what could not be printed."""

import pytest
from django.utils import timezone

from consulta.reports.models import Edition, EditionFile
from tests.web.desk.reporting.sent import BASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(consultation, officer):
    return Edition.objects.create(
        consultation=consultation,
        kind=Edition.Kind.COMPILATION,
        language="en",
        content={},
        content_sha256="0" * 64,
        volumes=3,
        frozen_at=timezone.now(),
        frozen_by=officer,
    )


def add(edition, kind, volume, replaced=()):
    name = f"compilation-11-E-volume-{volume}.{kind}"
    return EditionFile.objects.create(
        edition=edition, format=kind, volume=volume, name=name, path=f"editions/{name}",
        sha256="ab" * 32, size=1000, replaced=list(replaced),
    )  # fmt: skip


def page(desk, edition, part=""):
    return desk.get(f"{BASE}editions/{edition.pk}/{part}").content.decode()


@pytest.mark.parametrize("part", ["", "state/"])
def test_while_files_are_made_the_page_counts_them_by_format(desk, edition, part):
    add(edition, "pdf", 1)
    add(edition, "pdf", 2)
    shown = page(desk, edition, part)
    assert "The files are being made." in shown
    assert '<progress max="4" value="2"' in shown
    assert "2 of 4" in shown
    assert 'hx-trigger="every 3s"' in shown
    assert "Look again" in shown


def test_after_three_tries_the_page_says_what_failed_and_what_to_do(desk, edition):
    add(edition, "pdf", 1)
    edition.attempts = 3
    edition.rendering_error = "compilation-11-E-volume-2.pdf: not finished after 180 seconds"
    edition.save()
    shown = page(desk, edition)
    assert "compilation-11-E-volume-2.pdf: not finished" in shown
    assert "only the missing ones are made" in shown
    assert "1 of 4" in shown
    assert "Try again" in shown
    assert "hx-trigger" not in shown


def test_what_could_not_be_printed_is_shown_once_for_all_volumes(desk, edition):
    emoji = {"sign": "[U+1F44D]", "name": "THUMBS UP SIGN", "done": "by_number"}
    bidi = {"sign": "[U+202E]", "name": "RIGHT-TO-LEFT OVERRIDE", "done": "left_out"}
    add(edition, "pdf", 1, [emoji | {"times": 2, "where": ["11-000017"]}])
    add(edition, "pdf", 2, [emoji | {"times": 3, "where": ["11-000025"]},
                            bidi | {"times": 1, "where": []}])  # fmt: skip
    add(edition, "html", 1, [bidi | {"times": 1, "where": []}])
    edition.rendered_at = timezone.now()
    edition.save()
    shown = page(desk, edition)
    assert "What could not be printed as it was sent" in shown
    assert shown.count("THUMBS UP SIGN") == 1
    row = shown.split("THUMBS UP SIGN")[1].split("</tr>")[0]
    assert "<td>5</td>" in row
    assert "11-000017, 11-000025" in row
    assert "HTML, PDF" in shown.split("RIGHT-TO-LEFT OVERRIDE")[1].split("</tr>")[0]


def test_many_files_of_one_format_are_folded_and_none_of_another(desk, edition):
    for volume in range(4):
        add(edition, "pdf", volume)
    add(edition, "json", 1)
    edition.rendered_at = timezone.now()
    edition.save()
    shown = page(desk, edition)
    assert "<summary>PDF: 4 files</summary>" in shown
    assert shown.count(" files</summary>") == 1
    assert "What could not be printed" not in shown
