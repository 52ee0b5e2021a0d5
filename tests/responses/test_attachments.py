"""A file is kept as it came, shown as a clean copy or once a person checked it, and never before."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from consulta.accounts.models import User
from consulta.adapters.files import sandbox, scan
from consulta.adapters.files.findings import PDF
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.responses import attachments
from consulta.responses.models import Attachment, ModerationStep, Response, Version
from consulta.stakeholders.models import Respondent
from tests.adapters.files import clamd, daemon, made

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Safety = Attachment.Safety
Arrived = Callable[..., Attachment]

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    """A version of a response."""
    response = Response.objects.create(
        consultation=Consultation.objects.create(number=7, slug="seven"),
        serial=1,
        number="7-000017",
        channel="web",
        state=State.RECEIVED,
        respondent=Respondent.objects.create(kind="individual"),
        received_at=NOW,
        idempotency_key="k",
    )
    return Version.objects.create(
        response=response,
        ordinal=1,
        language="en",
        received_at=NOW,
        private_salt="s",
        private_fingerprint="f",
        public_salt="p",
    )


@pytest.fixture
def arrived(version: Version, settings: Any, tmp_path: Path) -> Arrived:
    """A file with these bytes that came with the version."""
    settings.DATA = tmp_path
    settings.CLAMD = ""

    def arrive(data: bytes, name: str = "our views.pdf") -> Attachment:
        kept = spool.keep([data], folder="spool/files")
        return Attachment.objects.create(
            version=version,
            position=version.attachments.count() + 1,
            name=name,
            path=kept.path,
            sha256=kept.sha256,
            size=kept.size,
        )

    return arrive


def acts() -> list[tuple[str, str]]:
    """Acts in the ledger and who did them."""
    return list(Entry.objects.order_by("at").values_list("act", "by"))


def officer() -> User:
    return User.objects.create(email="officer@example.org", is_administrator=True)


def test_a_fair_file_is_shown_as_a_clean_copy_beside_the_kept_original(arrived: Arrived) -> None:
    file = arrived(made.hostile_pdf())
    original = spool.locate(file.path).read_bytes()
    assert attachments.public_file(file) is None
    attachments.examine(file)
    shown = attachments.public_file(file)
    assert shown is not None
    assert (file.safety, file.media_type, file.text) == (
        Safety.CLEAN,
        PDF,
        "Hello from the delegation",
    )
    assert "active_content_removed" in file.findings
    assert shown.read_bytes() != original == spool.locate(file.path).read_bytes()
    assert (file.clean_size, b"Launch" in shown.read_bytes()) == (shown.stat().st_size, False)
    assert acts() == [("file_released", "rules")]


@pytest.mark.parametrize(
    ("data", "safety", "finding"),
    [
        (b"MZ" + b"\0" * 99, Safety.UNSAFE, "type_not_allowed"),
        (made.zipped({**made.word(), "../x": "x"}), Safety.UNSAFE, "unsafe_names"),
        (b"%PDF-1.7", Safety.UNREADABLE, "broken"),
        (b"", Safety.UNREADABLE, "empty"),
    ],
)
def test_a_bad_file_is_kept_and_never_shown(
    arrived: Arrived, data: bytes, safety: str, finding: str
) -> None:
    file = arrived(data)
    attachments.examine(file)
    assert (file.safety, file.findings) == (safety, [finding])
    assert attachments.public_file(file) is None
    assert spool.locate(file.path).read_bytes() == data
    assert acts() == [("attachment_rejected", "rules")]


def test_a_second_examination_changes_nothing(arrived: Arrived, tmp_path: Path) -> None:
    file = arrived(b"Hello")
    stale = Attachment.objects.get(pk=file.pk)
    attachments.examine(file)
    attachments.examine(file)
    attachments.examine(stale)  # as another process would, that read the row before
    assert len(acts()) == 1
    assert stale.clean_path == file.clean_path
    assert len(list((tmp_path / attachments.CLEAN_FOLDER).iterdir())) == 1


def test_the_sweep_sees_what_nobody_has_examined(arrived: Arrived) -> None:
    first, second = arrived(b"Hello"), arrived(b"Good day")
    assert list(attachments.waiting()) == [first, second]
    attachments.examine(first)
    assert list(attachments.waiting()) == [second]


def test_a_file_that_the_scanner_would_not_judge_holds_nobody_up(
    arrived: Arrived, settings: Any
) -> None:
    first, second = arrived(b"Hello"), arrived(b"Good day")
    with clamd.running(fixed=b"INSTREAM size limit exceeded. ERROR\0") as settings.CLAMD:
        attachments.examine(first)
    assert list(attachments.waiting()) == [second, first]


def test_a_file_stays_waiting_when_the_disk_is_full(
    arrived: Arrived, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arrived(b"Hello")

    def full(*args: object, **more: object) -> None:
        raise spool.SpoolFullError

    monkeypatch.setattr(spool, "keep", full)
    with pytest.raises(spool.SpoolFullError):
        attachments.examine(file)
    assert list(attachments.waiting()) == [file]


def test_no_file_work_is_done_inside_a_transaction(
    arrived: Arrived, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arrived(b"Hello")
    depths = {"outside": len(connection.savepoint_ids)}
    examining, keep = sandbox.examining, spool.keep

    def watch(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            depths[name] = len(connection.savepoint_ids)
            return act(*args, **more)

        return watched

    monkeypatch.setattr(sandbox, "examining", watch("examining", examining))
    monkeypatch.setattr(spool, "keep", watch("keeping", keep))
    attachments.examine(file)
    outside = depths["outside"]
    assert depths == {"outside": outside, "examining": outside, "keeping": outside}


@pytest.mark.parametrize("data", [made.EICAR, made.hostile_pdf()], ids=["itself", "in a PDF"])
def test_a_virus_makes_a_file_unsafe_wherever_it_sits(
    arrived: Arrived, settings: Any, data: bytes
) -> None:
    file = arrived(data)
    with clamd.running() as settings.CLAMD:
        attachments.examine(file)
    assert (file.safety, file.findings) == (Safety.UNSAFE, ["virus"])
    assert (file.text, attachments.public_file(file)) == ("", None)


def test_a_scanner_out_of_reach_never_makes_a_file_clean(arrived: Arrived, settings: Any) -> None:
    file = arrived(b"Hello")
    with clamd.running() as settings.CLAMD:
        pass
    attachments.examine(file)
    assert (file.safety, file.findings) == (Safety.WAITING, ["scanner_unreachable"])
    assert acts() == []
    with clamd.running() as settings.CLAMD:
        attachments.examine(file)
    assert (file.safety, file.findings) == (Safety.CLEAN, [])


@pytest.mark.clamd
@pytest.mark.parametrize(
    "data",
    [
        made.EICAR,
        made.hostile_pdf(),
        b"{\\rtf1 Hi{\\object{\\*\\objdata " + made.EICAR.hex().encode() + b"}}}",
    ],
    ids=["itself", "compressed inside a PDF", "as digits inside RTF"],
)
def test_a_real_scanner_finds_a_virus_wherever_it_sits(
    arrived: Arrived, settings: Any, tmp_path: Path, data: bytes
) -> None:
    file = arrived(data)
    with daemon.running(tmp_path) as running:
        settings.CLAMD = running.address
        attachments.examine(file)
    assert (file.safety, file.findings) == (Safety.UNSAFE, ["virus"])
    assert (file.text, attachments.public_file(file)) == ("", None)


@pytest.mark.clamd
def test_a_file_waits_while_the_real_scanner_is_slow_or_dead_and_goes_on_after(
    arrived: Arrived, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arrived(made.hostile_pdf())
    original = spool.locate(file.path).read_bytes()
    states = []
    monkeypatch.setattr(scan, "SECONDS", 0.3)
    (tmp_path / "one").mkdir()
    with daemon.running(tmp_path / "one") as first:
        settings.CLAMD = first.address
        first.hold()
        attachments.examine(file)
        states.append((file.safety, file.findings))
        first.die()
        attachments.examine(file)
        states.append((file.safety, file.findings))
    assert states == [(Safety.WAITING, ["scanner_unreachable"])] * 2
    assert list(attachments.waiting()) == [file]
    assert (acts(), spool.locate(file.path).read_bytes()) == ([], original)
    monkeypatch.setattr(scan, "SECONDS", 60.0)
    (tmp_path / "two").mkdir()
    with daemon.running(tmp_path / "two") as second:
        settings.CLAMD = second.address
        attachments.examine(file)
    assert (file.safety, acts()) == (Safety.UNSAFE, [("attachment_rejected", "rules")])


def test_a_person_releases_a_file_that_could_not_be_read(arrived: Arrived) -> None:
    file, by = arrived(b"%PDF-1.7"), officer()
    attachments.examine(file)
    attachments.release(file, by=by, reason="Opened it: a map.")
    assert (file.safety, file.checked_by) == (Safety.RELEASED, by)
    assert attachments.public_file(file) == spool.locate(file.path)
    assert (file.clean_sha256, file.clean_size) == (file.sha256, file.size)
    assert acts()[-1] == ("file_released", f"user:{by.pk}")
    assert ModerationStep.objects.get().reason == "Opened it: a map."


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"MZ" + b"\0" * 99, "Looks fair."), (b"Hello", "Already shown."), (b"%PDF-1.7", " ")],
    ids=["a program", "a clean file", "without a reason"],
)
def test_what_no_person_may_release(arrived: Arrived, data: bytes, reason: str) -> None:
    file = arrived(data)
    attachments.examine(file)
    before = file.safety
    with pytest.raises(attachments.ReleaseNotAllowedError):
        attachments.release(file, by=officer(), reason=reason)
    file.refresh_from_db()
    assert file.safety == before


def test_a_file_that_waits_cannot_be_released(arrived: Arrived) -> None:
    with pytest.raises(attachments.ReleaseNotAllowedError):
        attachments.release(arrived(b"Hello"), by=officer(), reason="In a hurry.")


def sizes(*bytes_each: int) -> list[Any]:
    return [SimpleNamespace(size=size) for size in bytes_each]


@pytest.mark.parametrize(
    ("size", "existing", "head", "error"),
    [
        (0, sizes(), b"", attachments.FileEmptyError),
        (1, sizes(attachments.MAX_TOTAL), b"", attachments.FileTooLargeError),
        (attachments.MAX_TOTAL + 1, sizes(), b"", attachments.FileTooLargeError),
        (1, sizes(*[1] * attachments.MAX_FILES), b"", attachments.TooManyFilesError),
        (9, sizes(), b"MZ\0\0", attachments.FileTypeNotAllowedError),
    ],
)
def test_an_upload_that_cannot_be_taken_is_refused_by_name(
    size: int, existing: list[Any], head: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        attachments.check_upload("a.pdf", size, existing, head=head)


def test_fifty_megabytes_together_can_be_taken() -> None:
    attachments.check_upload("a.pdf", attachments.MAX_TOTAL - 5, sizes(2, 3), head=b"%PDF-1.7")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jane\\views.docx", "views.docx"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("views\u202efdp.exe", "viewsfdp.exe"),
        ("رأي الوفد.pdf", "رأي الوفد.pdf"),
        ('a"b;<c>.pdf', "a_b;_c_.pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("NUL.txt", "_NUL.txt"),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
        ("意" * 500 + ".odt", "意" * 65 + ".odt"),
    ],
)
def test_the_name_of_a_download_is_safe_on_any_machine(name: str, safe: str) -> None:
    assert attachments.safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "saved"),
    [("invoice.pdf.exe", "invoice.pdf.pdf"), ("views.PDF", "views.PDF"), ("views", "views.pdf")],
)
def test_the_ending_of_a_download_is_that_of_its_real_type(name: str, saved: str) -> None:
    assert attachments.download_name(Attachment(name=name, media_type=PDF)) == saved


def test_a_download_is_saved_never_shown_and_its_name_cannot_break_the_header() -> None:
    header = attachments.content_disposition(Attachment(name='é"\r\nX: y.pdf', media_type=PDF))
    assert header == "attachment; filename*=utf-8''%C3%A9_X_%20y.pdf"
    assert "\n" not in header


def test_a_reader_of_the_desk_may_not_release_a_file(arrived):
    reader = User.objects.create(email="reader@example.org")
    file = arrived(b"%PDF-1.7 broken")
    attachments.examine(file)

    with pytest.raises(NotAllowedError):
        attachments.release(file, by=reader, reason="It looks well.")


def test_releasing_a_file_of_a_published_response_commits_to_it_anew(arrived):
    file = arrived(b"%PDF-1.7")
    attachments.examine(file)
    version = file.version
    response = version.response
    Version.objects.filter(pk=version.pk).update(
        screening="published",
        public_salt="00" * 16,
        public_fingerprint="0" * 64,
        private_fingerprint="1" * 64,
    )
    Response.objects.filter(pk=response.pk).update(
        state="published", published_version=version, published_at=timezone.now()
    )

    attachments.release(file, by=officer(), reason="Opened it: a map.")

    version.refresh_from_db()
    body = bytes(Entry.objects.get(act="file_released").body).decode()
    assert version.public_fingerprint != "0" * 64
    assert f'"public":"{version.public_fingerprint}"' in body
