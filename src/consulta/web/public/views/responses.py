"""Published responses: by respondent, by question, one at its address that never changes."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.analysis.campaigns import queries as campaigns
from consulta.analysis.models import CampaignMember
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core import fingerprint
from consulta.core.lifecycle import State
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.groups import queries as groups
from consulta.reports import queries as reports
from consulta.responses import balance, content, facets, queries, reading, signatories_shown
from consulta.responses.models import Response
from consulta.responses.queries import CursorMistypedError, Filters
from consulta.web.public.forms import FilterForm
from consulta.web.public.shown import campaigns as campaigns_shown
from consulta.web.public.shown import consultations as consultations_shown
from consulta.web.public.shown import discussed, grounds, lists, passages
from consulta.web.public.shown import responses as shown
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

PAGE, ANSWERS = 50, 25
QUERY = ("after", "folded", "group", "country", "language", "question")


@finished(shows="pages", query=QUERY)
def of_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """List the published responses, or with `?question=2` the answers to one question."""
    found, language = by_slug(request, slug), current()
    form = FilterForm(request.GET, facets=facets.of(found), language=language)
    topic = consultations.topic(found, language)
    context = {
        "consultation": found,
        "topic": topic,
        "form": form,
        "trail": consultations_shown.trail(found, topic, _("Responses")),
        "tabs": consultations_shown.tabs(found, "responses"),
        "views": _views(request, found),
        "published": balance.of(found).published,
        "atom": reverse("consultation_feed", args=[slug]),
    }
    try:
        context |= _listed(request, found, form.filters())
    except CursorMistypedError as error:
        raise Http404 from error
    return render(request, "public/responses.html", context)


def find(request: HttpRequest) -> HttpResponse:
    """Lead whoever types a number to its page; Arabic-Indic and other digits are read too."""
    typed = request.GET.get("number", "").strip()[:60]
    try:
        return redirect("public:response", read_number(typed))
    except NumberMistypedError:
        return _mistyped(request, typed) if typed else _asks(request)


def response(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show a response at its address: its words when published, else its line of the register."""
    try:
        right = read_number(number)
    except NumberMistypedError:
        return _mistyped(request, number)
    if right != number:
        return redirect("public:response", right, permanent=True)
    found = queries.by_number(number)
    if found is None:
        return render(request, "public/number_unknown.html", {"typed": number}, status=404)
    if found.state == State.PUBLISHED:
        return _published(request, found)
    return _line(request, found)


@finished(shows="pages", query=())
def public_part(_request: HttpRequest, number: str) -> HttpResponse:
    """Give out the exact bytes that the public fingerprint covers, after the salt (RFC 8785)."""
    found = queries.by_number(number)
    if found is None or found.state != State.PUBLISHED or found.published_version is None:
        raise Http404
    told = fingerprint.canonical(content.public(found.published_version))
    return HttpResponse(told, content_type="application/json")


@finished(shows="pages", query=())
def _published(request: HttpRequest, found: Response) -> HttpResponse:
    language = current()
    consultation = by_slug(request, found.consultation.slug)
    questions = {q.position: q for q in consultations.questions(consultation)}
    version = found.published_version
    answers = list(version.answers.all()) if version else []
    topic = consultations.topic(consultation, language)
    cited = passages.by_answer(found)
    context = {
        "response": found,
        "card": shown.card(found, language),
        "version": version,
        "consultation": consultation,
        "topic": topic,
        "trail": consultations_shown.trail(consultation, topic, found.number),
        "answers": [shown.marked(a, questions, language, cited.get(a.pk, ())) for a in answers],
        "files": shown.files(found),
        "why_unnamed": shown.why_unnamed(found),
        "versions": reading.versions_shown(found),
        "signed": signatories_shown.of(found),
        "campaign": _campaign(found, language),
        "discussed": _discussed(found, questions, [a.question for a in answers]),
        "citations": reports.cited_in([found]).get(found.number, []),
        "address": settings.BASE_URL + reverse("public:response", args=[found.number]),
        "body_name": _body(language),
        "discussion": lists.of_response(found),
    }
    return render(request, "public/response.html", context)


