"""The form of a plan: every choice, and every text in each chosen language, kept whatever is pressed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from consulta.consultations.models import TextStatus
from consulta.consultations.options import Offer
from consulta.groups import queries as group_queries
from consulta.meetings.models import Meeting
from consulta.web.desk.page import topic
from consulta.web.desk.plan import asked, offered
from consulta.web.desk.plan.setting import Setting
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import language_name

NEW = "new"
MOST = 40  # questions


@dataclass(frozen=True, slots=True)
class Block:
    """One text in every chosen language: the topic, or a question with its number.

    *options*: the fields of what the question offers to choose from; *several*: of how many.
    """

    heading: str
    number: int
    fields: list[BoundField]
    options: list[BoundField] = field(default_factory=list)
    several: BoundField | None = None

    @property
    def offers(self) -> bool:
        """Whether options are written in any language."""
        return any(str(each.value() or "").strip() or each.errors for each in self.options)


class WordsField(forms.CharField):
    """A text that a draft may lack. *needed_later*: without it the consultation does not open."""

    needed_later = False


class PlanForm(forms.Form):
    """What the desk says about a consultation; nothing is required before it opens."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.rules = asked.procedure(self._value("procedure"))
        original = self._value("original_language")
        wanted = [code for code in setting.spoken if code in self._values("languages")]
        self.chosen = sorted(wanted, key=lambda code: code != original)
        self.total = min(MOST, max(1, whole(self._value("count"))))
        self._add_choices()
        self._add_meetings()
        self.fields |= asked.fields(self.rules)
        for code in setting.spoken:
            self._add_words(code)

    def plain_fields(self) -> list[BoundField]:
        """Procedure and languages."""
        return [self["procedure"], self["original_language"], self["languages"]]

    def rule_fields(self) -> list[BoundField]:
        """What the chosen procedure leaves to the institution: choices, dates, periods."""
        return [self[name] for name in asked.fields(self.rules)]

    def date_fields(self) -> list[BoundField]:
        """The meetings it hangs on, and the days chosen inside or outside the rule."""
        shown = [name for name in asked.meetings(self.rules) if name in self.fields]
        return [self[name] for name in (*shown, "opens_on", "closes_on")]

    def more_fields(self) -> list[BoundField]:
        """What helps to find it later."""
        return [self[name] for name in ("issue", "follows") if name in self.fields]

    def status_fields(self) -> list[BoundField]:
        """What each language but the original is worth."""
        original = self._value("original_language")
        return [self[f"status_{code}"] for code in self.chosen if code != original]

    def topic_block(self) -> Block:
        """The topic in every chosen language."""
        return Block(_("Topic"), 0, [self[f"topic_{code}"] for code in self.chosen])

    def has_background(self) -> bool:
        """Whether a background is written in any language."""
        return any(str(field.value() or "").strip() for field in self.background_block().fields)

    def background_block(self) -> Block:
        """The background in every chosen language."""
        return Block(_("Background"), 0, [self[f"background_{code}"] for code in self.chosen])

    def question_blocks(self) -> Iterator[Block]:
        """Each question in every chosen language."""
        for number in range(1, self.total + 1):
            heading = _("Question %(number)s") % {"number": number}
            yield Block(
                heading,
                number,
                [self[f"question_{number}_{c}"] for c in self.chosen],
                [self[f"options_{number}_{c}"] for c in self.chosen],
                self[f"several_{number}"],
            )

    def words(self, name: str) -> dict[str, str]:
        """What is written under *name*, by language."""
        written = {code: self.cleaned_data.get(f"{name}_{code}") or "" for code in self.chosen}
        return {code: text for code, text in written.items() if text.strip()}

    def offers(self) -> dict[int, Offer]:
        """What each question offers to choose from, by its place (from 0)."""
        return {
            number - 1: Offer(lines, several=bool(self.cleaned_data.get(f"several_{number}")))
            for number in range(1, self.total + 1)
            if (lines := offered.lines(self.words(f"options_{number}")))
        }

    def clean(self) -> dict[str, Any]:
        """Check that a new meeting has its day, that the original is one of the languages, and that
        the options of a question are as many in each language."""
        found = super().clean() or {}
        original = str(found.get("original_language") or "")
        for number in range(1, self.total + 1):
            for code, wrong in offered.faults(self.words(f"options_{number}"), original).items():
                self.add_error(f"options_{number}_{code}", wrong)
        for name in ("group_meeting", "open_meeting"):
            if found.get(name) == NEW and not found.get(f"{name}_on"):
                self.add_error(f"{name}_on", _("Give the first day of the new meeting."))
        if found.get("languages") and found.get("original_language") not in found["languages"]:
            self.add_error(
                "original_language", _("The original language must be one of the languages.")
            )
        return found

    def _add_choices(self) -> None:
        spoken = [(code, language_name(code)) for code in self.setting.spoken]
        self.fields["procedure"] = forms.ChoiceField(
            label=_("Procedure"),
            choices=self.setting.procedures(),
            help_text=_("After a change, press “Compute the dates” to see what it asks."),
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages"),
            choices=spoken,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("After a change, press “Compute the dates” to see the fields."),
        )
        self.fields["original_language"] = forms.ChoiceField(
            label=_("Original language"), choices=spoken
        )
        issues = [
            (i.slug, group_queries.name(i, languages.current()).text) for i in self.setting.issues
        ]
        if issues:
            self.fields["issue"] = _optional(_("Issue on the standing list"), issues)
        earlier = [(str(c.pk), f"{c.number} · {topic(c)}") for c in self.setting.earlier]
        if earlier:
            self.fields["follows"] = _optional(_("Follows the consultation"), earlier)

    def _add_meetings(self) -> None:
        if self.setting.group:
            kinds = Meeting.Kind
            self.fields["group_meeting"] = _meeting(
                _("The group's next meeting, to which it reports"),
                [("", _("Not known yet")), *self.setting.choices(kinds.GROUP)],
            )
            self.fields["group_meeting_on"] = day(
                _("First day of the new meeting of the group"), required=False
            )
            self.fields["open_meeting"] = _meeting(
                _("Open meeting"),
                [("", _("On the day that the rule proposes")), *self.setting.choices(kinds.OPEN)],
            )
            self.fields["open_meeting_on"] = day(
                _("First day of the new open meeting"), required=False
            )
        self.fields["opens_on"] = day(
            _("Opens on"),
            required=False,
            help_text=_(
                "Empty: on the day that the rule fixes, else on the day on which you press “Open”."
            ),
        )
        self.fields["closes_on"] = day(
            _("Responses until"), required=False, help_text=_("Empty: as the rule proposes.")
        )

    def _add_words(self, code: str) -> None:
        shown = code in self.chosen
        self.fields[f"topic_{code}"] = _text(code, rows=2, shown=shown, longest=400)
        self.fields[f"background_{code}"] = _text(code, rows=3, shown=shown, longest=20_000)
        for number in range(1, self.total + 1):
            self.fields[f"question_{number}_{code}"] = _text(
                code, rows=3, shown=shown, longest=5_000
            )
            self.fields[f"options_{number}_{code}"] = _text(
                code, rows=4, shown=shown, longest=3_000
            )
            self.fields[f"several_{number}"] = forms.BooleanField(
                label=_("Several may be chosen"), required=False
            )
        if code == self._value("original_language"):
            self._need(code)
        choices = [c for c in TextStatus.choices if c[0] != TextStatus.ORIGINAL]
        self.fields[f"status_{code}"] = forms.ChoiceField(
            label=language_name(code), choices=choices, required=False, initial=TextStatus.OFFICIAL
        )
        if not shown:
            self.fields[f"status_{code}"].widget = forms.HiddenInput()

    def _need(self, code: str) -> None:
        """Do not call the topic and the questions optional in the original language *code*."""
        questions = [f"question_{number}_{code}" for number in range(1, self.total + 1)]
        for name in (f"topic_{code}", *questions):
            cast(WordsField, self.fields[name]).needed_later = True

    def _values(self, name: str) -> list[str]:
        source = self.data if self.is_bound else self.initial
        several = getattr(source, "getlist", lambda key: source.get(key, []))
        return list(several(name))

    def _value(self, name: str) -> str:
        return str(self.data.get(name, "") if self.is_bound else self.initial.get(name, ""))


def _optional(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)


def _meeting(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    last = (NEW, _("A new one, provisional, on this day:"))
    return forms.ChoiceField(label=label, choices=[*choices, last], required=False)


def _text(code: str, *, rows: int, shown: bool, longest: int) -> WordsField:
    attributes = {"rows": rows, "lang": code, "dir": direction(code)}
    widget = forms.Textarea(attrs=attributes) if shown else forms.HiddenInput()
    return WordsField(label=language_name(code), widget=widget, required=False, max_length=longest)


def whole(value: str) -> int:
    """The number that was sent; 1 where it is none."""
    return int(value) if value.isdecimal() else 1
