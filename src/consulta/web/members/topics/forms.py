"""The forms on which a member proposes a topic, and supports one of another member."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.multilingual import choose
from consulta.groups.models import Issue
from consulta.meetings import wording
from consulta.meetings.models import Document, Meeting, Proposal
from consulta.web.members.positions.forms import AUDIENCES, called
from consulta.web.ui.languages import current, direction
from consulta.web.ui.templatetags.ui import language_name


class Propose(forms.Form):
    """A topic in some languages, from the list of issues or off it, with contributions behind it."""

    meeting = forms.ChoiceField(label=gettext_lazy("Meeting to which it is proposed"))
    issue = forms.ChoiceField(
        label=gettext_lazy("Issue of the standing list"),
        required=False,
        help_text=gettext_lazy("Empty: the topic is off the list, and recorded as such."),
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Contributions of your delegation that support it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[Meeting],
        issues: Sequence[Issue],
        own: Sequence[Document],
        spoken: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.pk): each for each in meetings}
        self.issues = {each.slug: each for each in issues}
        self.own = {str(each.pk): each for each in own}
        self.spoken, language = list(spoken), current()
        offered: dict[str, list[tuple[str, str]]] = {
            "meeting": [(k, wording.name(m, language).text) for k, m in self.meetings.items()],
            "issue": [
                ("", _("Off the list")),
                *((k, choose(i.names, language).text or k) for k, i in self.issues.items()),
            ],
            "documents": [(pk, called(each)) for pk, each in self.own.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not self.own:
            del self.fields["documents"]
        self._add_topics()

    def _add_topics(self) -> None:
        for code in self.spoken:
            label = _("Topic (%(language)s)") % {"language": language_name(code)}
            widget = forms.TextInput(attrs={"lang": code, "dir": direction(code)})
            field = forms.CharField(label=label, max_length=300, required=False, widget=widget)
            self.fields[f"topic_{code}"] = field
        self.order_fields(["meeting", *(f"topic_{code}" for code in self.spoken)])

    def said(self) -> Proposal:
        """The proposal, not saved; the first language written is the original."""
        data = self.cleaned_data
        written = [code for code in self.spoken if data[f"topic_{code}"].strip()]
        topics = {
            code: {
                "text": data[f"topic_{code}"].strip(),
                "status": "original" if code == written[0] else "courtesy",
            }
            for code in written
        }
        return Proposal(
            meeting=self.meetings[data["meeting"]],
            topics=topics,
            issue=self.issues.get(data["issue"]),
            audience=data["audience"],
        )

    def brought(self) -> list[Document]:
        """The contributions that were ticked."""
        return [self.own[pk] for pk in self.cleaned_data.get("documents", ())]


class Support(forms.Form):
    """One contribution of one's own behind the topic of another member."""

    document = forms.ChoiceField(label=gettext_lazy("Contribution of your delegation"))

    def __init__(self, *args: Any, own: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {str(each.pk): each for each in own}
        offered = [(pk, called(each)) for pk, each in self.own.items()]
        self.fields["document"].choices = offered  # type: ignore[attr-defined]

    def brought(self) -> Document:
        """The contribution that was chosen."""
        return self.own[self.cleaned_data["document"]]
