"""Something real under every address: the sample record, its report delivered, a link of every kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.signing import Signer
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.flow import reporting, sample_accounts, sample_record
from consulta.groups.models import Appointment, Delegate, Group, Officeholder
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import drafting
from consulta.meetings.models import Meeting
from consulta.notices import following
from consulta.reflector import addresses as addresses_of_lists
from consulta.reflector.models import Post
from consulta.reports import assembly, delivery, places, pressing, release, reviewing, writing
from consulta.reports.models import Edition, Paragraph, Remark
from consulta.reports.reviewing import Pinned
from consulta.reports.writing import Typed
from consulta.repository.models import Practice, Record
from consulta.responses import appeals, drafts, links, moderation
from consulta.responses.models import Attachment, Response, ReturnLink
from consulta.responses.moderation import Because
from tests import codes, contested, joint, outputs, posts, released_reports, settled, sittings
from tests.agendas import an_item
from tests.handed_in import FILE, handed_in
from tests.letters import letter
from tests.live import registered
from tests.rounds import today
from tests.tables import table

OPEN = "sample-islands-and-remote-areas"
Values = dict[str, Any]


def addresses() -> dict[str, tuple[str, ...]]:
    """The name of every address there is, with its namespace, and the parameters it takes."""
    return dict(_addresses(get_resolver().url_patterns))


def _addresses(
    patterns: list[URLPattern | URLResolver], space: str = "", taken: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in patterns:
        takes = (*taken, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _addresses(entry.url_patterns, inner, takes)
        else:
            yield f"{space}{entry.name or entry.pattern}", takes


@dataclass(frozen=True, slots=True)
class Places:
    """The record, and for every address with a parameter the values that lead to something real."""

    consultation: Consultation
    values: dict[str, Values]
    tokens: dict[str, str]

    def path(self, name: str) -> str:
        """The path of the address called *name*, of something that is there."""
        values = self.values[""] | self.values.get(name, {})
        return reverse(name, kwargs={taken: values[taken] for taken in addresses()[name]})


def make(folder: Path) -> Places:
    """Load the sample record, run its consultation to the end, and give a link of every kind."""
    sample_record.load(today(), progress=lambda _step: None)
    consultation = consultation_queries.by_slug(OPEN)
    posted = posts.in_space(consultation, shown=True)
    tokens = _links(consultation) | {
        "manage": addresses_of_lists.seal("manage", posted.subscription)
    }
    signed = joint.of(_shown(consultation))
    tokens |= {"sign": signed.sign, "mandate": signed.mandate}
    appeals.appeal(Response.objects.filter(state="declined").first(), "Look again.")
    file = _file(folder, _shown(consultation))
    paragraph = _deliver(consultation)
    tokens |= contested.links(consultation)
    return Places(consultation, _values(consultation, file, paragraph, tokens), tokens)


def _shown(consultation: Consultation) -> Response:
    return Response.objects.filter(consultation=consultation, state="published").order_by("pk")[0]


def _links(consultation: Consultation) -> dict[str, str]:
    now, response = timezone.now(), _shown(consultation)
    follow = following.ask(consultation, email="follower@example.org", language="en", now=now)
    content = {"answers": {"1": "A draft."}, "language": "en", "kind": "individual", "name": "A."}
    purpose = ReturnLink.Purpose
    return {
        "draft": drafts.begin(consultation, content, now=now).token,
        "mine": links.give(response, purpose.RESPONDENT, now=now),
        "confirm": links.give(response, purpose.CONFIRM, now=now),
        "follow_end": following.end_token(follow),
        "practice": Signer(salt="consulta.practice.submitted").sign("1"),
    }


def _file(folder: Path, response: Response) -> Attachment:
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "annex").write_bytes(ContentFile(b"An annex.").read())
    return Attachment.objects.create(
        version=response.published_version, position=1, name="annex.txt", path="files/annex",
        clean_path="files/annex", safety=Attachment.Safety.CLEAN, sha256="0" * 64, size=9,
        clean_size=9, media_type="text/plain",
    )  # fmt: skip


def _deliver(consultation: Consultation) -> int:
    """Close it, write a sentence, freeze and release both documents, deliver; the paragraph's id."""
    by = sample_accounts.user(sample_accounts.OFFICER)
    closed = timezone.now() - timedelta(seconds=1)
    Consultation.objects.filter(pk=consultation.pk).update(closes_at=closed)
    consultation.refresh_from_db()
    for one in Response.objects.filter(consultation=consultation, state="held"):
        moderation.decline(one, Because("off_topic", "It is about another matter."), by=by)
    question = consultation_queries.questions(consultation)[0]
    paragraph = writing.add_paragraph(consultation, question, language="en", by=by)
    cited = (_shown(consultation).number,)
    writing.save(paragraph, [Typed(None, "One agrees.", cited)], revision=1, by=by)
    release.explain(consultation, "The rest is decided tomorrow.", by=by)
    for kind in (Edition.Kind.CONSOLIDATED, Edition.Kind.COMPILATION):
        assembly.freeze(consultation, kind, language="en", by=by)
    delivery.prepare(consultation, language="en", by=by)
    assembly.freeze_waiting()
    assembly.render_waiting()
    for edition in Edition.objects.exclude(kind=Edition.Kind.RECEIVED):
        release.waive_review(edition, "This body has one officer.", by=by)
        reporting.release_edition(edition, by=by)
    reporting.deliver(consultation, by=by)
    _remarked(paragraph, by)
    return paragraph.pk


