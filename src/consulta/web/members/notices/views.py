"""How often a member is mailed of new documents, group by group; and what each group put out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consulta.core.multilingual import Text
from consulta.groups import members
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.meetings.decision_queries import MEMBERS
from consulta.notices import document_choices, output_queries
from consulta.notices.models import MemberNotice
from consulta.web.members.doors import member, person
from consulta.web.members.meetings import crumbs, show
from consulta.web.ui import sendings
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

lazy_capfirst = lazy(capfirst, str)


class Choice(forms.Form):
    """How often, for one group."""

    choice = forms.ChoiceField(
        label=gettext_lazy("New documents of the group"),
        choices=[(c.value, lazy_capfirst(c.label)) for c in MemberNotice.Choice],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.prefix = group, f"group{group.pk}"
        self.auto_id = f"id_group{group.pk}_%s"


@require_http_methods(["GET", "HEAD", "POST"])
@member
def choices(request: HttpRequest) -> HttpResponse:
    """The reader's own choice for each group of which they are told."""
    user = person(request)
    mine = document_choices.own_groups(user)
    standing = document_choices.of(user, mine)
    bound = [
        Choice(
            request.POST if request.POST.get("group") == group.slug else None,
            group=group,
            initial={"choice": standing[group.pk]},
        )
        for group in mine
    ]
    for form in bound:
        if form.is_bound and form.is_valid():
            document_choices.choose(user, form.group, form.cleaned_data["choice"])
            messages.success(request, _("Set. It holds from now on."))
            return redirect("members:notices")
    context: dict[str, object] = {
        "rows": [_row(form) for form in bound],
        "address": user.email,
        "crumbs": crumbs(Link(label=_("Mails"))),
    }
    status = 422 if any(form.errors for form in bound) else 200
    return show(request, "members/notices/choices.html", context, status=status)


def _row(form: Choice) -> tuple[Choice, Text, bool]:
    """A form with the group's name, and whether mails name what is for members."""
    group = form.group
    named = document_choices.names_members_documents(group)
    return form, groups.name(group, current()), named


@require_safe
@member
def outputs(request: HttpRequest) -> HttpResponse:
    """What the reader's groups sent out: to everyone, and what is for members."""
    language = current()
    sections = [
        (
            groups.name(group, language),
            sendings.lines(output_queries.sendings(group, MEMBERS), language),
        )
        for group in members.groups_of(request.user)
    ]
    context: dict[str, object] = {"sections": sections, "crumbs": crumbs(Link(label=_("Outputs")))}
    return show(request, "members/notices/outputs.html", context)
