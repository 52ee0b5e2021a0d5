"""The forms of captioning: a sitting, a captioner, names of speakers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.live.models import Captioner
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import language_name


class Planned(forms.Form):
    """Another sitting, and in which languages it has captions."""

    languages = forms.MultipleChoiceField(
        label=_("Languages of captions"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["languages"]
        field.choices = [(code, language_name(code)) for code in languages.names()]


class Described(Planned):
    """The languages of a sitting, and how captions are brought in step with the webcast."""

    seconds = forms.DecimalField(
        label=_("Captions in the webcast come earlier by (seconds)"),
        help_text=_(
            "Captioners hear before they write. A negative number has captions come later."
        ),
        min_value=-60,
        max_value=60,
        decimal_places=1,
    )


class Admitted(forms.Form):
    """Somebody who is to caption."""

    name = forms.CharField(label=_("Captioner’s name or firm"), max_length=120)
    language = forms.ChoiceField(label=_("Language"))
    way = forms.ChoiceField(
        label=_("How the captioning tool sends"),
        help_text=_("Leave it at the first unless lines come out wrongly joined or split."),
        choices=Captioner.Way.choices,
    )
    is_automatic = forms.BooleanField(
        label=_("This is speech recognition: tell readers so"), required=False
    )

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = [(code, language_name(code)) for code in offered]


class Speakers(forms.Form):
    """Names of speakers, one a line, in the order of the keys that captioners press."""

    names = forms.CharField(
        label=_("Speakers to add, one a line"),
        help_text=_("Name and organisation. Captioners choose the first nine by one key."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )
