"""The secretariat posts what was submitted, and its own documents with a classification that it chose."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consulta.flow import contributing as flow
from consulta.meetings import drafting, posting_rules
from consulta.meetings.models import Document, NumberSeries
from tests.delegations import delegations  # noqa: F401
from tests.handed_in import FILE, handed_in


def page(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_a_submitted_contribution_is_read_and_posted(desk, next_meeting, delegations):  # noqa: F811
    told = {"titles": {"en": "Islands first"}, "language": "en", "purpose": "action"}
    told |= {"audience": "members", "text": "Connect them."}
    by = delegations.delegate_of_a.user
    draft = drafting.begin(next_meeting, delegations.a, told, by=by)
    here = page("meeting_contributions", next_meeting.slug)
    assert "Islands first" not in desk.get(here).content.decode()
    assert desk.post(here, {"post": draft.pk}).status_code == 404
    flow.submit(draft, by=by)
    assert "Connect them." in desk.get(here).content.decode()
    desk.post(here, {"post": draft.pk})
    assert Document.objects.get().posted_at is not None
    again = desk.post(here, {"post": draft.pk}, follow=True)
    assert "stands posted" in again.content.decode()


def test_the_files_of_what_was_submitted_are_opened_and_none_of_a_draft(
    desk,
    next_meeting,
    delegations,  # noqa: F811
    tmp_path,
):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "annex").write_bytes(b"An annex.")
    one = handed_in(next_meeting, delegations.delegate_of_a)
    draft = drafting.begin(
        next_meeting, delegations.a, {"language": "en"}, by=delegations.delegate_of_a.user
    )
    drafting.attach(
        draft, FILE | {"sha256": "0" * 64, "size": 9}, by=delegations.delegate_of_a.user
    )
    here = page("meeting_contribution_file", next_meeting.slug, one.pk, "annex.txt")
    assert here in desk.get(page("meeting_contributions", next_meeting.slug)).content.decode()
    assert b"".join(desk.get(here).streaming_content) == b"An annex."
    theirs = page("meeting_contribution_file", next_meeting.slug, draft.pk, "annex.txt")
    assert desk.get(theirs).status_code == 404


def typed(**changes):
    file = SimpleUploadedFile("note.txt", b"A note.")
    said = {"sort": "information", "title": "A note", "source": "Secretariat", "language": "en"}
    return said | {"file": file} | changes


def test_a_document_is_posted_only_with_a_sort_and_a_classification_somebody_chose(
    desk, next_meeting
):
    here = page("new_document", next_meeting.slug)
    shown = desk.get(here).content.decode()
    assert "checked>" not in shown
    assert "Only those who work at the desk see it." in shown
    assert desk.post(here, typed()).status_code == 422
    assert Document.objects.count() == 0
    assert desk.post(here, typed(audience="listed")).status_code == 302
    made = Document.objects.get()
    assert (made.sort, made.audience, made.series) == ("information", "listed", "")


def test_a_sort_with_a_series_of_its_own_is_counted_apart(desk, next_meeting):
    group = next_meeting.group
    pattern = "{body}{meeting}/INF/{seq}[(Rev.{r})]-{lang}"
    NumberSeries.objects.create(group=group, sort="information", symbol="C", pattern=pattern)
    here = page("new_document", next_meeting.slug)
    for sort in ("administrative", "information", "administrative", "information"):
        desk.post(here, typed(sort=sort, audience="members"))
    numbers = list(Document.objects.order_by("pk").values_list("number", flat=True))
    assert [number.rpartition("2/")[2] for number in numbers] == [
        "1-E",
        "INF/1-E",
        "2-E",
        "INF/2-E",
    ]


def test_the_rule_of_a_group_is_laid_down_and_says_that_nobody_checked_it(desk, next_meeting):
    here = page("posting_rule", next_meeting.group.slug)
    assert "not verified" in desk.get(here).content.decode()
    desk.post(here, {"deadlines": "itu-council", "posts_at_once": "on"})
    rule = posting_rules.of(next_meeting.group)
    assert (rule.deadlines, rule.posts_at_once) == ("itu-council", True)
