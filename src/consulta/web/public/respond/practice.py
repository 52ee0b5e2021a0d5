"""Submit a practice: an experience on an issue, of which a person decides whether it is shown."""

from typing import Any
from uuid import uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.core.submission import RespondentKind
from consulta.flow import practices
from consulta.groups import queries as group_queries
from consulta.repository import queries
from consulta.repository.models import Practice
from consulta.stakeholders import queries as stakeholder_queries
from consulta.stakeholders.models import Respondent
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond import limits, pages, people, wording
from consulta.web.public.respond.asked import Choices
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import PracticeForm
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

_SALT = "consulta.practice.submitted"
PER_CLIENT = 30


@require_http_methods(["GET", "HEAD", "POST"])
@limited
def submit(request: HttpRequest) -> HttpResponse:
    """Show the form; take the practice in and go on to its receipt."""
    form = _form(request)
    if form.is_valid():
        limits.trying(request, "practice", limit=PER_CLIENT)
        practice = practices.practice_arrives(_practice(form), _respondent(request, form))
        signed = signing.Signer(salt=_SALT).sign(str(practice.pk))
        return see_other(reverse("public:practice_submitted", args=[signed]))
    context = {"form": form, "crumbs": _crumbs(), "terms": wording.terms()}
    status = 422 if form.is_bound else 200
    response = render(request, "public/respond/practice.html", context, status=status)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@private
def submitted(request: HttpRequest, signed: str) -> HttpResponse:
    """The receipt of a practice, and where it stands."""
    try:
        practice = queries.practice_at_desk(int(signing.Signer(salt=_SALT).unsign(signed)))
    except (signing.BadSignature, ValueError, Practice.DoesNotExist):
        return pages.unknown_link(request)
    context = {
        "practice": practice,
        "crumbs": _crumbs(),
        "is_shown": practice.published_at is not None,
    }
    return render(request, "public/respond/practice_submitted.html", context)


def _form(request: HttpRequest) -> PracticeForm:
    user = people.account(request)
    return PracticeForm(
        request.POST if request.method == "POST" else None,
        issues=_issues(),
        groups=asking.groups(),
        initial={
            "key": uuid4(),
            "language": languages.current(),
            "email": user.email if user else "",
        },
    )


def _issues() -> Choices:
    reader = languages.current()
    found = group_queries.all_issues()
    return [(issue.slug, group_queries.name(issue, reader).text) for issue in found]


def _practice(form: PracticeForm) -> Practice:
    given: dict[str, Any] = form.cleaned_data
    issue = group_queries.issue_by_slug(given["issue"]) if given["issue"] else None
    return Practice(
        issue=issue,
        language=given["language"],
        title=given["title"],
        text=given["text"],
        idempotency_key=f"web:{given['key'] or uuid4()}",
    )


def _respondent(request: HttpRequest, form: PracticeForm) -> Respondent:
    given, user = form.cleaned_data, people.account(request)
    return Respondent(
        kind=RespondentKind.ORGANISATION,
        organisation_name=given["organisation"],
        stakeholder_group=stakeholder_queries.by_slug(given["stakeholder_group"]),
        country=given["country"],
        email=given["email"].lower(),
        language=given["language"],
        account=user,
    )


def _crumbs() -> list[Link]:
    home = f"/{languages.current()}/repository/"
    return [Link(label=_("Repository"), href=home), Link(label=_("Submit a practice"))]
