"""Members have a meeting's documents, one by one or all at once; nobody else has theirs."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Group, Role
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.meetings.models import Document, PostingRule
from consulta.web.members import package

MEETING = "/en/members/meetings/swg-3/"


def address(document, name="report.pdf"):
    return f"/en/members/documents/{document.pk}/{name}"


def archive(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def files(packed):
    """What is in an archive beside its index."""
    return {name: packed.read(name) for name in packed.namelist() if not name.startswith("index.")}


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
    assert sorted(files(packed).values()) == [b"English", b"French"]


def test_the_whole_meeting_is_one_archive_without_the_desks_documents(member, posted):
    posted("members", data=b"for members")
    posted("desk", data=b"for the desk")
    posted("public", data=b"for all")

    packed = archive(member.get(f"{MEETING}documents.zip"))

    assert files(packed) == {
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
        "index.html",
        "index.css",
        "SWG3-1-E/report.pdf",
        "SWG3-1-E/report-2.pdf",
    ]


def test_a_path_that_leads_out_of_the_store_brings_nothing(member, posted):
    document = posted("members")
    document.files = [document.files[0] | {"path": "../secret_key"}]
    document.save()

    assert member.get(address(document)).status_code == 404
    assert files(archive(member.get(f"{MEETING}documents.zip"))) == {}


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


def test_the_index_leads_to_every_file_with_its_number_title_and_audience(member, posted):
    posted("members")
    posted("public", name="a b & c.pdf")
    documents.withdraw(posted("listed"), reason="Sent in error.", by=None)

    packed = archive(member.get(f"{MEETING}documents.zip"))
    said = packed.read("index.html").decode()

    leads = [unquote(href) for href in re.findall('href="([^"]+)"', said)]
    assert leads == packed.namelist()[1:]
    assert all(words in said for words in ("SWG3/1-E", "For members", "Sent in error."))
    assert "For desk" not in said


def test_the_file_holds_what_was_chosen(member, posted):
    report, note = posted("members", data=b"report"), posted("public", data=b"note")
    kept = spool.keep([b"rapport"], folder="editions")
    twin = dict(report.files[0]) | {"path": kept.path, "sha256": kept.sha256, "size": 7}
    documents.add_language(report, [twin], language="fr", by=None)
    Document.objects.filter(pk=note.pk).update(sort="information")

    def chosen(query):
        return sorted(files(archive(member.get(f"{MEETING}documents.zip?{query}"))).values())

    assert chosen("") == [b"note", b"rapport", b"report"]
    assert chosen("language=fr") == [b"note", b"rapport"]
    assert chosen("sorts=information") == [b"note"]
    assert chosen("audiences=members&language=en") == [b"report"]
    assert chosen("language=xx&sorts=nothing&audiences=desk") == chosen("")


def test_a_choice_of_nothing_is_said_where_it_can_be_mended(member, posted):
    Document.objects.filter(pk=posted("members").pk).update(sort="information")
    posted("public")
    answer = member.get(f"{MEETING}documents.zip?sorts=information&audiences=public", follow=True)
    assert answer.redirect_chain[0][0] == f"{MEETING}download/"
    assert "No document of the meeting is of that choice" in answer.content.decode()


def test_three_hundred_documents_ask_no_more_than_three(member, posted):
    for _ in range(3):
        posted("members")
    found = "/en/members/search/?q=For"
    places = (MEETING, f"{MEETING}download/", found, f"{MEETING}documents.zip")
    member.get(MEETING).close()
    asked = [queries_of(member, place) for place in places]
    for _ in range(297):
        posted("members")
    then = [queries_of(member, place) for place in places]
    assert then[:3] == asked[:3]
    assert then[3] - asked[3] <= 1  # the readings are noted in batches


def queries_of(reader, path):
    with CaptureQueriesContext(connection) as asked:
        b"".join(reader.get(path))
    return len(asked)


def test_what_was_posted_after_the_day_for_all_is_marked(member, posted, meeting, body):
    PostingRule.objects.create(group=meeting.group, deadlines="itu-council")
    day = datetime(2027, 2, 24, 12, tzinfo=UTC)  # 7 days before
    for days in (0, 1, 6, 30):
        Document.objects.filter(pk=posted("members").pk).update(posted_at=day + timedelta(days))
    drawn_up = posted("members").pk
    Document.objects.filter(pk=drawn_up).update(posted_at=day + timedelta(2), sort="temporary")

    page = member.get(MEETING).content.decode()

    assert re.findall(r"Posted \d+ days? late", page) == ["Posted 1 day late", "Posted 6 days late"]
    assert "2 came later" in page
