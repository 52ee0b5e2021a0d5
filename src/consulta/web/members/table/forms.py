"""The form in which the chair or the desk marks what the group did."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.core.multilingual import choose
from consulta.meetings.models import AgendaItem
from consulta.reports.models import GroupDiscussion
from consulta.web.ui.days import day
from consulta.web.ui.languages import current


class MarkForm(forms.Form):
    """What the group did with something: how far, when, under which item, who may know it."""

    status = forms.ChoiceField(
        label=_("What the group did"),
        choices=GroupDiscussion.Status.choices,
        widget=forms.RadioSelect,
        initial=GroupDiscussion.Status.DISCUSSED,
    )
    on = day(_("Day"))
    item = forms.ChoiceField(label=_("Agenda item"), required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever sees the mark reads it."),
    )
    audience = forms.ChoiceField(
        label=_("Who can see it"),
        choices=GroupDiscussion.Audience.choices,
        widget=forms.RadioSelect,
        help_text=_("What everyone sees stands on the page of each response that it is about."),
    )

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items = {str(item.pk): item for item in items}
        named = [
            (pk, f"{i.number} {choose(i.titles, current()).text}") for pk, i in self._items.items()
        ]
        self.fields["item"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was chosen, as the mark takes it."""
        data = dict(self.cleaned_data)
        return data | {"item": self._items.get(data.pop("item"))}
