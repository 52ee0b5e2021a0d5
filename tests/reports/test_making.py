"""The files of an edition: several at once, each kept whole, each made once, whoever is killed."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from consulta.core.fingerprint import canonical
from consulta.core.paper import to_json
from consulta.mailroom import spool
from consulta.reports import assembly, contents, making
from consulta.reports.models import Edition, EditionFile
from consulta.reports.renderers import apart, jobs, volumes
from consulta.reports.renderers.apart import LayoutFailedError
from tests.reports.renderers import specimens

pytestmark = pytest.mark.django_db
FORMATS = ("akn", "docx", "html", "json", "pdf")


@pytest.fixture
def frozen(consultation, officer, monkeypatch):
    """Freeze a compilation of so many responses, three in a volume."""
    monkeypatch.setattr(volumes, "RESPONSES", 3)

    def _frozen(count):
        edition = Edition(
            consultation=consultation,
            kind=Edition.Kind.COMPILATION,
            language="en",
            frozen_at=timezone.now(),
            frozen_by=officer,
        )
        laid = contents.lay(specimens.compilation(count))
        contents.fill(edition, laid.paper, laid)
        edition.content_sha256 = hashlib.sha256(canonical(edition.content)).hexdigest()
        edition.save()
        return edition

    return _frozen


@pytest.fixture
def quick(monkeypatch):
    """Lay nothing out: every file is its format and its job's name. Returns what was asked for."""
    asked = []

    def lay_out(kind, source, target, *, limits):
        asked.append(target.name)
        target.write_bytes(f"{kind} {source.name}".encode())
        return []

    monkeypatch.setattr(apart, "lay_out", lay_out)
    return asked


def halves(edition):
    """What a killed process may never leave: a row without its bytes, bytes without a row."""
    found = []
    rows = list(EditionFile.objects.filter(edition=edition))
    for row in rows:
        path = spool.locate(row.path)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            found.append(row.name)
    folder = spool.locate("editions/x").parent
    on_disk = {p.name for p in folder.iterdir() if p.is_file()} if folder.is_dir() else set()
    return sorted([*found, *(on_disk - {row.path.rpartition("/")[2] for row in rows})])


def test_a_short_edition_is_one_file_of_each_format(frozen):
    edition = frozen(2)
    assert assembly.render_waiting() == 1
    edition.refresh_from_db()
    assert edition.rendered_at is not None
    assert [(file.format, file.volume) for file in edition.files.all()] == [
        (kind, 1) for kind in FORMATS
    ]
    assert edition.content_path == ""
    assert halves(edition) == []


def test_a_long_edition_comes_in_the_same_volumes_in_each_format_and_whole_for_machines(
    frozen, quick
):
    edition = frozen(7)
    assembly.render_waiting()
    names = [file.name for file in edition.files.all()]
    pages = ["index", "volume-1", "volume-2", "volume-3"]
    assert names == [
        "SAMPLE-1-1-E.akn.xml",
        *(f"SAMPLE-1-1-E-{part}.docx" for part in pages),
        *(f"SAMPLE-1-1-E-{part}.html" for part in pages),
        "SAMPLE-1-1-E.json",
        *(f"SAMPLE-1-1-E-{part}.pdf" for part in pages),
    ]
    assert sorted(quick) == sorted(names)


def test_the_content_of_a_long_edition_lies_in_a_file_that_its_fingerprint_covers(frozen):
    edition = frozen(7)
    paper = specimens.compilation(7)
    edition.refresh_from_db()
    assert edition.content["blocks"] == []
    kept = {key: value for key, value in contents.whole(edition).items() if key != "aside"}
    assert kept == json.loads(json.dumps(to_json(paper)))
    assert tuple(contents.blocks(edition)) == paper.blocks
    assert contents.is_whole(edition)
    path = spool.locate(edition.content_path)
    path.write_bytes(path.read_bytes().replace(b"Sample organisation 7", b"Sample organisation 8"))
    assert not contents.is_whole(edition)


def test_a_process_killed_in_the_middle_leaves_no_half_document_and_the_rest_is_made_once(
    frozen, monkeypatch
):
    edition = frozen(7)
    properly, started = subprocess.Popen, []

    def killing(command, **more):
        process = properly(command, **more)
        if "worker" in " ".join(map(str, command)):
            started.append(command)
            if len(started) == 6:
                os.kill(process.pid, signal.SIGKILL)
        return process

    with monkeypatch.context() as broken:
        broken.setattr(apart.subprocess, "Popen", killing)
        assembly.render_waiting()
    edition.refresh_from_db()
    first = {file.name: (file.pk, file.sha256) for file in edition.files.all()}

    assert edition.rendered_at is None
    assert (edition.attempts, len(first)) == (1, 13)
    assert re.fullmatch(r"SAMPLE-1-1-E\S+: ended with -9: no message", edition.rendering_error)
    assert halves(edition) == []

    assert assembly.render_waiting() == 1
    edition.refresh_from_db()
    then = {file.name: (file.pk, file.sha256) for file in edition.files.all()}
    assert edition.rendered_at is not None
    assert len(then) == 14
    assert first.items() <= then.items()
    assert halves(edition) == []


