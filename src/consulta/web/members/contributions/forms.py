"""The forms of a contribution: its words, a file, another member, a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.multilingual import choose
from consulta.groups import membership as memberships
from consulta.groups.models import Membership
from consulta.meetings import agenda, agenda_queries, contributing, wording
from consulta.meetings.models import Contribution, Document, Meeting
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import language_name

#: What the form's window for choosing a file offers.
ACCEPT = ".pdf,.docx,.odt,.rtf,.html,.htm,.txt,.png,.jpg,.jpeg"


class Words(forms.Form):
    """What a delegate writes. The source is drawn from the delegation and not asked."""

    membership = forms.ChoiceField(label=gettext_lazy("On behalf of"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the contribution"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, required=False)
    item = forms.ChoiceField(label=gettext_lazy("Agenda item"), required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=Contribution.Purpose.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), widget=forms.RadioSelect, required=False
    )
    abstract = forms.CharField(
        label=gettext_lazy("Abstract"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=500_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy(
            "Begin a heading with “# ”, an item of a list with “- ” or “1. ”; an empty line ends a"
            " paragraph. You can send files instead, or both: save, then add files."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, own: Sequence[Membership], **kwargs: Any
    ) -> None:
        """*own*: the memberships for which the person submits."""
        super().__init__(*args, **kwargs)
        self.own = {str(one.pk): one for one in own}
        self.items = {str(item.pk): item for item in _items(meeting)}
        language = languages.current()
        named = [(pk, memberships.name(one, language).text) for pk, one in self.own.items()]
        self._choices("membership", named)
        if len(named) == 1:
            self.fields["membership"].widget = forms.HiddenInput()
            self.fields["membership"].initial = named[0][0]
        spoken = meeting.group.body.languages if meeting.group else []
        codes = spoken or list(languages.names())
        self._choices("language", [(code, language_name(code)) for code in codes])
        titled = [
            (pk, f"{item.number} {choose(item.titles, language)}")
            for pk, item in self.items.items()
        ]
        self._choices("item", [("", _("None, or not known yet")), *titled])
        self._choices("audience", audiences())

    def values(self) -> dict[str, Any]:
        """What is kept of it; the title stands in the language of the contribution."""
        data = self.cleaned_data
        plain = {k: data[k] for k in ("language", "purpose", "audience", "abstract", "text")}
        titles = {data["language"]: data["title"]} if data["title"].strip() else {}
        return plain | {"titles": titles, "item": self.items.get(data["item"])}

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class File(forms.Form):
    """One file of a contribution, on a page of its own so that nothing typed is sent with it."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the file"))
    file = forms.FileField(label=gettext_lazy("File"), widget=forms.FileInput)

    def __init__(self, *args: Any, largest: int, shown: str, **kwargs: Any) -> None:
        """*largest*: bytes a file may have; *shown*: the same in words."""
        super().__init__(*args, **kwargs)
        codes = [(code, language_name(code)) for code in languages.names()]
        self.fields["language"].choices = codes  # type: ignore[attr-defined]
        too_large = _("This file is larger than %(size)s. Send a smaller one, or several.")
        said = {"data-largest": largest, "data-too-large": too_large % {"size": shown}}
        self.fields["file"].widget.attrs |= {"accept": ACCEPT} | said
        self.fields["file"].help_text = _(
            "At most %(size)s. It is checked, and a clean copy is kept and shown."
        ) % {"size": shown}


class Joining(forms.Form):
    """Another member that is asked to join."""

    other = forms.ChoiceField(label=gettext_lazy("Member to ask"))

    def __init__(self, *args: Any, others: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        named = memberships.by_name(others, languages.current())
        shown = [(str(one.pk), name.text) for one, name in named]
        self.fields["other"].choices = shown  # type: ignore[attr-defined]


class Reason(forms.Form):
    """Why a contribution is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever sees the number can read it."),
    )


def audiences() -> list[tuple[str, str]]:
    """Whom a contribution may be for, each with who can see it then; nobody chooses for the delegate."""
    return [
        (audience.value, f"{Document.Audience(audience).label}: {wording.who_sees(audience)}")
        for audience in contributing.AUDIENCES
    ]


def of_draft(draft: Contribution) -> dict[str, Any]:
    """What the form shows of *draft*."""
    names = ("language", "purpose", "audience", "abstract", "text", "revision")
    shown = {name: getattr(draft, name) for name in names}
    title = choose(draft.titles, draft.language).text
    return shown | {"title": title, "item": draft.item_id, "membership": draft.membership_id}


def _items(meeting: Meeting) -> list[Any]:
    """The items that members know: of an agenda that is published."""
    return agenda.items(meeting) if agenda_queries.is_published(meeting) else []
