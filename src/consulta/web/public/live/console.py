"""The captioner's console: a private page, no account; it works with a plain form and better with script."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.core.caption_feed import Piece, Way
from consulta.core.caption_words import cleaned
from consulta.core.multilingual import choose
from consulta.core.tokens import new_token
from consulta.live.captions import captioners, place, queries, reading, speakers
from consulta.live.captions.rows import Arrival
from consulta.live.models import Captioner, SpeakerKey
from consulta.meetings import agenda, wording
from consulta.web.public.live import shown
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui.languages import current

#: Lines that can be corrected, and keys of speakers and items that are shown.
LINES, KEYS = 12, 40
#: Seconds that a line without script waits to be on disk.
PATIENCE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@private
def console(request: HttpRequest, session: str, token: str) -> HttpResponse:
    """Write captions of one sitting in one language."""
    try:
        captioner = captioners.by_token(session, token)
    except Captioner.DoesNotExist:
        return render(request, "public/live/console_closed.html", status=404)
    if request.method == "POST":
        _do(request, captioner)
        return see_other(request.get_full_path())
    return render(request, "public/live/console.html", _shown(captioner, token))


def _do(request: HttpRequest, captioner: Captioner) -> None:
    """What the form says: a line, or the name of a speaker."""
    if named := request.POST.get("name", "").strip():
        speakers.name(captioner.sitting, [named])
    text = cleaned(request.POST.get("text", "")).replace("\b", "").strip()[:1000]
    if not text or captioner.sitting.ended_at is not None:
        return
    target = request.POST.get("target", "")
    if target and target not in {cue.key for cue in _cues(captioner)}:
        raise Http404
    way = Way.REVISE if target else Way.LINE
    now = int(timezone.now().timestamp() * 1000)
    keys = {key.position for key in speakers.of(captioner.sitting)}
    speaker = request.POST.get("speaker", "")
    arrival = Arrival(
        sitting=captioner.sitting_id,
        language=captioner.language,
        source=f"{captioner.pk}-{new_token()[:10]}",
        token=captioner.pk,
        piece=Piece(text, now, 1, way, target),
        speaker=speaker if speaker.isdecimal() and int(speaker) in keys else "",
        is_automatic=captioner.is_automatic,
    )
    place.writer().submit(arrival).result(timeout=PATIENCE)


def _shown(captioner: Captioner, token: str) -> dict[str, object]:
    sitting = captioner.sitting
    keys, own = speakers.of(sitting), shown.captions(sitting, captioner.language, count=LINES)
    others = [code for code in sitting.languages if code != captioner.language]
    return {
        "captioner": captioner,
        "colleagues": json.dumps(_colleagues(captioner)),
        "holder": reading.turn(sitting, captioner.language),
        "base": settings.BASE_URL,
        "sitting": sitting,
        "name": wording.name(sitting.meeting, current()),
        "state": shown.state(sitting),
        "captions": own,
        "beside": [shown.captions(sitting, code, count=3) for code in others],
        "speakers": _numbered(keys)[:KEYS],
        "items": _items(captioner)[:KEYS],
        "events": f"/live/{sitting.slug}/events?{_following(own, others)}",
        "address": f"/live/{sitting.slug}/console?id={token}",
        "words": json.dumps(_words()),
        "tool_address": f"/live/{sitting.slug}/closedcaption?id={token}",
    }


def _following(own: shown.Captions, others: Sequence[str]) -> str:
    """Where all languages go on, in one line."""
    return own.after + "".join(f"&lang={code}" for code in others)


def _numbered(keys: Sequence[SpeakerKey]) -> list[tuple[SpeakerKey, str]]:
    """Each key with a name, and the digit that chooses it; only the first nine have one."""
    named = [key for key in keys if key.name]
    return [(key, str(n) if n < 10 else "") for n, key in enumerate(named, 1)]


def _items(captioner: Captioner) -> list[tuple[str, str]]:
    """The items that can be chosen: at a sitting for everyone none that members alone have."""
    sitting = captioner.sitting
    is_public = sitting.audience == sitting.Audience.PUBLIC
    items = [one for one in agenda.items(sitting.meeting) if not (is_public and one.audience)]
    return [(item.number, choose(item.titles, captioner.language).text) for item in items]


def _colleagues(captioner: Captioner) -> dict[str, str]:
    """Who else captions this language, by id: for who has the turn."""
    held = queries.captioners(captioner.sitting)
    same = [c for c in held if c.language == captioner.language and c.revoked_at is None]
    return {str(c.pk): c.name for c in same}


def _cues(captioner: Captioner) -> Sequence[shown.Words]:
    cues, _last = reading.latest(captioner.sitting, captioner.language, count=LINES)
    return shown.words(cues, {})


def _words() -> dict[str, str]:
    """What the script says, in the page's language."""
    return {
        "connected": _("Connected"),
        "waiting": _("Connection lost: %(count)s waiting, sent by themselves later"),
        "refused": _("These captions are not taken any more. Ask the secretariat."),
        "mine": _("You caption now"),
        "theirs": _("%(name)s captions now"),
        "nobody": _("Nobody has taken the turn"),
        "correct": _("Correct"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "remove": _("Take back"),
        "no_speaker": _("no speaker"),
    }
