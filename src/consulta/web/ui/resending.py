"""A form that is shown once more, to be sent again."""

from django import forms
from django.http import QueryDict


def say_again(form: forms.BaseForm, **values: str) -> None:
    """Put *values* in the place of what was sent in these fields of *form*."""
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    for name, value in values.items():
        sent[form.add_prefix(name)] = value
    form.data = sent
