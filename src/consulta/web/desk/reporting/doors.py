"""What stands before a page of the report: the language is one of the consultation's."""

from django.http import Http404, HttpRequest

from consulta.consultations.models import Consultation

#: No list is paged further than this.
PAGES = 10_000


def language_of(consultation: Consultation, code: str) -> str:
    """*code*, where the consultation speaks it. Raises Http404."""
    if code not in consultation.languages:
        raise Http404
    return code


def page_of(request: HttpRequest) -> int:
    """The page of a list that is asked for; the first where that is no number."""
    typed = request.GET.get("page", "")
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
    return min(max(1, asked), PAGES)
