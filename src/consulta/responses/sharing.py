"""Sharing: colleagues write one draft, each behind a link of their own; the one who leads sends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token
from consulta.responses import drafts, sharing_letters
from consulta.responses import sharing_together as together
from consulta.responses.errors import DraftUnknownError, ResponseError
from consulta.responses.models import Colleague, Draft, DraftSave
from consulta.responses.sharing_together import Content, Merged

#: So many people may write one draft.
MOST = 20
#: Saves of one person within this time are told as one.
TOGETHER = timedelta(minutes=10)


class NotLeadError(ResponseError):
    """Only whoever leads the draft may do this."""


class InvitedAlreadyError(ResponseError):
    """Somebody with this address writes here already."""


class TooManyColleaguesError(ResponseError):
    """A draft has room for :data:`MOST` people."""


class NameUnfitError(ResponseError):
    """The name holds an address of a page or of mail: it would stand in a mail to a stranger."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is invited, or leads: *language* is that of the mails."""

    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft, and who opened it; None while it is not shared."""

    draft: Draft
    colleague: Colleague | None

    @property
    def may_send(self) -> bool:
        """Whether this link sends the draft."""
        return self.colleague is None or self.colleague.is_lead


def find(token: str, *, now: datetime) -> Opened:
    """The draft behind *token*, the draft's own or a colleague's. Raises DraftUnknownError."""
    rows = Colleague.objects.select_related("draft__consultation", "draft__response__respondent")
    found = rows.filter(token_hash=hashed(token)).first()
    if found is None:
        return Opened(_unshared(token, now=now), None)
    if found.ended_at is not None or found.draft.expires_at <= now:
        raise DraftUnknownError
    return Opened(found.draft, found)


def colleague(draft: Draft, token: str) -> Colleague | None:
    """Who holds *token* among those who write *draft*; None while it is not shared."""
    return Colleague.objects.filter(draft=draft, token_hash=hashed(token)).first()


@transaction.atomic
def begin(opened: Opened, token: str, lead: Person) -> Colleague:
    """Name who leads the draft, whose own link *token* is; the link is mailed to the lead too."""
    draft = _take(opened.draft)
    if opened.colleague is not None:
        return opened.colleague
    known = Colleague.objects.filter(draft=draft, is_lead=True).first()
    if known is not None:  # named a moment ago, in another window
        return known
    named = _person(draft, lead, token=token, is_lead=True)
    sharing_letters.lead(named, token)
    return named


def must_fit(opened: Opened, person: Person, *, lead: Person | None = None) -> None:
    """Raise what :func:`begin` and :func:`invite` would, before anything is counted or mailed.

    *lead*: who names himself with the first invitation. Raises NotLeadError, NameUnfitError,
    InvitedAlreadyError, TooManyColleaguesError.
    """
    if opened.colleague is not None:
        _must_lead(opened.colleague)
    for each in filter(None, (lead, person)):
        _name(each)
    if lead is not None and lead.email.lower() == person.email.lower():
        raise InvitedAlreadyError(person.email)
    _must_have_room(opened.draft, person)


@transaction.atomic
def invite(lead: Colleague, person: Person) -> Colleague:
    """Mail *person* a link of their own to the draft that *lead* leads.

    Raises NotLeadError, NameUnfitError, InvitedAlreadyError, TooManyColleaguesError.
    """
    draft = _take(lead.draft)
    _must_lead(lead)
    _must_have_room(draft, person)
    token = new_token()
    invited = _person(draft, person, token=token)
    sharing_letters.invitation(invited, token, lead=lead)
    return invited


@transaction.atomic
def again(lead: Colleague, pk: int) -> None:
    """Mail a colleague a new link; the old one ends."""
    draft = _take(lead.draft)
    _must_lead(lead)
    asked = draft.colleagues.filter(pk=pk, ended_at__isnull=True, is_lead=False).first()
    if asked is not None:
        token = new_token()
        asked.token_hash = hashed(token)
        asked.save(update_fields=["token_hash"])
        sharing_letters.invitation(asked, token, lead=lead)


@transaction.atomic
def revoke(lead: Colleague, pk: int) -> None:
    """End a colleague's link; what they wrote stays."""
    draft = _take(lead.draft)
    _must_lead(lead)
    draft.colleagues.filter(pk=pk, is_lead=False).update(ended_at=timezone.now())


