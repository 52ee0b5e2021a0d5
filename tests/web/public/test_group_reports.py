"""Released reports of groups: everyone reads the public ones, nobody a trace of the members'."""

import pytest
from django.urls import reverse

from consulta.groups.models import Group
from tests import released_reports

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(body) -> Group:
    return Group.objects.create(
        body=body, slug="sample-group", short_name="SG", names={"en": "Sample Group"}
    )


def test_everyone_reads_a_public_report_and_its_files(client, group, officer):
    edition = released_reports.released(group, officer)
    listed = client.get(reverse("public:group_reports")).content.decode()
    page = client.get(reverse("public:group_report", args=[edition.report.slug]))
    name = edition.files[0]["name"]
    file = client.get(
        reverse("public:group_report_file", args=[edition.report.slug, edition.pk, name])
    )
    assert "Annual report to the Council: SG, 2026" in listed
    assert "No meeting of the group is on record" in page.content.decode()
    assert "This body has one officer." in page.content.decode()
    assert len(b"".join(file.streaming_content)) == edition.files[0]["size"]


def test_a_members_report_leaves_no_trace_for_strangers(client, group, officer):
    edition = released_reports.released(group, officer, is_public=False)
    slug, name = edition.report.slug, edition.files[0]["name"]
    assert slug not in client.get(reverse("public:group_reports")).content.decode()
    assert client.get(reverse("public:group_report", args=[slug])).status_code == 404
    file = reverse("public:group_report_file", args=[slug, edition.pk, name])
    assert client.get(file).status_code == 404
    client.force_login(officer)
    page = client.get(reverse("public:group_report", args=[slug]))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    answer = client.get(file)
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_what_is_not_released_is_nowhere(client, group, officer):
    report = released_reports.begun(group, officer)
    assert client.get(reverse("public:group_report", args=[report.slug])).status_code == 404
