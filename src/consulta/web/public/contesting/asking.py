"""The form of a contest: the passage above, the question below; sent, it has a number and a page."""

from datetime import datetime
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.core import passages
from consulta.core.passages import Passage
from consulta.core.submission import RespondentKind
from consulta.flow import contests
from consulta.reports import contest_clock, frozen, queries
from consulta.reports.contest_errors import ContestClosedError, SentAlreadyError
from consulta.reports.contesting import Filed
from consulta.reports.models import Contest, Edition
from consulta.stakeholders import queries as stakeholders
from consulta.stakeholders.models import Respondent
from consulta.web.public.contesting.forms import ContestForm
from consulta.web.public.moment import began
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond import limits, pages, people, wording
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.shown import contests as shown
from consulta.web.ui import languages
from consulta.web.ui.resending import say_again

PER_CLIENT = 20
READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
@limited
def whole(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Contest the report as a whole."""
    consultation, edition = _edition(request, slug, pk)
    return _ask(request, consultation, edition, None)


@READ_OR_POST
@private
@limited
def passage(request: HttpRequest, slug: str, pk: int, passage: str) -> HttpResponse:
    """Contest one passage."""
    consultation, edition = _edition(request, slug, pk)
    found = passages.find(frozen.readable(edition), passage)
    if found is None:
        raise Http404
    return _ask(request, consultation, edition, found)


def _edition(request: HttpRequest, slug: str, pk: int) -> tuple[Consultation, Edition]:
    """A released report of the consultation. Raises Http404."""
    consultation = pages.consultation(slug, began(request))
    for edition in queries.released(consultation):
        if edition.pk == pk and edition.kind == Edition.Kind.CONSOLIDATED:
            return consultation, edition
    raise Http404


def _ask(
    request: HttpRequest, consultation: Consultation, edition: Edition, found: Passage | None
) -> HttpResponse:
    now = began(request)
    if not contest_clock.window(consultation, edition, now).is_open:
        return _closed(request, consultation, edition, now)
    form = _form(request, consultation)
    if form.is_valid():
        limits.trying(request, "contest", limit=PER_CLIENT)
        by_mail = limits.may_mail(request, "contest-mail", email=form.cleaned_data["email"])
        try:
            filed = _filed(request, form, edition, found)
            _made, mine = contests.contest_arrives(filed, by_mail=by_mail)
        except ContestClosedError:
            return _closed(request, consultation, edition, now)
        except SentAlreadyError as error:
            form = _afresh(form, error.contest)
        else:
            return see_other(reverse("public:contest_mine", args=[mine]))
    window = contest_clock.window(consultation, edition, now)
    context = pages.about(consultation, _("Contest a passage")) | {
        "form": form,
        "edition": edition,
        "passage": found,
        "why": shown.why(window, consultation.timezone),
        "terms": wording.terms(),
    }
    status = 422 if form.is_bound else 200  # what cannot be sent is shown again
    return render(request, "public/contesting/ask.html", context, status=status)


def _afresh(form: ContestForm, sent: Contest) -> ContestForm:
    """The form with everything typed, ready to be sent as another contest; it says why it was not."""
    said = _(
        "You sent this form before with other words: they were taken in as contest %(number)s, and"
        " stand as they are. What you wrote now is not sent yet. Press the button again to send it as"
        " a contest of its own."
    )
    say_again(form, key=str(uuid4()))
    form.add_error(None, said % {"number": sent.number})
    return form


def _closed(
    request: HttpRequest, consultation: Consultation, edition: Edition, now: datetime
) -> HttpResponse:
    """Say why no contest is taken, and since when."""
    window = contest_clock.window(consultation, edition, now)
    said = shown.why(window, consultation.timezone)
    context = {"title": _("This report cannot be contested now"), "body": said}
    return render(request, "public/respond/said.html", context, status=409)


def _form(request: HttpRequest, consultation: Consultation) -> ContestForm:
    user = people.account(request)
    return ContestForm(
        request.POST if request.method == "POST" else None,
        groups=asking.groups(),
        may_withhold_name=asking.may_withhold_name(consultation),
        initial={
            "key": uuid4(),
            "language": languages.current(),
            "kind": RespondentKind.INDIVIDUAL.value,
            "name": user.name if user else "",
            "email": user.email if user else "",
        },
    )


def _filed(
    request: HttpRequest, form: ContestForm, edition: Edition, found: Passage | None
) -> Filed:
    given = form.cleaned_data
    return Filed(
        edition=edition,
        passage=found.key if found else "",
        text=given["text"],
        language=given["language"],
        contester=_contester(request, form),
        idempotency_key=f"web:{given['key'] or uuid4()}",
    )


def _contester(request: HttpRequest, form: ContestForm) -> Respondent:
    given, user = form.cleaned_data, people.account(request)
    is_organisation = given["kind"] == RespondentKind.ORGANISATION
    email, group = given["email"].lower(), given["stakeholder_group"]
    is_proved = user is not None and people.proved(user, email)
    return Respondent(
        kind=given["kind"],
        name=given["name"],
        organisation_name=given["organisation"] if is_organisation else "",
        stakeholder_group=stakeholders.by_slug(group) if group else None,
        country=given["country"],
        email=email,
        language=languages.current(),
        withhold_name=given.get("withhold_name", False) and not is_organisation,
        account=user,
        confirmed_at=began(request) if is_proved else None,
        confirmed_how=Respondent.Confirmation.ACCOUNT if is_proved else "",
    )
