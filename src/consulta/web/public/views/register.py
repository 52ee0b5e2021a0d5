"""The register: one line per number from its arrival, whatever became of it."""

import csv
from collections.abc import Iterator
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.responses import balance, queries
from consulta.responses.queries import CursorMistypedError
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import grounds
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

PAGE, BLOCK = 100, 1000
LONGEST_CURSOR = 9  # digits
COLUMNS = ("number", "received_at", "channel", "state", "line", "ground", "late")


@finished(shows="register", query=("after",))
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the balance and a page of the register."""
    found, language = by_slug(request, slug), current()
    words = grounds.words(found, language)
    try:
        page = queries.register(found, after=_cursor(request), size=PAGE)
    except CursorMistypedError as error:
        raise Http404 from error
    topic = consultations.topic(found, language)
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown.trail(found, topic, _("Register")),
        "tabs": shown.tabs(found, "register"),
        "counts": asdict(balance.of(found)),
        "lines": [
            (line, [words[slug] for slug in (line.ground, *line.hold_reasons) if slug in words])
            for line in page.items
        ],
        "next": f"?after={page.next}" if page.next else "",
    }
    return render(request, "public/register.html", context)


def as_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Stream the whole register as CSV (RFC 4180); columns and codes are the same in any language."""
    found = by_slug(request, slug)
    response = StreamingHttpResponse(_rows(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{found.slug}.csv"'
    return response


class _Line:
    """A file that gives back what is written to it, so that a CSV writer can feed a stream."""

    def write(self, text: str) -> str:
        return text


def _rows(found: Consultation) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield write(COLUMNS)
    after: str | None = None
    while True:
        page = queries.register(found, after=after, size=BLOCK)
        for line in page.items:
            arrived = line.received_at.isoformat(timespec="seconds")
            facts = (line.channel, line.state, line.line, line.ground, str(line.late).lower())
            yield write((line.number, arrived, *facts))
        if page.next is None:
            return
        after = page.next


def _cursor(request: HttpRequest) -> str | None:
    after = request.GET.get("after") or None
    if after and len(after) > LONGEST_CURSOR:
        raise Http404
    return after