def _remarked(paragraph: Paragraph, by: User) -> None:
    """A second officer returns the paragraph with a remark."""
    place = places.of(paragraph)
    reviewing.ask(place, by=by)
    second = sample_accounts.user(sample_accounts.ADMINISTRATOR)
    pinned = [Pinned("Which one?", paragraph=paragraph.pk)]
    reviewing.send_back(place, "Look again.", pinned, by=second)


def _values(
    consultation: Consultation, file: Attachment, paragraph: int, tokens: dict[str, str]
) -> dict[str, Values]:
    """What each parameter is, under the name of an address (`public:draft`), of a room or of itself."""
    shown = file.version.response
    edition = Edition.objects.filter(kind="consolidated").latest("pk")
    stored = edition.files.get(name__endswith=".pdf")
    officer = sample_accounts.user(sample_accounts.OFFICER)
    pressed = pressing.press(consultation, "received", language="fr", by=officer)
    document = _document(consultation)
    practice = Practice.objects.latest("pk")
    record = Record.objects.exclude(files=[]).order_by("pk")[0]
    declined = Response.objects.filter(state="declined").order_by("pk")[0]
    mail = OutgoingMail.objects.filter(about__startswith="responses.response:").latest("pk")
    came = {"pk": letter().pk}
    meeting = {"slug": consultation.group_meeting.slug}
    attached = {"number": shown.number, "pk": file.pk}
    answer = shown.published_version.answers.first().pk
    files = {"pk": document.pk, "name": document.files[0]["name"]}
    brought = {"uid": table(consultation).uid}
    acted = {"uid": Entry.objects.filter(act="response_published").latest("pk").uid}
    every = {"slug": consultation.slug, "number": shown.number, "token": tokens["mine"], "pk": paragraph,
             "ordinal": 1, "act": "accept", "answer": answer, "language": "en", "position": 1,
             "rest": "nothing", "provider": "postmark", "uidb36": "1", "key": "set-password"}  # fmt: skip
    return {
        "": every,
        "public:draft": {"token": tokens["draft"]},
        **_joint(shown, tokens),
        **contested.values(consultation, tokens),
        "public:end_key": {"pk": 1},
        "public:draft_check": {"token": tokens["draft"]},
        "public:confirm": {"token": tokens["confirm"]},
        "public:follow_confirm": {"token": "unknown"},
        "public:follow_end": {"token": tokens["follow_end"]},
        "public:practice_submitted": {"signed": tokens["practice"]},
        "public:attachment": attached,
        "public:edition_file": {"pk": edition.pk, "name": stored.name},
        **_campaigns(consultation),
        **_coding(consultation),
        "public:norms": {"slug": Group.objects.get(slug="cwg-internet").slug},
        "public:group": {"slug": Group.objects.get(slug="sample-working-group").slug},
        "public:follow_group": {"slug": "sample-working-group"},
        "public:positions": {"slug": "sample-working-group"},
        "public:meeting": meeting,
        **_sittings(consultation, officer),
        **settled.in_public(consultation.group_meeting),
        **outputs.values(
            consultation.group_meeting,
            Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A),
            sample_accounts.user(sample_accounts.ADMINISTRATOR),
        ),
        **settled.positions(Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A)),
        "public:document_file": files,
        "public:record": {"slug": record.slug},
        "public:record_file": {"slug": record.slug, "name": record.files[0]["name"]},
        "public:practice": {"slug": practice.slug},
        **_lists(consultation, tokens["manage"]),
        "public:ledger_entry": acted,
        "ledger_entry": acted,
        "desk:edition": {"pk": edition.pk},
        "desk:freezing": {"pk": pressed.pk},
        "desk:freezing_state": {"pk": pressed.pk},
        "desk:remark_settle": {"pk": Remark.objects.latest("pk").pk},
        "desk:edition_state": {"pk": edition.pk},
        "desk:edition_again": {"pk": edition.pk},
        "desk:edition_release": {"pk": edition.pk},
        "desk:edition_file": {"pk": edition.pk, "file": stored.pk, "name": stored.name},
        "desk:move_meeting": meeting,
        "desk:meeting_documents": meeting,
        "desk:meeting_document": meeting | {"pk": document.pk},
        "desk:meeting_document_reads": meeting | {"pk": document.pk},
        "desk:meeting_document_file": meeting | files,
        "desk:number_series": {"slug": "sample-working-group"},
        "desk:standing_items": {"slug": "sample-working-group"},
        **dict.fromkeys(("meeting_feed", "meeting_calendar"), meeting),
        **dict.fromkeys(
            ("desk:agenda_draw_up", "desk:agenda_document", "desk:agenda_print"), meeting
        ),
        **_table(meeting, shown),
        "desk:number_series_of_sort": {"slug": "sample-working-group", "sort": "information"},
        "desk:posting_rule": {"slug": "sample-working-group"},
        **dict.fromkeys(
            (
                *("desk:agenda", "desk:agenda_new", "desk:meeting_particulars"),
                *("desk:meeting_cancel", "desk:meeting_split"),
                *("desk:meeting_contributions", "desk:new_document"),
            ),
            meeting,
        ),
        "desk:agenda_item": meeting | {"pk": an_item(consultation.group_meeting).pk},
        **{
            f"desk:{name}": {"pk": taken[0]}
            for name, taken in settled.at_desk(consultation.group_meeting).items()
            if taken
        },
        "desk:report_head": {"kind": "consolidated"},
        "desk:import": brought,
        "desk:import_refused": brought,
        "desk:appeal": {"number": declined.number},
        "desk:original": attached,
        "desk:clean": attached,
        "desk:release": attached,
        "desk:end_appointment": {"pk": Appointment.objects.order_by("pk")[0].pk},
        "desk:mail": {"pk": mail.pk},
        "desk:try_now": {"pk": mail.pk},
        "desk:letter": came,
        "desk:letter_raw": came,
        "desk:letter_again": came,
        "desk:letter_sort": came,
        "desk:letter_settle": came,
        "desk:practice": {"pk": practice.pk},
        "desk:decide_practice": {"pk": practice.pk, "act": "publish"},
        **_delegations(),
        **_contributions(consultation.group_meeting),
        **released_reports.values(Group.objects.get(slug="sample-working-group"), officer),
        **registered.values(
            consultation, Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A)
        ),
        "members:meeting": meeting,
        "members:download": meeting,
        "members:package": meeting,
        "members:document_file": files,
        "procedure": {"slug": consultation.procedure},
        "public:procedure": {"slug": consultation.procedure},
        "public:procedure_file": {"slug": consultation.procedure},
    }


