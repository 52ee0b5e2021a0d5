"""Search: a number leads to its page; words are looked for in what is public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from consulta.consultations import queries as consultations
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.repository import queries as repository
from consulta.responses import reading
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.ui.languages import current

LIMIT = 20
SHORTEST, LONGEST = 2, 100  # characters


def search(request: HttpRequest) -> HttpResponse:
    """Show what is found for `?q=`, at most LIMIT of each kind."""
    asked = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    try:
        return redirect("public:response", read_number(asked))
    except NumberMistypedError:
        context: dict[str, object] = {"asked": asked, "too_short": 0 < len(asked) < SHORTEST}
        if len(asked) >= SHORTEST:
            context |= _found(request, asked)
        return render(request, "public/search.html", context)


def _found(request: HttpRequest, words: str) -> dict[str, object]:
    language = current()
    topics = consultations.search(words, began(request), limit=LIMIT)
    records = repository.search_records(words, limit=LIMIT)
    practices = repository.search_practices(words, limit=LIMIT)
    responses = reading.search(words, limit=LIMIT)
    return {
        "consultations": [(consultations.topic(c, language), shown.address(c)) for c in topics],
        "records": [(repository.title(r, language), r) for r in records],
        "practices": practices,
        "responses": responses,
        "searched": True,
        "nothing": not any((topics, records, practices, responses)),
        "limit": LIMIT,
    }