@finished(shows="register", query=())
def _line(request: HttpRequest, found: Response) -> HttpResponse:
    language = current()
    consultation = by_slug(request, found.consultation.slug)
    topic = consultations.topic(consultation, language)
    line = queries.line(found)
    context = {
        "line": line,
        "ground": grounds.words(consultation, language).get(line.ground),
        "consultation": consultation,
        "topic": topic,
        "trail": consultations_shown.trail(consultation, topic, found.number),
    }
    return render(request, "public/response_line.html", context)


def _listed(request: HttpRequest, found: Consultation, filters: Filters) -> dict[str, object]:
    """Return the rows of the list that was asked for, and the address of the next ones."""
    after, language = request.GET.get("after") or None, current()
    question = _question(request)
    if question is None:
        folded, folds = _folded(request, found, after)
        page = queries.published(
            found, filters=filters, after=after, size=PAGE, translated=False, without=folded
        )
        rows: dict[str, object] = {"cards": [shown.card(r, language) for r in page.items]}
        return rows | folds | {"next": _next(request, page.next)}
    asked = {q.position: q for q in consultations.questions(found)}.get(question)
    if asked is None and question:
        raise Http404
    answers = queries.answers_to(
        found, question or None, filters=filters, after=after, size=ANSWERS
    )
    zone = found.timezone
    return {
        "question": asked,
        "question_text": consultations.question_text(asked, language) if asked else None,
        "answers": [
            shown.answer_in_list(a, language, zone=zone, question=asked) for a in answers.items
        ],
        "by_question": True,
        "next": _next(request, answers.next),
    }


def _discussed(
    found: Response, questions: Mapping[int, Question], answered: Iterable[int | None]
) -> Sequence[discussed.Discussed]:
    asked = [questions[n] for n in answered if n is not None and n in questions]
    return discussed.of(found, asked, current())


def _campaign(found: Response, language: str) -> campaigns_shown.Line | None:
    member = campaigns.membership([found]).get(found.pk)
    return campaigns_shown.line(member, language) if member else None


def _folded(
    request: HttpRequest, found: Consultation, after: str | None
) -> tuple[QuerySet[CampaignMember] | None, dict[str, object]]:
    """What the list leaves out where campaigns are folded, and what it says of them at its beginning."""
    counted = campaigns.accepted(found)
    if not counted:
        return None, {}
    is_folded = request.GET.get("folded") == "yes"
    lines = campaigns_shown.lines(counted, current()) if is_folded and not after else []
    said: dict[str, object] = {"campaigns": lines, "is_folded": is_folded}
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("folded", None)
    if not is_folded:
        query["folded"] = "yes"
    switch = {"fold_href": f"?{query.urlencode()}" if query else request.path}
    return campaigns.folded(found) if is_folded else None, said | switch


def _question(request: HttpRequest) -> int | None:
    """Return the number of the question asked for, 0 for the whole; None for the list. Or Http404."""
    asked = request.GET.get("question", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= 4):
        raise Http404
    return int(asked)


def _views(request: HttpRequest, found: Consultation) -> list[Link]:
    """Return the ways to read the responses, the filters kept."""
    asked = request.GET.get("question", "")
    links = [Link(label=_("By respondent"), href=_with(request, ""), current=not asked)]
    for question in consultations.questions(found):
        number = str(question.position)
        label = _("Question %(number)s") % {"number": number}
        links.append(Link(label=label, href=_with(request, number), current=asked == number))
    if reading.has_general_answers(found):
        href, label = _with(request, "0"), _("The whole")
        links.append(Link(label=label, href=href, current=asked == "0"))
    return links


def _with(request: HttpRequest, question: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("question", None)
    if question:
        query["question"] = question
    return f"?{query.urlencode()}" if query else request.path


def _next(request: HttpRequest, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = request.GET.copy()
    query["after"] = cursor
    return f"?{query.urlencode()}"


def _mistyped(request: HttpRequest, typed: str) -> HttpResponse:
    return render(request, "public/number_mistyped.html", {"typed": typed[:60]}, status=404)


def _asks(request: HttpRequest) -> HttpResponse:
    return render(request, "public/find_response.html", {})


def _body(language: str) -> str:
    body = groups.body()
    return groups.name(body, language).text if body else ""
