"""The transcript of a meeting: a page with an address for each paragraph, and the same as plain text."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consulta.live import registration_days, transcripts
from consulta.live.captions import queries
from consulta.live.models import Sitting
from consulta.live.transcripts import Said
from consulta.meetings import queries as meetings
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.web.public.live import shown
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import language_name


@require_safe
@never_cache
def transcript(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said, sitting by sitting, in one language of the captions."""
    meeting = _meeting(slug)
    sittings = [s for s in queries.of_meeting(meeting) if queries.may_follow(s, request.user)]
    if not sittings:
        raise Http404
    language = shown.chosen(sittings[0], request.GET.get("captions", ""))
    context = {
        "meeting": meeting,
        "name": wording.name(meeting, current()),
        "zone": registration_days.zone(meeting),
        "language": language,
        "tabs": _tabs(sittings, language),
        "sittings": [(sitting, _said(sitting, language)) for sitting in sittings],
    }
    return render(request, "public/live/transcript.html", context)


@require_safe
@never_cache
def as_text(request: HttpRequest, slug: str, ordinal: int, language: str) -> HttpResponse:
    """One sitting as plain text, speaker by speaker."""
    meeting = _meeting(slug)
    try:
        sitting = queries.at(meeting, ordinal)
    except Sitting.DoesNotExist as error:
        raise Http404 from error
    if language not in sitting.languages or not queries.may_follow(sitting, request.user):
        raise Http404
    name = wording.name(meeting, current()).text
    lines = [name, _draft(), "", *_lines(transcripts.of(sitting, language))]
    answer = HttpResponse("\n".join(lines).strip() + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{sitting.slug}-{language}.txt"'
    return answer


def _draft() -> str:
    """What every transcript says of itself (the practice of the ITU)."""
    return _(
        "Draft: made of the captions of the meeting. It helps to follow what was said and may not be a"
        " totally verbatim record."
    )


def _lines(said: Sequence[Said]) -> list[str]:
    found: list[str] = []
    for one in said:
        if one.begins_item:
            found += [f"{one.item} {one.title.text}".strip(), ""]
        if one.begins_speaker:
            named = ", ".join(filter(None, (one.speaker.name, one.speaker.organisation)))
            found.append(named or _("name withdrawn"))
        found += [one.text, ""]
    return found


def _said(sitting: Sitting, language: str) -> list[Said]:
    return transcripts.of(sitting, language) if language in sitting.languages else []


def _tabs(sittings: Sequence[Sitting], chosen: str) -> list[Link]:
    codes = dict.fromkeys(code for sitting in sittings for code in sitting.languages)
    return [
        Link(label=language_name(code, own=True), href=f"?captions={code}", current=code == chosen)
        for code in codes
    ]


def _meeting(slug: str) -> Meeting:
    try:
        return meetings.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
