"""Pages of campaigns at the desk: all of one consultation, and one with everyone in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.analysis.campaigns import deciding, listing, queries, shown
from consulta.analysis.models import Campaign
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.responses import balance
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may
from consulta.web.desk.campaigns.forms import NamesForm, NumberForm, ReasonForm, SearchForm
from consulta.web.ui import languages
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def campaigns(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """What was found and what became of it; how it is looked for, and the button that does."""
    search = queries.search_of(consultation)
    counted = queries.at_desk(consultation)
    openings = queries.openings(one.campaign for one in counted)
    asked = search.asked_at is not None and (
        search.looked_at is None or search.asked_at > search.looked_at
    )
    context = {
        "rows": [(one, name(one.campaign), openings.get(one.campaign.pk)) for one in counted],
        "search": search,
        "is_asked": asked,
        "form": SearchForm(None, search=search),
        "published": balance.of(consultation).published,
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
    }
    trail = [Link(label=_("Campaigns"))]
    return page.show(
        request, "campaigns/campaigns.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.SEE_DESK)
def campaign(request: HttpRequest, consultation: Consultation, ordinal: int) -> HttpResponse:
    """The shared text, everyone in it with what they add, and what can be decided."""
    one: Campaign = found(lambda: queries.by_ordinal(consultation, ordinal))
    show = request.GET.get("show", "")
    text = shown.shared(one)
    members = queries.desk_page(one, show=show, after=_after(request))
    counts = queries.desk_counts(one)
    context = {
        "campaign": one,
        "name": name(one),
        "text": text,
        "rows": listing.rows(one, text, members.members),
        "show": show,
        "counts": counts,
        "tabs": _tabs(one, show, counts),
        "next": f"?show={show}&after={members.next}" if members.next else "",
        "gone": queries.gone(one),
        "is_alone": one.state != Campaign.State.DISSOLVED
        and 0 < counts["counted"] + counts["proposed"] < deciding.LEAST,
        **_forms(one, consultation),
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
    }
    trail = [
        Link(label=_("Campaigns"), href=reverse("desk:campaigns", args=[consultation.slug])),
        Link(label=name(one)),
    ]
    return page.show(
        request, "campaigns/campaign.html", context, consultation=consultation, trail=trail
    )


def _forms(one: Campaign, consultation: Consultation) -> dict[str, object]:
    """The empty forms of what can be decided about a campaign."""
    return {
        "names_form": NamesForm(None, campaign=one, consultation=consultation),
        "number_form": NumberForm(),
        "reason_form": ReasonForm(),
    }


def name(campaign: Campaign) -> str:
    """What a campaign is called in the page's language, else by its number."""
    named = queries.name(campaign, languages.current()).text
    return named or _("Campaign %(number)s") % {"number": campaign.ordinal}


def _tabs(campaign: Campaign, show: str, counts: dict[str, int]) -> list[Link]:
    """Everyone, and those that want a look."""
    kinds = {
        "": _("Everyone"),
        "own": _("With own words"),
        "proposed": _("Newly proposed"),
        "apart": _("Another text by now"),
        "taken_out": _("Taken out"),
    }
    if campaign.state != Campaign.State.ACCEPTED:
        del kinds["proposed"]
    return [
        Link(
            label=label,
            href=f"?show={kind}" if kind else "?",
            current=kind == show,
            count=counts[kind],
        )
        for kind, label in kinds.items()
        if counts[kind] or kind in ("", show)
    ]


def _after(request: HttpRequest) -> int:
    typed = request.GET.get("after", "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise Http404
    return int(typed)
