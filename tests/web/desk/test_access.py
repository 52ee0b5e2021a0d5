"""Every address of the desk, asked for by everyone: who is let in stands in one table."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from consulta.groups import appointing, offices
from consulta.groups.models import Appointment, Group
from consulta.groups.offices import Term
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import documents
from consulta.meetings.models import Document
from consulta.repository.models import Practice
from consulta.responses import appeals
from consulta.responses.models import Attachment
from consulta.web.desk import urls
from tests import campaigns as letters
from tests import codes, delegations, joint, outputs, posts, released_reports, settled, sittings
from tests.agendas import an_item
from tests.handed_in import handed_in
from tests.letters import letter
from tests.live import registered
from tests.tables import table

WHO = ("anonymous", "nobody", "reader", "moderator", "editor", "officer", "administrator")
ALL = {"reader", "moderator", "editor", "officer", "administrator"}
MODERATION = {"moderator", "officer", "administrator"}
TRANSLATION = MODERATION | {"editor"}
OFFICERS = {"officer", "administrator"}
REPORT = OFFICERS | {"editor"}
WHOLE_BODY = {"administrator"}

#: Who is let in, and by which method the page is asked for. What is not here, nobody may see.
TABLE: dict[str, tuple[str, set[str]]] = {
    "home": ("get", ALL),
    "inbox": ("get", ALL),
    "inbox_act": ("post", MODERATION),
    "second_factor": ("get", ALL),
    "convene": ("get", OFFICERS),
    "plan": ("get", OFFICERS),
    "record_decision": ("get", OFFICERS),
    **dict.fromkeys(settled.OFFICERS_READ, ("get", OFFICERS)),
    **dict.fromkeys(settled.POSTS, ("post", OFFICERS)),
    **dict.fromkeys(outputs.READ, ("get", OFFICERS)),
    **dict.fromkeys(outputs.POSTS, ("post", OFFICERS)),
    "standing_duty_new": ("get", WHOLE_BODY),
    "offices": ("get", WHOLE_BODY),
    "consultation": ("get", ALL),
    "edit": ("get", OFFICERS),
    "open": ("get", OFFICERS),
    "extend": ("get", OFFICERS),
    "cancel": ("get", OFFICERS),
    "correct": ("get", OFFICERS),
    "languages": ("get", TRANSLATION),
    "facts": ("get", OFFICERS),
    "deviation": ("get", OFFICERS),
    "responses": ("get", ALL),
    "publish_several": ("post", MODERATION),
    "enter": ("get", MODERATION),
    "imports": ("get", MODERATION),
    "import": ("get", MODERATION),
    "import_refused": ("get", MODERATION),
    "import_template": ("get", MODERATION),
    "move_meeting": ("get", OFFICERS),
    **dict.fromkeys(("sittings", "sitting"), ("get", OFFICERS)),
    "meeting_documents": ("get", OFFICERS),
    "meeting_document": ("get", OFFICERS),
    "meeting_document_file": ("get", OFFICERS),
    "meeting_document_reads": ("get", OFFICERS),
    **dict.fromkeys(("number_series", "number_series_of_sort"), ("get", OFFICERS)),
    "meeting_contribution_file": ("get", OFFICERS),
    **dict.fromkeys(("group_reports", "group_report"), ("get", REPORT)),
    **dict.fromkeys(("group_report_paragraph", "group_report_file"), ("get", REPORT)),
    "group_report_keep": ("post", REPORT),
    **dict.fromkeys(("meeting_contributions", "new_document", "posting_rule"), ("get", OFFICERS)),
    **dict.fromkeys(("meetings", "agenda", "agenda_new", "agenda_item"), ("get", OFFICERS)),
    **dict.fromkeys(registered.AT_DESK, ("get", OFFICERS)),
    **dict.fromkeys(("meeting_particulars", "meeting_cancel", "meeting_split"), ("get", OFFICERS)),
    **dict.fromkeys(("agenda_draw_up", "agenda_print", "standing_items"), ("get", OFFICERS)),
    "agenda_document": ("post", OFFICERS),
    "response": ("get", ALL),
    "decide": ("post", MODERATION),
    "marks": ("post", MODERATION),
    "redact": ("post", MODERATION),
    "translate": ("post", TRANSLATION),
    "version": ("post", MODERATION),
    "confirm": ("post", MODERATION),
    "ask": ("post", MODERATION),
    "mandate": ("post", MODERATION),
    "mandate_file": ("get", ALL),
    "signatory": ("post", MODERATION),
    "appeal": ("post", MODERATION),
    "erase": ("get", OFFICERS),
    "original": ("get", ALL),
    "clean": ("get", ALL),
    "release": ("post", MODERATION),
    "officers": ("get", OFFICERS),
    **dict.fromkeys(("members", "group_members", "group_member"), ("get", OFFICERS)),
    **dict.fromkeys(("group_delegate", "group_offices", "group_mandate"), ("get", OFFICERS)),
    "group_office_end": ("post", OFFICERS),
    "end_appointment": ("post", OFFICERS),
    "post": ("get", OFFICERS),
    "incoming": ("get", WHOLE_BODY),
    "letter": ("get", WHOLE_BODY),
    "letter_raw": ("get", WHOLE_BODY),
    "letter_again": ("post", WHOLE_BODY),
    "letter_sort": ("post", WHOLE_BODY),
    "letter_settle": ("post", WHOLE_BODY),
    "send_all_again": ("post", WHOLE_BODY),
    "mail": ("get", OFFICERS),
    "try_now": ("post", OFFICERS),
    "lists": ("get", MODERATION),
    "list_post": ("get", MODERATION),
    "list_post_file": ("get", MODERATION),
    "decide_post": ("post", MODERATION),
    "list_readers": ("get", OFFICERS),
    "decide_subscription": ("post", OFFICERS),
    "ledger": ("get", ALL),
    "campaigns": ("get", ALL),
    "campaign": ("get", ALL),
    "campaigns_search": ("post", REPORT),
    "campaign_act": ("post", REPORT),
    **dict.fromkeys(
        ("coding", "coding_question", "coding_table", "coding_table_csv"), ("get", ALL)
    ),
    **dict.fromkeys(("coding_agreement", "coding_frame_csv", "coding_frame_json"), ("get", ALL)),
    **dict.fromkeys(("codings_csv", "codings_json"), ("get", ALL)),
    **dict.fromkeys(("coding_bring_in", "code_new", "code"), ("get", REPORT)),
    **dict.fromkeys(("code_act", "coding_printing", "coding_answer"), ("post", REPORT)),
    **dict.fromkeys(("coding_none", "coding_again", "coding_back"), ("post", REPORT)),
    "practices": ("get", WHOLE_BODY),
    "erase_known": ("get", WHOLE_BODY),
    "practice": ("get", WHOLE_BODY),
    "decide_practice": ("post", WHOLE_BODY),
}

#: Whose addresses stand in tables beside their own tests.
OF_REPORTS = ("desk.reporting", "desk.summary", "desk.contests")


def own_names() -> set[str]:
    """The names of all addresses of the desk; those of reports have tables of their own."""
    found: set[str] = set()
    waiting: list[URLPattern | URLResolver] = [
        entry
        for entry in urls.urlpatterns
        if not any(room in str(getattr(entry, "urlconf_name", "")) for room in OF_REPORTS)
    ]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, URLResolver):
            waiting.extend(entry.url_patterns)
        else:
            found.add(entry.name or str(entry.pattern))
    return found


@pytest.fixture
def places(published, declined, next_meeting, people, at_desk, tmp_path):
    """Something real under every address."""
    response, refused = published(), declined()
    appeals.appeal(refused, "Look again.")
    version = response.versions.get()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a1").write_bytes(b"text")
    file = Attachment.objects.create(
        version=version, position=1, name="a.txt", path="files/a1", sha256="0" * 64, size=4
    )
    practice = Practice.objects.create(
        slug="practice", respondent=refused.respondent, language="en", title="A", text="B",
        submitted_at=timezone.now(), idempotency_key="p",
    )  # fmt: skip
    mail = OutgoingMail.objects.filter(about=f"responses.response:{refused.pk}").first()
    came = letter()
    posted = posts.in_space(at_desk)
    signed = joint.of(response)
    slug, number = [at_desk.slug], [response.number]
    answer = version.answers.get().pk
    document = documents.post(
        Document(
            meeting=next_meeting,
            titles={"en": "A"},
            source="Secretariat",
            files=[
                {
                    "name": "a.txt",
                    "path": "files/a1",
                    "media_type": "text/plain",
                    "size": 4,
                    "sha256": "0" * 64,
                }
            ],
        ),
        language="en",
        by=None,
    )
    appointment = Appointment.objects.get(user=people["reader"]).pk
    special = {
        "plan": [],
        **{key: [] for key in ("home", "second_factor", "convene", "officers", "post")},
        "erase_known": [],
        **{key: [] for key in ("incoming", "ledger", "practices", "record_decision")},
        "send_all_again": [],
        **dict.fromkeys(("response", "marks", "confirm", "ask", "mandate"), number),
        "mandate_file": [response.number, signed.document.pk],
        "signatory": [response.number, signed.signatory.pk],
        **{key: [response.number, file.pk] for key in ("original", "clean", "release")},
        **{key: [response.number, answer] for key in ("redact", "translate")},
        **{key: [mail.pk] for key in ("mail", "try_now")},
        **{key: [came.pk] for key in ("letter", "letter_raw", "letter_again")},
        **{key: [came.pk] for key in ("letter_sort", "letter_settle")},
        **{key: [] for key in ("inbox", "inbox_act")},
        "appeal": [refused.number],
        "decide": [response.number, "accept"],
        "version": [response.number, 1, "accept"],
        "move_meeting": [next_meeting.slug],
        "sittings": [next_meeting.slug],
        "sitting": [next_meeting.slug, sitting_of(next_meeting, people["administrator"]).ordinal],
        "meeting_documents": [next_meeting.slug],
        "meeting_document": [next_meeting.slug, document.pk],
        "meeting_document_reads": [next_meeting.slug, document.pk],
        "meeting_document_file": [next_meeting.slug, document.pk, "a.txt"],
        "number_series": [next_meeting.group.slug],
        "number_series_of_sort": [next_meeting.group.slug, "information"],
        **_group_reports(next_meeting.group, people["administrator"]),
        **settled.at_desk(next_meeting),
        **outputs.at_desk(next_meeting, people["administrator"]),
        "officer_factor": [appointment],
        "meetings": [],
        **{key: [next_meeting.slug] for key in ("meeting_contributions", "new_document")},
        "posting_rule": [next_meeting.group.slug],
        **{key: [next_meeting.slug] for key in ("agenda", "agenda_new", "meeting_cancel")},
        **{key: [next_meeting.slug] for key in ("meeting_particulars", "meeting_split")},
        **registered.at_desk(next_meeting, people["administrator"]),
        "agenda_item": [next_meeting.slug, an_item(next_meeting).pk],
        **{key: [next_meeting.slug] for key in ("agenda_draw_up", "agenda_document")},
        "agenda_print": [next_meeting.slug, "en"],
        "standing_items": [next_meeting.group.slug],
        "erase": number,
        **{key: [at_desk.slug, table(at_desk).uid] for key in ("import", "import_refused")},
        "end_appointment": [appointment],
        **_members(next_meeting, people["administrator"], tmp_path),
        "lists": [],
        "list_post": [posted.post],
        "list_post_file": [posted.post, 1],
        "decide_post": [posted.post, "accept"],
        "list_readers": [posted.slug],
        "decide_subscription": [posted.subscription, "pause"],
        **_coding(at_desk),
        "campaign": [at_desk.slug, letters.campaign(response).ordinal],
        "campaign_act": [at_desk.slug, 1, "accept"],
        "practice": [practice.pk],
        "decide_practice": [practice.pk, "publish"],
    }
    return {name: special.get(name, slug) for name in TABLE}


def sitting_of(meeting, by):
    return sittings.held(meeting, by)[0]


def _group_reports(group, by):
    found = released_reports.values(group, by)
    taken = {name: list(v.values()) for name, v in found.items() if name.startswith("desk:")}
    edition = found["desk:group_report_file"]
    file = [edition["slug"], edition["pk"], edition["name"]]
    pages = {name.removeprefix("desk:"): one for name, one in taken.items()}
    return pages | {"group_reports": [], "group_report_file": file}


def _members(meeting, by, folder):
    group = meeting.group
    held = delegations.made(group, by)
    (folder / "files" / "annex").write_bytes(b"An annex.")
    submitted = handed_in(meeting, held.delegate_of_a)
    term = Term(office="chair", name="Sample Chair")
    return {
        "members": [],
        "meeting_contribution_file": [meeting.slug, submitted.pk, "annex.txt"],
        **{f"group_{name}": [group.slug] for name in ("members", "offices", "mandate")},
        "group_member": [group.slug, held.a.pk],
        "delegate_factor": [group.slug, held.a.pk, held.delegate_of_a.pk],
        "group_delegate": [group.slug, held.a.pk, held.delegate_of_a.pk],
        "group_office_end": [group.slug, offices.take(group, term, by=by).pk],
    }


def _coding(consultation):
    given = codes.given(consultation)
    slug, ordinal = consultation.slug, given.code.ordinal
    return {
        "coding_question": [slug, 1],
        "code": [slug, ordinal],
        "code_act": [slug, ordinal, "retire"],
        **{f"coding_{act}": [slug, given.answer_id] for act in ("answer", "none", "again")},
        "coding_back": [slug, given.pk],
    }


def test_every_address_of_the_desk_stands_in_the_table():
    assert own_names() == set(TABLE)


@pytest.mark.parametrize("who", WHO)
def test_everyone_is_let_in_where_the_table_says_so_and_nowhere_else(who, places, people, sign_in):
    client = Client() if who == "anonymous" else sign_in(people[who])
    met = {}
    for name, (method, _allowed) in TABLE.items():
        answer = getattr(client, method)(reverse(f"desk:{name}", args=places[name]))
        answer.close()
        if answer.status_code == 302 and "/account/login/" in answer["Location"]:
            met[name] = "sign in"
        else:
            met[name] = "no" if answer.status_code == 403 else "yes"
            assert answer.status_code in (200, 302, 403, 422), (name, answer.status_code)
    expected = {
        name: "sign in" if who == "anonymous" else ("yes" if who in allowed else "no")
        for name, (_method, allowed) in TABLE.items()
    }
    assert met == expected


def test_acts_are_never_done_by_reading(desk, places):
    for name, (method, _allowed) in TABLE.items():
        if method == "post":
            assert desk.get(reverse(f"desk:{name}", args=places[name])).status_code == 405, name


def test_another_group_is_another_desk(places, people, sign_in, body):
    other = Group.objects.create(body=body, slug="other", short_name="Other", names={})
    stranger = appointing.appoint(
        "stranger@example.org", group=other, role="officer", by=people["administrator"]
    ).user
    client = sign_in(stranger)
    for name in ("consultation", "responses", "response", "extend", "original", "move_meeting"):
        assert client.get(reverse(f"desk:{name}", args=places[name])).status_code == 403, name
    assert client.get(reverse("desk:mail", args=places["mail"])).status_code == 404
    home = client.get(reverse("desk:home")).content.decode()
    assert "Sample topic" not in home


def test_outside_the_demo_the_desk_asks_for_a_second_factor(desk, places, settings):
    settings.DEMO = False
    for name in ("home", "responses", "officers"):
        answer = desk.get(reverse(f"desk:{name}", args=places[name]))
        assert answer["Location"] == reverse("desk:second_factor")
    assert reverse("mfa_activate_totp") in desk.get(reverse("desk:second_factor")).content.decode()
