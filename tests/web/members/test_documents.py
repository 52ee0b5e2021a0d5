"""Members have a meeting's documents, one by one or all at once; nobody else has theirs."""

import io
import zipfile

import pytest

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Group, Role
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.web.members import package

MEETING = "/en/members/meetings/swg-3/"


def address(document, name="report.pdf"):
    return f"/en/members/documents/{document.pk}/{name}"


def archive(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_a_member_sees_groups_meetings_and_documents_but_not_those_of_the_desk(member, posted):
    for audience in ("public", "listed", "members", "desk"):
        posted(audience)

    assert "swg-3" in member.get("/en/members/").content.decode()
    page = member.get(MEETING).content.decode()

    shown = [
        audience
        for audience in ("public", "listed", "members", "desk")
        if f"For {audience}" in page
    ]
    assert shown == ["public", "listed", "members"]


def test_a_member_downloads_the_stored_bytes(member, posted):
    page = member.get(address(posted("members", data=b"%PDF-1.7 exact")))

    assert b"".join(page.streaming_content) == b"%PDF-1.7 exact"
    assert page["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert page["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page["Cache-Control"] == "private, no-store"


def test_two_languages_sent_under_one_file_name_are_both_served(member, posted):
    document = posted("members", data=b"English")
    kept = spool.keep([b"French"], folder="editions")
    twin = dict(document.files[0]) | {"path": kept.path, "sha256": kept.sha256}
    documents.add_language(document, [twin], language="fr", by=None)

    served = {
        name: b"".join(member.get(address(document, name)).streaming_content)
        for name in ("report.pdf", "report-fr.pdf")
    }

    assert served == {"report.pdf": b"English", "report-fr.pdf": b"French"}
    packed = archive(member.get(f"{MEETING}documents.zip"))
    assert sorted(packed.read(name) for name in packed.namelist()) == [b"English", b"French"]


def test_the_whole_meeting_is_one_archive_without_the_desks_documents(member, posted):
    posted("members", data=b"for members")
    posted("desk", data=b"for the desk")
    posted("public", data=b"for all")

    packed = archive(member.get(f"{MEETING}documents.zip"))

    assert {name: packed.read(name) for name in packed.namelist()} == {
        "SWG3-1-E/report.pdf": b"for members",
        "SWG3-3-E/report.pdf": b"for all",
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\a\\b.pdf", "C__a_b.pdf"),
        (".hidden", "hidden"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("报告.pdf", "报告.pdf"),
        ("", "_"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("line\nbreak\x00.pdf", "line_break_.pdf"),
    ],
)
def test_names_in_the_archive_are_safe_on_every_system(given, kept):
    assert package.safe(given) == kept


def test_two_files_of_one_name_both_come(member, posted, meeting):
    document = posted("members")
    document.files = [*document.files, *document.files]
    document.save()

    assert archive(member.get(f"{MEETING}documents.zip")).namelist() == [
        "SWG3-1-E/report.pdf",
        "SWG3-1-E/report-2.pdf",
    ]


def test_a_path_that_leads_out_of_the_store_brings_nothing(member, posted):
    document = posted("members")
    document.files = [document.files[0] | {"path": "../secret_key"}]
    document.save()

    assert member.get(address(document)).status_code == 404
    assert archive(member.get(f"{MEETING}documents.zip")).namelist() == []


def test_who_is_not_signed_in_is_asked_to(client, posted):
    document = posted("public")

    places = ("/en/members/", MEETING, f"{MEETING}documents.zip", address(document))
    assert [client.get(place).status_code for place in places] == [302] * 4


def test_a_member_of_another_group_has_nothing_of_this_one(client, body, posted):
    other = Group.objects.create(body=body, slug="other", short_name="OWG")
    stranger = User.objects.create_user("stranger@example.org", name="Stranger")
    Appointment.objects.create(user=stranger, group=other, role=Role.OFFICER)
    client.force_login(stranger)
    document = posted("members")

    places = (MEETING, f"{MEETING}documents.zip", address(document))
    assert [client.get(place).status_code for place in places] == [403, 403, 404]


def test_a_stakeholder_with_an_account_is_no_member(client, posted):
    client.force_login(User.objects.create_user("someone@example.org", name="Someone"))

    assert client.get("/en/members/").status_code == 403
    assert client.get(address(posted("members"))).status_code == 403
