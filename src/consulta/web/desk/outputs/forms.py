"""The forms of outputs: a list, an address, a table of addresses, and what goes where."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.groups import membership as memberships
from consulta.groups.models import Group, Membership
from consulta.notices import addressing, outputs
from consulta.notices.addressing import Entered
from consulta.notices.models import Addressee, AddresseeList
from consulta.notices.outputs import Output
from consulta.web.desk import forms as desk_forms
from consulta.web.ui import languages
from consulta.web.ui.languages import current, direction
from consulta.web.ui.templatetags.ui import language_name

lazy_capfirst = lazy(capfirst, str)


def capitalised(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """*choices* as they begin a line of a form."""
    return [(value, lazy_capfirst(label)) for value, label in choices]


def spoken(group: Group) -> list[str]:
    """The languages of the group's body."""
    return list(group.body.languages or languages.names())


class NewList(forms.Form):
    """What a list is called, and who is on it."""

    sort = forms.ChoiceField(
        label=gettext_lazy("Who is on it"),
        choices=capitalised(AddresseeList.Sort.choices),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("What is for members goes to lists of members alone."),
    )
    has_delegates = forms.BooleanField(
        label=gettext_lazy("Every delegate and officeholder of the group is on it by itself"),
        required=False,
        help_text=gettext_lazy("On lists of members; whoever's place ends is off it that day."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = spoken(group)
        for code in self.codes:
            label = _("Name (%(language)s)") % {"language": language_name(code)}
            attributes = {"lang": code, "dir": direction(code)}
            widget = forms.TextInput(attrs=attributes)
            field = forms.CharField(label=label, max_length=120, required=False, widget=widget)
            self.fields[f"name_{code}"] = field

    def made(self, group: Group) -> AddresseeList:
        """The list, not saved."""
        data = self.cleaned_data
        names = {code: data[f"name_{code}"] for code in self.codes}
        told = {name: data[name] for name in ("sort", "has_delegates")}
        return AddresseeList(group=group, names=names, **told)


class _Whose(forms.Form):
    """In which language an address is written to, and why it may be."""

    language = forms.ChoiceField(label=gettext_lazy("Language of its mails"))
    basis = forms.ChoiceField(
        label=gettext_lazy("Why it may be written to"),
        choices=capitalised(Addressee.Basis.choices),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "An address of a person is confirmed by that person; until then nothing goes to it."
        ),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk_forms.choose_language(self, "language", spoken(group))
        self.initial.setdefault("language", current())


class NewAddress(_Whose):
    """One address."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(
        label=gettext_lazy("Name of the institution or person"), max_length=200, required=False
    )
    membership = forms.ChoiceField(
        label=gettext_lazy("Member that it belongs to"),
        required=False,
        help_text=gettext_lazy("On lists of members it is needed: it ends with the membership."),
    )
    field_order = ("email", "name", "membership", "language", "basis")

    def __init__(
        self, *args: Any, group: Group, running: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, group=group, **kwargs)
        self.running = {str(one.pk): one for one in running}
        named = [(str(m.pk), n.text) for m, n in memberships.by_name(running, current())]
        self.fields["membership"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def told(self) -> Entered:
        """What was said of the address."""
        data = dict(self.cleaned_data)
        return Entered(**data | {"membership": self.running.get(data["membership"])})


class Table(_Whose):
    """A table of addresses: CSV, or a workbook."""

    file = forms.FileField(
        label=gettext_lazy("Table (CSV, XLSX or ODS)"),
        help_text=gettext_lazy(
            "The first row names the columns: email, and if wanted name, language, member."
        ),
    )
    field_order = ("file", "language", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_table_%s", **kwargs)


class Sending(forms.Form):
    """What goes to whom, with which words."""

    output = forms.ChoiceField(label=gettext_lazy("Output"))
    lists = forms.MultipleChoiceField(
        label=gettext_lazy("Lists of addressees"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        group: Group,
        offered: Sequence[Output],
        lists: Sequence[AddresseeList],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = spoken(group)
        self.offered = {output.key: output for output in offered}
        self.held = {str(kept.pk): kept for kept in lists}
        named = [(key, named_output(output)) for key, output in self.offered.items()]
        self.fields["output"].choices = named  # type: ignore[attr-defined]
        self.fields["lists"].choices = [  # type: ignore[attr-defined]
            (pk, f"{list_name(kept)} · {kept.get_sort_display()}") for pk, kept in self.held.items()
        ]
        for code in self.codes:
            label = _("Note in the mail (%(language)s)") % {"language": language_name(code)}
            field = desk_forms.words(label, rows=3, required=False)
            field.widget.attrs |= {"lang": code, "dir": direction(code)}
            self.fields[f"note_{code}"] = field

    def note_fields(self) -> list[BoundField]:
        """The note in each language."""
        return [self[f"note_{code}"] for code in self.codes]

    def chosen(self) -> tuple[Output, list[AddresseeList], dict[str, str]]:
        """The output, the lists and the notes that were chosen."""
        data = self.cleaned_data
        notes = {code: data[f"note_{code}"] for code in self.codes}
        return self.offered[data["output"]], [self.held[pk] for pk in data["lists"]], notes


def list_name(kept: AddresseeList) -> str:
    """What a list is called, in the page's language or the next best."""
    return addressing.name(kept, current()).text


def named_output(output: Output) -> str:
    """An output's number and title, and who may read it, for a list."""
    parts = [outputs.number(output.row), outputs.title(output.row, current()).text[:120]]
    parts.append(_("everyone") if output.is_public else _("members alone"))
    return " · ".join(part for part in parts if part)
