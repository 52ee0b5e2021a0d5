"""The form on which members are asked for their positions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.groups import membership as memberships
from consulta.groups.models import Group, Membership
from consulta.meetings.models import PositionRequest
from consulta.web.desk import forms as desk_forms
from consulta.web.desk.decisions.forms import issue_choices
from consulta.web.desk.plan.setting import Setting
from consulta.web.ui.days import day
from consulta.web.ui.languages import current


class Ask(forms.Form):
    """On which issue, whom, by when, in which words."""

    issue = forms.ChoiceField(label=gettext_lazy("Issue of the standing list"))
    everyone = forms.ChoiceField(
        label=gettext_lazy("Who is asked"),
        choices=[
            ("all", gettext_lazy("Every member that states positions")),
            ("some", gettext_lazy("Only those ticked below")),
        ],
        widget=forms.RadioSelect,
        initial="all",
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Members"), widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = day(
        gettext_lazy("By the day"),
        required=False,
        help_text=gettext_lazy("With a day, they are reminded a week before and on the day."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    words = desk_forms.words(gettext_lazy("What is asked"), rows=5)

    def __init__(
        self, *args: Any, setting: Setting, able: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.issues = {issue.slug: issue for issue in setting.issues}
        self.able = {str(one.pk): one for one in able}
        issues = issue_choices(list(self.issues.values()))
        self.fields["issue"].choices = issues  # type: ignore[attr-defined]
        named = [(str(one.pk), name.text) for one, name in memberships.by_name(able, current())]
        self.fields["members"].choices = named  # type: ignore[attr-defined]
        desk_forms.choose_language(self, "language", setting.spoken)
        self.initial.setdefault("language", current())

    def clean(self) -> dict[str, Any]:
        """Whoever asks some names them."""
        found = super().clean() or {}
        if found.get("everyone") == "some" and not found.get("members"):
            self.add_error("members", _("Tick at least one member, or ask every one."))
        return found

    def said(self, group: Group) -> tuple[PositionRequest, list[Membership]]:
        """The request, not saved, and who is asked; nobody named: every one."""
        data = self.cleaned_data
        named = data["members"] if data["everyone"] == "some" else []
        request = PositionRequest(
            group=group,
            issue=self.issues[data["issue"]],
            due_on=data["due_on"],
            language=data["language"],
            words=data["words"],
        )
        return request, [self.able[pk] for pk in named]
