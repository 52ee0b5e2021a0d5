"""Files come out whole or not at all, and what a report does to its process does not reach us."""

import os

import pytest

from consulta.reports.renderers import apart, volumes
from consulta.reports.renderers.render import LayoutFailedError, Limits, RenderedFile, render
from tests.reports.renderers import hostile, specimens


@pytest.mark.parametrize(
    ("kind", "start", "media_type"),
    [
        ("pdf", b"%PDF-1.7", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("html", b"<!doctype html>", "text/html; charset=utf-8"),
    ],
)
def test_each_format_is_one_named_file(kind, start, media_type):
    (made,) = render(specimens.compilation(2), kind)
    assert made == RenderedFile(f"SAMPLE-1-1-E.{kind}", made.data, media_type)
    assert made.data.startswith(start)


def test_a_long_report_is_an_index_and_volumes(monkeypatch):
    monkeypatch.setattr(volumes, "RESPONSES", 3)
    made = render(specimens.compilation(7), "pdf")
    assert [file.name for file in made] == [
        "SAMPLE-1-1-E-index.pdf",
        "SAMPLE-1-1-E-volume-1.pdf",
        "SAMPLE-1-1-E-volume-2.pdf",
        "SAMPLE-1-1-E-volume-3.pdf",
    ]
    assert all(file.data.startswith(b"%PDF") for file in made)


def test_three_hundred_responses_are_laid_out_in_every_format():
    paper = specimens.compilation(300)
    assert [len(render(paper, kind)) for kind in ("pdf", "docx", "html")] == [3, 3, 3]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_report_that_takes_too_long_is_given_up(kind):
    with pytest.raises(LayoutFailedError, match=r"not finished after 0 seconds"):
        render(specimens.compilation(1), kind, limits=Limits(seconds=0.01))


def test_a_busy_machine_gives_no_report_up(monkeypatch):
    given = []
    monkeypatch.setattr(
        apart, "_run", lambda command, _folder, clock: given.append((command[-1], clock))
    )
    with pytest.raises(FileNotFoundError):  # nothing was made
        render(specimens.compilation(1), "html", limits=Limits(seconds=30))

    assert given == [
        ("90", 300)
    ]  # seconds of work (a minute to begin with it), seconds by the clock


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_report_that_asks_for_too_much_memory_ends_its_own_process_only(kind):
    with pytest.raises(LayoutFailedError, match="ended with"):
        render(specimens.compilation(20), kind, limits=Limits(memory=30 * 1024**2))
    assert render(specimens.compilation(1), kind)


def test_lone_surrogates_reach_the_other_process_and_are_dropped_there():
    paper = hostile.everywhere(hostile.TEXTS["lone surrogate"])
    assert len(render(paper, "pdf")) == len(render(paper, "docx")) == 1


def test_the_other_process_knows_nothing_of_our_settings(monkeypatch):
    monkeypatch.setitem(os.environ, "CONSULTA_SECRET_KEY", "not for children")
    monkeypatch.setitem(os.environ, "DJANGO_SETTINGS_MODULE", "no.such.module")
    assert render(specimens.compilation(1), "pdf")