def _table(meeting: Values, shown: Response) -> dict[str, Values]:
    """What lies on the table of a meeting, and a response on it."""
    there = meeting | {"which": shown.consultation.slug, "number": shown.number, "pk": 1}
    names = ("table", "table_of", "table_response", "table_mark", "table_take_back")
    return dict.fromkeys((f"members:{name}" for name in names), there)


def _sittings(consultation: Consultation, officer: User) -> dict[str, Values]:
    """A sitting of the open meeting, and the secret address of who captions it."""
    sitting, _captioner, token = sittings.held(consultation.open_meeting, officer)
    there = {"slug": sitting.meeting.slug}
    pages = ("live", "live_large", "live_plain", "live_screen", "live_ticket")
    return {
        **dict.fromkeys((f"public:{name}" for name in pages), there),
        "public:captioning": {"session": sitting.slug, "token": token},
        **dict.fromkeys(
            ("public:floor_conduct", "public:interventions", "public:transcript"), there
        ),
        "public:floor_now": there | {"ordinal": sitting.ordinal},
        "public:transcript_text": there | {"ordinal": sitting.ordinal, "language": "en"},
        "public:registration_floor": {"token": sittings.speaker(sitting)},
        "desk:sittings": there,
        "desk:sitting": there | {"ordinal": sitting.ordinal},
    }


