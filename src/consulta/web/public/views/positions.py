"""What members of a group hold on each issue, where they gave it to everyone."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import membership, queries
from consulta.groups.models import Group
from consulta.meetings import position_queries
from consulta.meetings import queries as meetings
from consulta.meetings.decision_queries import PUBLIC
from consulta.meetings.models import Document, PositionVersion
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@finished(shows="pages", query=())
def positions(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest public position of each member, issue by issue; who gave none is not named."""
    try:
        group = queries.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error
    language = current()
    given = position_queries.given(group, PUBLIC)
    every = [version for versions in given.values() for version in versions]
    linked = position_queries.documents_of(every, PUBLIC)
    name = queries.name(group, language)
    context = {
        "name": name,
        "issues": [
            (
                queries.name(issue, language),
                [_shown(one, linked[one.pk], language) for one in given[issue.pk]],
            )
            for issue in queries.issues(group.body)
            if issue.pk in given
        ],
        "trail": [
            Link(label=name.text, href=reverse("public:group", args=[group.slug])),
            Link(label=_("Positions")),
        ],
    }
    return render(request, "public/positions.html", context)


def _shown(
    version: PositionVersion, linked: Sequence[Document], language: str
) -> dict[str, object]:
    day = version.given_at.date() if version.given_at else None
    return {
        "who": membership.name(version.position.membership, language, on=day),
        "on": version.given_at,
        "ordinal": version.ordinal,
        "text": position_queries.text(version, language),
        "linked": [(document, meetings.title(document, language)) for document in linked],
    }
