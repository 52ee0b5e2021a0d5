"""Citing: who responded is told where the report cites the response, or that the report is out.

Who is due is found by asking who was not told yet: one mail for each address and edition, with all its
responses. The first report is told to everyone whose response stands published under a confirmed
address; one in another language, or a later one, to those who read that language and are cited in it.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.core import addresses, bidi
from consulta.core.languages import django_code
from consulta.core.lifecycle import State
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.mailroom.outbox import NotMailableError
from consulta.notices import following, letter
from consulta.notices.models import Follow
from consulta.reports import frozen
from consulta.reports.frozen import CitedIn
from consulta.reports.models import CitationNotice, Edition, FrozenCitation
from consulta.responses.models import Response

#: Addresses told in one transaction, and sentences that a mail names; the page has them all.
BATCH, LISTED = 50, 12
#: For how long a report is news: what came out before this program told of it stays untold.
NEWS = timedelta(days=14)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """One response in a mail: its number and page, the sentences that cite it, how many more do."""

    number: str
    address: str
    sentences: Sequence[tuple[str, str]]  # words, where they stand
    more: int = 0


def tell_due(now: datetime) -> int:
    """Take every report that is news one batch further; return how many addresses were told."""
    reports = Edition.objects.filter(
        kind=Edition.Kind.CONSOLIDATED,
        released_at__gt=now - NEWS,
        restricted_at__isnull=True,
        redaction=0,
        consultation__is_record=False,
    )
    return sum(_further(pk, now) for pk in reports.order_by("pk").values_list("pk", flat=True))


def responses(edition: Edition) -> QuerySet[Response]:
    """The responses whose senders are still to be told of *edition*."""
    due = told_of_reports(edition.consultation_id)
    if not _is_first(edition):
        citing = FrozenCitation.objects.filter(
            sentence__edition=edition, version__response=OuterRef("pk")
        )
        due = due.filter(Exists(citing), respondent__language=edition.language)
    told = CitationNotice.objects.filter(edition=edition, response=OuterRef("pk"))
    return due.filter(~Exists(told)).select_related("respondent").order_by("pk")


def told_of_reports(consultation: int) -> QuerySet[Response]:
    """The responses whose senders are told of reports here, and not by the notice to everyone."""
    ended = Follow.objects.filter(
        consultation=consultation, email=OuterRef("respondent__email"), ended_at__isnull=False
    )
    return Response.objects.filter(
        ~Exists(ended),
        consultation=consultation,
        state=State.PUBLISHED,
        respondent__confirmed_at__isnull=False,
    ).exclude(respondent__email="")


@transaction.atomic
def _further(pk: int, now: datetime) -> int:
    edition = Edition.objects.select_for_update(of=("self",)).defer("content").get(pk=pk)
    due = list(responses(edition)[:BATCH])
    emails = {response.respondent.email for response in due}
    together = list(responses(edition).filter(respondent__email__in=emails))
    cited = frozen.cited_in(together)
    for email in sorted(emails):
        mine = [response for response in together if response.respondent.email == email]
        _send(edition, mine, cited)
    CitationNotice.objects.bulk_create(
        CitationNotice(edition=edition, response=response, queued_at=now) for response in together
    )
    return len(emails)


def _is_first(edition: Edition) -> bool:
    """Say whether no report of the consultation was released before *edition*."""
    before = Edition.objects.filter(
        consultation=edition.consultation_id, kind=edition.kind, redaction=0
    )
    return not before.filter(released_at__lt=edition.released_at).exclude(pk=edition.pk).exists()


def _send(
    edition: Edition, mine: Sequence[Response], cited: Mapping[str, Sequence[CitedIn]]
) -> None:
    """Put one mail into the outbox. An address that no mail can be sent to keeps nobody else waiting."""
    token = following.end_token_of_response(mine[0])
    try:
        message = _letter(edition, mine, cited, token=token)
        outbox.send(message, subject=mine[0], secrets=[token])
    except NotMailableError:
        _log.warning("edition %s: one address cannot be mailed and was left out", edition.pk)


def _letter(
    edition: Edition,
    mine: Sequence[Response],
    cited: Mapping[str, Sequence[CitedIn]],
    *,
    token: str,
) -> EmailMessage:
    to, consultation = mine[0].respondent, edition.consultation
    end = settings.BASE_URL + addresses.end_of_mails(token, language=to.language)
    with translation.override(django_code(to.language)):
        told = [_told(edition, response, cited, to.language) for response in mine]
        topic = {"topic": consultations.topic(consultation, to.language).text}
        is_cited = any(one.sentences for one in told)
        subject = (
            gettext("Your response is cited in the report: %(topic)s") % topic
            if is_cited
            else gettext("The report on the responses is out: %(topic)s") % topic
        )
        context = {
            "told": told,
            "report": settings.BASE_URL + addresses.report(consultation.slug, language=to.language),
            "end_address": end,
        }
        body = render_to_string("notices/citations.txt", context)
    headers = letter.headers(consultation, end=end, language=to.language)
    return EmailMessage(
        subject=one_line(subject)[:200], body=body.strip() + "\n", to=[to.email], headers=headers
    )


def _told(
    edition: Edition, response: Response, cited: Mapping[str, Sequence[CitedIn]], language: str
) -> Told:
    """What one response is told: the sentences of this edition, each with its place in the report."""
    report = settings.BASE_URL + addresses.report(edition.consultation.slug, language=language)
    mine = [
        one
        for one in cited.get(response.number, ())
        if (one.language, one.edition) == (edition.language, edition.ordinal)
    ]
    sentences = list(dict.fromkeys((_line(one.text), f"{report}#{one.anchor}") for one in mine))
    page = settings.BASE_URL + addresses.response(response.number, language=language)
    return Told(response.number, page, sentences[:LISTED], max(0, len(sentences) - LISTED))


def _line(words: str) -> str:
    """A sentence in a line of its own, which turns nothing around it."""
    return bidi.codes(bidi.seen(words))
