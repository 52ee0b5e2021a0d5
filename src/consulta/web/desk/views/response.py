"""One response at the desk: everything about it on one page."""

from collections.abc import Collection, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.responses import mandate, naming, signatories_shown, waiting, whole
from consulta.responses import queries as response_queries
from consulta.responses.models import Response, Version
from consulta.web.desk import arrivals, deciding, listing, page, reading, story, wording
from consulta.web.desk.access import on_response, person
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

_NEW = (Version.Screening.WAITING, Version.Screening.ACCEPTED)
_LIVE = (*_NEW, Version.Screening.PUBLISHED)


@require_safe
@on_response(Act.SEE_RESTRICTED)
def response(request: HttpRequest, response: Response) -> HttpResponse:
    """Everything about one response."""
    return show(request, response)


def show(
    request: HttpRequest,
    response: Response,
    *,
    bound: Mapping[str, Form] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the page; *bound* are forms that were sent and were wrong, by their acts."""
    consultation = consultation_queries.at_desk(response.consultation.slug)
    allowed = permissions.allowed(person(request), consultation.group)
    sent = dict(bound or {})
    context = {
        "response": response,
        "who": listing.named(response.respondent),
        "respondent": response.respondent,
        "acts": deciding.offered(response, allowed, sent),
        "allowed": {act.value: True for act in allowed},
        "forms": _forms(response, sent),
        "open": set(sent),
        "refused": bool(sent),
        "next": waiting.next_after(response),
        **_read(response, consultation, _reader(request, allowed)),
        **_history(response),
        **_behalf(response),
        **(extra or {}),
    }
    responses = Link(label=_("Responses"), href=page.responses_href(consultation))
    trail = [responses, Link(label=response.number)]
    return page.show(request, "response.html", context, consultation=consultation, trail=trail)


def _short_name(response: Response) -> str | None:
    """What the rules leave of the name; None where they leave all of it."""
    short = naming.cut(response.respondent)
    return None if short == naming.written(response.respondent) else short


def _read(response: Response, consultation: Consultation, reader: story.Reader) -> dict[str, Any]:
    """What there is to read: the new version beside the published one, else the one that counts."""
    versions = whole.versions(response)
    shown, published = _counts(versions), _published(response, versions)
    newer = published is not None and shown.ordinal > published.ordinal
    earlier = _earlier(response, versions, shown)
    answers = reading.answers(shown, consultation, published if newer else None)
    return {
        "version": shown,
        "story": story.told(response, versions, reader),
        "new_version": bool(earlier),
        "beside_published": newer,
        "columns": [_column(v, consultation) for v in (*earlier, shown)] if earlier else [],
        "answers": answers,
        "marks": sum(len(answer.marks) for answer in answers),
        "files": reading.files(shown),
        "spoken": _offered_languages(consultation.languages, shown.language),
    }


def _history(response: Response) -> dict[str, Any]:
    """Why it stands as it does, and the appeal."""
    return {
        "how": arrivals.how(response),
        "facts": [wording.hold_reason(code) for code in response.hold_reasons],
        "ground": arrivals.ground(response, response.ground),
        "appeal": response_queries.appeal_of(response),
    }


def _reader(request: HttpRequest, allowed: Collection[Act]) -> story.Reader:
    """Whether mails about it, and the letters that came, may be opened by who reads its story."""
    everywhere = permissions.may(person(request), Act.SEE_POST, None)
    return story.Reader(mails=Act.SEE_POST in allowed, letters=everywhere)


def _behalf(response: Response) -> dict[str, Any]:
    """What shows the mandate, and who signs with the sender."""
    documents = mandate.documents(response)
    return {
        "short_name": _short_name(response),
        "mandates": [(d, [wording.finding(code) for code in d.findings]) for d in documents],
        "mandate_requests": mandate.requests(response),
        "may_attach": mandate.may_attach(response),
        "focal": mandate.focal_point(response),
        "signatories": signatories_shown.every(response),
    }


def _published(response: Response, versions: list[Version]) -> Version | None:
    return next((v for v in versions if v.pk == response.published_version_id), None)


def _counts(versions: list[Version]) -> Version:
    """The newest version that stands: one that was declined alone or gave way is past."""
    standing = [v for v in versions if v.screening in _LIVE]
    return (standing or versions)[-1]


def _earlier(response: Response, versions: list[Version], new: Version) -> list[Version]:
    """What stands beside a *new* version until a person decides, or would if it is declined alone."""
    undecided = (State.HELD, State.ACCEPTED, State.PUBLISHED)
    if new.screening not in _NEW or response.state not in undecided:
        return []
    before = [v for v in versions if v.ordinal < new.ordinal]
    standing = [v for v in before if v.screening in _LIVE]
    given_way = [v for v in before if v.screening != Version.Screening.DECLINED]
    return standing or given_way[-1:]


def _column(version: Version, consultation: Consultation) -> dict[str, Any]:
    """One of the versions that stand beside each other, as it would be read."""
    return {
        "version": version,
        "why": [wording.hold_reason(code) for code in version.hold_reasons],
        "answers": reading.answers(version, consultation, None),
        "files": reading.files(version),
    }


def _forms(response: Response, bound: Mapping[str, Form]) -> dict[str, Form | None]:
    made = {
        "marks": deciding.redaction(response, "marks"),
        "redact": deciding.redaction(response, "redact"),
        "version": deciding.form("decline", response),
    }
    return made | dict(bound)


def _offered_languages(spoken: list[str], own: str) -> list[str]:
    """The languages into which an office may translate: the page's own first."""
    others = [code for code in spoken if code != own]
    return sorted(others, key=lambda code: code != languages.current())