def _delegations() -> dict[str, Values]:
    """The delegation of the first sample state, and its delegate, on the members' side."""
    place = Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A)
    group = place.membership.group
    own = {"membership": place.membership_id, "pk": place.pk, "slug": group.slug}
    office = {"slug": group.slug, "pk": Officeholder.objects.filter(group=group)[0].pk}
    pages = ("group_members", "group_member", "group_delegate", "group_offices", "group_mandate")
    return {
        **dict.fromkeys(("members:delegation", "members:delegate"), own),
        **dict.fromkeys((f"desk:{name}" for name in pages), own),
        "desk:group_office_end": office,
    }


def _contributions(meeting: Meeting) -> dict[str, Values]:
    """A draft of the first sample state's delegation, with a file."""
    place = Delegate.objects.get(user__email=sample_accounts.DELEGATE_OF_A)
    told = {"titles": {"en": "A draft"}, "language": "en", "purpose": "action"}
    draft = drafting.begin(meeting, place.membership, told, by=place.user)
    drafting.attach(draft, FILE | {"sha256": "0" * 64, "size": 9}, by=place.user)
    pages = ("edit", "files", "read", "joining", "answer", "submit", "follow", "withdraw")
    there, one = {"slug": meeting.slug}, {"pk": draft.pk}
    return {
        **dict.fromkeys(("members:contributions", "members:contribution_new"), there),
        **dict.fromkeys((f"members:contribution_{name}" for name in pages), one),
        "members:contribution": one,
        "members:contribution_file": one | {"name": "annex.txt"},
        "desk:meeting_contribution_file": there
        | {"pk": handed_in(meeting, place).pk, "name": "annex.txt"},
    }


def _campaigns(consultation: Consultation) -> dict[str, Values]:
    """The folded campaign: at the desk, in public, in the API."""
    one = {"slug": consultation.slug, "ordinal": 1, "number": 1}
    return dict.fromkeys(("public:campaign", "desk:campaign", "desk:campaign_act", "campaign"), one)


def _coding(consultation: Consultation) -> dict[str, Values]:
    """A code of the frame, and where it was given."""
    given = codes.given(consultation)
    one = {"slug": consultation.slug, "ordinal": given.code.ordinal, "answer": given.answer_id}
    named = ("code", "code_act", "coding_answer", "coding_none", "coding_again", "coding_back")
    acts = {"act": "retire", "pk": given.pk}
    return {f"desk:{name}": one | acts for name in named}


def _joint(shown: Response, tokens: dict[str, str]) -> dict[str, Values]:
    """Writing together, signing together, and what shows a mandate."""
    number = {"number": shown.number}
    return {
        "public:draft_people": {"token": tokens["draft"]},
        "public:sign": {"token": tokens["sign"]},
        "public:sign_receipt": {"token": tokens["sign"]},
        "public:mandate": {"token": tokens["mandate"]},
        "desk:mandate_file": number | {"pk": shown.mandates.get().pk},
        "desk:signatory": number | {"pk": shown.signatories.get().pk},
    }


def _lists(consultation: Consultation, manage: str) -> dict[str, Values]:
    """Something real in the discussion list: a space, a post that is shown, a subscription."""
    post = Post.objects.exclude(state=Post.State.RESPONSE).latest("pk")
    where = {"slug": post.list.slug, "pk": post.pk, "number": consultation.number}
    subscription = {"pk": int(manage.split("-")[0]), "act": "pause"}
    names = ("list", "list_space", "list_thread", "list_post", "list_search", "list_space_search",
             "list_subscribe", "list_space_subscribe", "list_new", "list_space_new",
             "list_reply")  # fmt: skip
    links = ("list_manage", "list_pause", "list_resume", "list_end")
    return {
        **{f"public:{name}": where for name in names},
        **{f"public:{name}": {"token": manage} for name in links},
        "public:list_space_discuss": where | {"response": _shown(consultation).number},
        "public:list_confirm": {"token": "unknown"},
        "public:list_post_confirm": {"token": "unknown"},
        "list_feed": where,
        "list_space_feed": where,
        "public:list_post_file": where | {"position": 1},
        "desk:list_post_file": where | {"position": 1},
        "desk:list_post": where,
        "desk:decide_post": where | {"act": "accept"},
        "desk:list_readers": where,
        "desk:decide_subscription": subscription,
    }


def _document(consultation: Consultation) -> Any:
    made = delivery.Delivery.objects.get(consultation=consultation)
    return made.documents.filter(audience="public").order_by("pk")[0]