def test_what_a_kill_may_never_leave_would_be_seen(frozen, quick):
    edition = frozen(2)
    assembly.render_waiting()
    row = edition.files.first()
    spool.locate(row.path).write_bytes(b"half")
    spool.keep([b"nobody's"], folder="editions", name="orphan")
    assert halves(edition) == [row.name, "orphan"]


def test_bytes_that_were_kept_just_before_a_kill_are_taken_for_none(frozen, quick):
    edition = frozen(2)
    spool.keep([b"half"], folder="editions", name=f"{edition.pk}-pdf-1")
    assembly.render_waiting()
    assert halves(edition) == []
    assert spool.locate(edition.files.get(format="pdf").path).read_bytes() == b"pdf volume-1"


def test_while_one_process_makes_files_no_other_does(frozen, quick):
    frozen(2)
    with making.alone() as mine:
        assert mine
        assert assembly.render_waiting() == 0
    assert assembly.render_waiting() == 1


def test_one_volume_that_cannot_be_made_holds_up_no_other_and_three_tries_are_enough(
    frozen, quick, monkeypatch
):
    edition = frozen(7)
    properly = apart.lay_out

    def refusing(kind, source, target, *, limits):
        if target.name == "SAMPLE-1-1-E-volume-2.pdf":
            raise LayoutFailedError("not finished after 180 seconds")
        return properly(kind, source, target, limits=limits)

    monkeypatch.setattr(apart, "lay_out", refusing)
    tries = [assembly.render_waiting() for _ in range(5)]
    edition.refresh_from_db()

    assert tries == [1, 1, 1, 0, 0]
    assert edition.rendered_at is None
    assert edition.files.count() == 13
    assert edition.rendering_error == "SAMPLE-1-1-E-volume-2.pdf: not finished after 180 seconds"


def test_a_full_disk_is_no_failed_try(frozen, quick, monkeypatch):
    edition = frozen(2)

    def full(*_given, **_more):
        raise spool.SpoolFullError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(spool, "keep", full)
        assembly.render_waiting()
    edition.refresh_from_db()
    assert (edition.attempts, edition.rendering_error) == (0, "The disk is full.")
    assembly.render_waiting()
    edition.refresh_from_db()
    assert edition.rendered_at is not None


def test_a_release_that_cuts_otherwise_loses_nothing_silently(frozen, quick, monkeypatch):
    edition = frozen(7)
    monkeypatch.setattr(volumes, "RESPONSES", 2)
    assembly.render_waiting()
    edition.refresh_from_db()
    assert edition.rendered_at is None
    assert edition.rendering_error == "comes in 4 volumes, not in 3"


def test_progress_counts_files_by_format(frozen, quick):
    edition = frozen(7)
    before = [(p.format, p.done, p.total) for p in making.progress(edition)]
    EditionFile.objects.create(
        edition=edition, format="pdf", volume=2, name="x", path="x", sha256="0", size=1
    )
    after = {p.format: (p.done, p.total) for p in making.progress(edition)}
    assert before == [("json", 0, 1), ("akn", 0, 1), ("html", 0, 4), ("docx", 0, 4), ("pdf", 0, 4)]
    assert after["pdf"] == (1, 4)


def test_the_workers_memory_does_not_grow_with_the_volumes(frozen, quick):
    def peak(count):
        edition = frozen(count)
        edition.refresh_from_db(fields=["volumes"])
        tracemalloc.start()
        with making.alone():
            making.make(Edition.objects.defer("content").get(pk=edition.pk))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        Edition.objects.filter(pk=edition.pk).update(ordinal=count)
        return most

    peak(10)
    few, many = peak(30), peak(300)  # 10 and 100 volumes of some 30 kB
    assert (many - few) / 90 < 5000  # bytes for each further volume: its rows, none of its words


def test_a_child_ends_with_the_process_that_asked(tmp_path):
    paper = replace(specimens.compilation(400), contents=False)
    job = tmp_path / "job"
    jobs.write(job, jobs.head(paper), map(jobs.line, paper.blocks), place="")
    script = (
        "from pathlib import Path\n"
        "from consulta.reports.renderers import apart\n"
        f"apart.lay_out('pdf', Path({str(job)!r}), Path({str(tmp_path / 'made')!r}),"
        " limits=apart.Limits())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PATH": os.environ["PATH"]},
    )
    child = _first(lambda: _children(parent.pid))
    parent.kill()
    parent.wait()
    assert _first(lambda: not Path(f"/proc/{child[0]}").exists())
    assert not (tmp_path / "made").exists()


def _children(pid):
    return [
        int(each)
        for listed in Path(f"/proc/{pid}/task").glob("*/children")
        for each in listed.read_text().split()
    ]


def _first(look, patience=20.0):
    """What *look* finds, as soon as it finds something."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    return look()
