"""What a group put out and where it went: lists and counts, for everyone; never an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import queries
from consulta.groups.models import Group
from consulta.meetings.decision_queries import PUBLIC
from consulta.notices import output_queries
from consulta.web.ui import sendings
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@finished(shows="pages", query=())
def outputs(request: HttpRequest, slug: str) -> HttpResponse:
    """The outputs that everyone may read: what went out, when, to which lists, how many copies."""
    try:
        group = queries.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error
    language = current()
    name = queries.name(group, language)
    rows = output_queries.sendings(group, PUBLIC)
    context = {
        "name": name,
        "lines": sendings.lines(rows, language),
        "trail": [
            Link(label=name.text, href=reverse("public:group", args=[group.slug])),
            Link(label=_("Outputs")),
        ],
    }
    return render(request, "public/outputs.html", context)
