"""`consulta report` writes the released bytes, or a draft that says so."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from consulta.cli.report import FORMATS, Made, _write, report
from consulta.core.submission import Sender
from consulta.flow import journey, reporting
from consulta.mailroom import spool
from consulta.reports import assembly
from consulta.responses import publication
from consulta.responses.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    number = journey.submission_arrives(submission("We agree.", sender=sender)).number
    response = Response.objects.get(number=number)
    publication.publish(response, by=officer)
    return response


@pytest.fixture
def run(tmp_path, monkeypatch, consultation):
    monkeypatch.setenv("CONSULTA_DATA", str(tmp_path))
    (tmp_path / "consulta.sqlite3").touch()

    def _run(which, *, language="en", form="json", target="report"):
        to = tmp_path / target
        told = ["--language", language, "--format", form, "--to", str(to)]
        return CliRunner().invoke(report, [which, "--kind", "compilation", *told]), to

    return _run


@pytest.mark.parametrize("which", ["11", "sample-topic"])
def test_a_report_that_is_not_released_is_drawn_up_now_and_says_that_it_is_a_draft(
    run, published, which
):
    done, to = run(which)

    assert done.exit_code == 0
    assert "This is a draft" in done.stderr
    assert done.stdout.strip() == str(to)
    assert published.number in json.dumps(json.loads(to.read_text()))


@pytest.fixture
def frozen(published, consultation, officer):
    """Freeze the compilation of the closed consultation; its files are made."""
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    edition = assembly.freeze(consultation, "compilation", language="en", by=officer)
    assembly.render_waiting()
    edition.refresh_from_db()
    return edition


@pytest.mark.parametrize("form", FORMATS)
def test_a_released_report_comes_as_its_stored_bytes(run, frozen, officer, form, monkeypatch):
    reporting.release_edition(frozen, by=officer)
    monkeypatch.setattr(assembly, "draw_up", None)

    done, to = run("11", form=form)

    stored = spool.locate(frozen.files.get(format=form).path).read_bytes()
    assert (done.exit_code, done.stderr) == (0, "")
    assert to.read_bytes() == stored


def test_a_frozen_report_comes_as_its_stored_bytes_and_says_that_it_is_not_released(run, frozen):
    done, to = run("11", form="pdf")

    assert "not released" in done.stderr
    assert to.read_bytes() == spool.locate(frozen.files.get(format="pdf").path).read_bytes()


def test_a_format_that_an_older_edition_lacks_is_refused_and_not_made(run, frozen):
    frozen.files.get(format="akn").delete()

    done, to = run("11", form="akn")

    assert done.exit_code == 2
    assert "choose docx, html, json, pdf" in done.stderr
    assert not to.exists()


def test_the_data_name_version_and_codes_of_a_response_and_hold_counts_as_numbers(run, published):
    _done, to = run("11", form="json")

    blocks = json.loads(to.read_text())["blocks"]
    (sent,) = [each for each in blocks if each["type"] == "response"]
    assert {
        key: sent[key] for key in ("number", "version", "country", "stakeholder_group", "channel")
    } == {
        "number": published.number,
        "version": 1,
        "country": "CH",
        "stakeholder_group": "civil-society",
        "channel": published.channel,
    }
    assert sent["received_at"] == published.received_at.isoformat()
    assert [answer["question"] for answer in sent["answers"]] == [1]
    (balance,) = [each for each in blocks if each.get("figures")]
    assert balance["figures"] == [[1], [0], [0], [0], [0], [1]]


def test_a_draft_is_written_as_akoma_ntoso(run, published):
    done, to = run("11", form="akn")

    assert "This is a draft" in done.stderr
    assert to.read_text().startswith("<?xml")
    assert published.number in to.read_text()


def test_a_long_report_comes_as_an_index_and_volumes_beside_it(tmp_path):
    names = ["compilation-11-E-index.pdf", "compilation-11-E-volume-1.pdf"]

    paths = _write([Made(name, name.encode()) for name in names], tmp_path / "mine.pdf")

    assert [path.name for path in paths] == ["mine-index.pdf", "mine-volume-1.pdf"]
    assert [path.read_text() for path in paths] == names


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"which": "99"}, "There is no consultation 99 here"),
        ({"which": "11", "target": "none/report"}, "There is no folder"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(run, asked, sentence):
    done, to = run(asked.pop("which"), **asked)

    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert not to.exists()
