"""Acts on campaigns at the desk: each button is one act, done or refused in a sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consulta.accounts.models import User
from consulta.analysis.campaigns import deciding, errors, queries
from consulta.analysis.models import Campaign
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.campaigns.forms import SearchForm

Do = Callable[[], object]


@require_POST
@in_consultation(Act.EDIT_REPORT)
def search(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Have campaigns looked for again, by the method typed."""
    form = SearchForm(request.POST, search=queries.search_of(consultation))
    if not form.is_valid():
        wrong = [
            f"{form[name].label}: {' '.join(map(str, said))}" for name, said in form.errors.items()
        ]
        messages.error(request, " ".join(wrong))
    else:
        deciding.ask(consultation, by=person(request), **form.method())
        messages.success(
            request, _("Campaigns are being looked for. Look at this page again in a moment.")
        )
    return redirect("desk:campaigns", consultation.slug)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def act(request: HttpRequest, consultation: Consultation, ordinal: int, act: str) -> HttpResponse:
    """Do one act on a campaign, and show it again at the list from which it was done."""
    campaign: Campaign = found(lambda: queries.by_ordinal(consultation, ordinal))
    acts = _acts(request, campaign, person(request))
    if act not in acts:
        raise Http404
    do, done = acts[act]
    if refused := _refusal(do):
        messages.error(request, refused)
    else:
        messages.success(request, done)
        if act == "out" and campaign.state == Campaign.State.DISSOLVED:
            messages.info(
                request, _("One response alone was left, so the campaign is dissolved with it.")
            )
    back = redirect("desk:campaign", consultation.slug, ordinal)
    show = request.POST.get("show", "")
    if show.isalpha() or show == "taken_out":
        back["Location"] += f"?show={show}"
    return back


def _acts(request: HttpRequest, campaign: Campaign, by: User) -> dict[str, tuple[Do, str]]:
    """Every act by its name in the address, and what is said when it is done."""
    reason = request.POST.get("reason", "")
    names = {code: request.POST.get(code, "") for code in campaign.consultation.languages}
    return _on_member(request, campaign, by) | {
        "accept": (
            lambda: deciding.accept(campaign, by=by),
            _("It is folded. Everyone in it is counted and listed."),
        ),
        "dissolve": (
            lambda: deciding.dissolve(campaign, reason=reason, by=by),
            _("It is dissolved: each response stands alone. You can fold it again."),
        ),
        "restore": (lambda: deciding.restore(campaign, by=by), _("It is folded again.")),
        "name": (lambda: deciding.rename(campaign, names, by=by), _("The name is saved.")),
    }


def _on_member(request: HttpRequest, campaign: Campaign, by: User) -> dict[str, tuple[Do, str]]:
    """The acts on one response of the campaign."""
    number = request.POST.get("number", "")[:60]
    reason = request.POST.get("reason", "")
    return {
        "out": (
            lambda: deciding.take_out(campaign, number, reason=reason, by=by),
            _("The response is out, and stands alone. You can put it back."),
        ),
        "add": (
            lambda: deciding.add(campaign, number, by=by),
            _("The response is in the campaign."),
        ),
        "keep": (
            lambda: deciding.keep(campaign, number, by=by),
            _("The response stays in the campaign."),
        ),
        "text": (
            lambda: deciding.choose_text(campaign, number, by=by),
            _("These words stand for all now. The others are being compared with them."),
        ),
    }


def _refusal(do: Do) -> str:
    """Do the act; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        do()
    except ValidationError as error:
        return " ".join(error.messages)
    except errors.InAnotherCampaignError as error:
        said = _("This response is in campaign %(number)s. Take it out there first.")
        return said % {"number": error.ordinal}
    except errors.CampaignError as error:
        return SENTENCES[type(error)]()
    return ""


SENTENCES: dict[type[Exception], Callable[[], str]] = {
    errors.ChangedMeanwhileError: lambda: _(
        "Nothing changed: somebody decided about this campaign a moment ago. Look at it again."
    ),
    errors.NobodyLeftError: lambda: _("No published response is left in this campaign."),
    errors.TooFewLeftError: lambda: _(
        "One response alone is no campaign. Put another one in, or dissolve it."
    ),
    errors.ReasonMissingError: lambda: _("Write a short reason: it stays on record."),
    errors.NotAMemberError: lambda: _("Nothing changed: the response is not in this campaign now."),
    errors.UnknownResponseError: lambda: _(
        "No published response of this consultation has this number. Check its digits."
    ),
}