@transaction.atomic
def leave(colleague: Colleague) -> None:
    """End one's own link. Whoever leads hands over first (NotLeadError)."""
    draft = _take(colleague.draft)
    if not draft.colleagues.filter(pk=colleague.pk, is_lead=False).exists():
        raise NotLeadError
    draft.colleagues.filter(pk=colleague.pk).update(ended_at=timezone.now())


@transaction.atomic
def hand_over(lead: Colleague, pk: int) -> None:
    """Let a colleague lead: from now on their link sends the draft, and that of *lead* does not."""
    draft = _take(lead.draft)
    _must_lead(lead)
    heir = draft.colleagues.filter(pk=pk, ended_at__isnull=True, is_lead=False).first()
    if heir is None:
        return
    draft.colleagues.filter(is_lead=True).update(is_lead=False)
    token = new_token()
    heir.is_lead, heir.token_hash = True, hashed(token)
    heir.save(update_fields=["is_lead", "token_hash"])
    sharing_letters.handed_over(heir, token, former=lead)


@transaction.atomic
def save(colleague: Colleague, content: Content, *, was: str, now: datetime) -> Merged:
    """Keep what *colleague* typed beside what others saved meanwhile; nothing of either is lost.

    *was*: what the page carried of how it had shown the fields (:func:`sharing_together.digests`).
    """
    draft = _take(colleague.draft)
    merged = together.merged(draft.content, content, was=together.read(was))
    drafts.save(draft, merged.content, now=now)
    if merged.changed and draft.sent_at is None:
        _note(draft, colleague, merged, now=now)
    return merged


def people(draft: Draft) -> list[Colleague]:
    """Who writes the draft, and who did, whoever leads first."""
    return sorted(draft.colleagues.all(), key=lambda person: (not person.is_lead, person.pk))


def history(draft: Draft) -> list[DraftSave]:
    """Who saved when, the latest first."""
    return list(draft.saves.select_related("colleague")[:100])


def _unshared(token: str, *, now: datetime) -> Draft:
    """A draft that nobody shares: once shared, everybody comes by a link of their own."""
    draft = drafts.find(token, now=now)
    if draft.colleagues.exists():
        raise DraftUnknownError
    return draft


def _take(draft: Draft) -> Draft:
    """The draft as it is now; others wait until this transaction ends."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.get(pk=draft.pk)


def _must_lead(colleague: Colleague) -> None:
    if not Colleague.objects.filter(pk=colleague.pk, is_lead=True).exists():
        raise NotLeadError


def _must_have_room(draft: Draft, person: Person) -> None:
    here = draft.colleagues.filter(ended_at__isnull=True)
    if here.filter(email=person.email.lower()).exists():
        raise InvitedAlreadyError(person.email)
    if draft.colleagues.count() >= MOST:
        raise TooManyColleaguesError


def _name(person: Person) -> str:
    name = one_line(person.name)[:80]
    if any(sign in name.lower() for sign in ("@", "://", "www.")):
        raise NameUnfitError(name)
    return name


def _person(draft: Draft, person: Person, *, token: str, is_lead: bool = False) -> Colleague:
    return Colleague.objects.create(
        draft=draft,
        name=_name(person),
        email=person.email.lower(),
        language=person.language,
        token_hash=hashed(token),
        is_lead=is_lead,
        invited_at=timezone.now(),
    )


def _note(draft: Draft, colleague: Colleague, merged: Merged, *, now: datetime) -> None:
    last = draft.saves.first()
    if last and last.colleague_id == colleague.pk and now - last.at < TOGETHER:
        last.at, last.fields = now, sorted({*last.fields, *merged.changed})
        last.replaced = merged.replaced | last.replaced
        last.save()
        return
    make = partial(DraftSave.objects.create, draft=draft, colleague=colleague, at=now)
    make(fields=sorted(merged.changed), replaced=merged.replaced)
