"""A day in a form: written in the digits of any script, and a sentence where it is none."""

from datetime import date
from typing import Any

from django import forms

from consulta.consultations import wording
from consulta.core.calendar import NotADayError, parse_day


class DayField(forms.DateField):
    """A day written as YYYY-MM-DD, in the digits of any script, in the years that rules count in."""

    def to_python(self, value: Any) -> date | None:
        """Return the day that *value* says, None where it is empty; else a sentence how to mend it."""
        if value in self.empty_values:
            return None
        try:
            return parse_day(str(value))
        except NotADayError as error:
            raise forms.ValidationError(wording.no_day(str(value))) from error


def day(label: Any, **more: Any) -> DayField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, **more)
