"""The disk is full while a file is sent: a clear sentence, the draft stands, and nothing partial is left."""

import errno
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consulta.mailroom import durable
from consulta.responses.models import Draft, DraftFile, Response

TEXT = "What was typed before the file was chosen."


@pytest.fixture
def path(consultation):
    return f"/en/consultations/{consultation.slug}/respond/"


def no_room(_handle: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def form(**changes: object) -> dict[str, object]:
    fields = {"answer-1": TEXT, "language": "en", "act": "add"}
    return fields | {"files": SimpleUploadedFile("note.txt", b"A file.\n")} | changes


@pytest.mark.django_db
def test_a_full_disk_refuses_the_file_and_keeps_the_draft(
    client: Client, path: str, tmp_path: Path
):
    with patch.object(durable.os, "fsync", no_room):
        page = client.post(path, form())

    assert page.status_code == 422
    assert "note.txt” could not be kept: our disk is full" in page.content.decode()
    assert TEXT in page.content.decode()
    assert Draft.objects.get().content["answers"]["1"] == TEXT
    assert (DraftFile.objects.count(), Response.objects.count()) == (0, 0)
    assert [file for file in (tmp_path / "spool").rglob("*") if file.is_file()] == []


@pytest.mark.django_db
def test_when_there_is_room_again_the_same_file_is_taken(client: Client, path: str):
    with patch.object(durable.os, "fsync", no_room):
        page = client.post(path, form())
    here = page.context["here"]

    assert client.post(here, form()).status_code == 303
    assert DraftFile.objects.get().name == "note.txt"
    assert Draft.objects.get().content["answers"]["1"] == TEXT
