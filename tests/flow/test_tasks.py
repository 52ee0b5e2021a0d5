"""What the worker does every minute."""

import os
import time

import pytest
from django.utils import timezone

from consulta.flow import tasks
from consulta.mailroom import spool
from consulta.responses import drafts


def test_the_sweep_removes_old_files_that_no_row_names_and_no_others(consultation, monkeypatch):
    kept = spool.keep([b"named"], folder="spool/uploads")
    orphan = spool.keep([b"nobody's"], folder="spool/uploads")
    young = spool.keep([b"just come"], folder="spool/uploads")
    draft = drafts.begin(consultation, {}, now=timezone.now()).draft
    drafts.add_file(draft, kept, name="a.txt")
    old = time.time() - 3 * 24 * 3600
    for file in (kept, orphan):
        os.utime(spool.locate(file.path), (old, old))
    monkeypatch.setattr(tasks.checkpoints, "sign", lambda: None)

    tasks.sweep()

    assert spool.locate(kept.path).exists()
    assert spool.locate(young.path).exists()
    assert not spool.locate(orphan.path).exists()


def test_a_step_that_fails_stops_no_other_and_is_told(db, monkeypatch):
    done = []

    def fails(now):
        raise ValueError("no such mailbox")

    monkeypatch.setattr(tasks.reminding, "remind_due", fails)
    monkeypatch.setattr(tasks.checkpoints, "sign", lambda: done.append("signed"))

    with pytest.raises(ExceptionGroup) as told:
        tasks.sweep()

    assert done == ["signed"]
    assert told.group_contains(ValueError, match="no such mailbox")
