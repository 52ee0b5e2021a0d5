"""Sample values for the page that shows the components. No real body, person or consultation."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consulta.web.ui import timeline_entries
from consulta.web.ui.parts import File, Link, TimetableRow
from consulta.web.ui.templatetags.ui import written
from consulta.web.ui.timeline import Entry, Kind, Timeline

SENTENCE = "resolves 3: the deadline for responses is 30 days before the open meeting"
NUMBER = "C6-00042-7"
FINGERPRINT = "9f2b6c0de1a74f83b5c2907d4e6a18f3c0b7d95e2f41a68c3b0e7d92f5a1c684"
COUNTS = {
    "received": 1248,
    "published": 1103,
    "held": 96,
    "declined": 21,
    "withdrawn": 26,
    "removed": 2,
}
VERDICTS = (
    ("kept", None),
    ("kept_with_tolerance", None),
    ("missed", 13),
    ("overdue", 4),
    ("not_due", None),
    ("unknown", None),
)
WORDS = {
    "en": "Small networks need fair interconnection.\n\nWe ask that the costs be published every year.",
    "ar": "تحتاج الشبكات الصغيرة إلى ربط بيني عادل.\n\nونطلب نشر التكاليف كل سنة (ITU-T D.50).",
    "zh": "小型网络需要公平的互联互通。\n\n我们要求每年公布费用。",
    "fr": "Les petits réseaux ont besoin d’une interconnexion équitable.",
    "es": "Las redes pequeñas necesitan una interconexión equitativa.",
    "ru": "Малым сетям нужны справедливые условия присоединения.",
}


class SampleForm(forms.Form):
    """One field of every kind, sent with mistakes so that the errors show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"), help_text=_("It is never published.")
        )
        self.fields["answer"] = forms.CharField(
            label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 4}), required=False
        )
        self.fields["group"] = forms.ChoiceField(
            label=_("Stakeholder group"),
            choices=[("a", _("Academia")), ("b", _("Civil society"))],
            widget=forms.RadioSelect,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=[("en", "English"), ("ar", "العربية")], required=False
        )
        self.fields["file"] = forms.FileField(
            label=_("File"), help_text=_("PDF, DOCX, ODT or TXT."), required=False
        )
        self.fields["agree"] = forms.BooleanField(label=_("I have read the terms"))


class SampleFilter(forms.Form):
    """Two fields to filter by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(label=_("Words"), required=False)
        self.fields["state"] = forms.ChoiceField(
            label=_("State"), choices=[("", _("All"))], required=False
        )


def timetable() -> list[TimetableRow]:
    """Return four milestones with four different verdicts."""
    kept, missed = {"status": "kept", "days": None}, {"status": "missed", "days": 13}
    return [
        TimetableRow(
            label=_("Opening"), source=SENTENCE, on=date(2026, 9, 7), verdict=kept, zone="UTC"
        ),
        TimetableRow(
            label=_("Responses due"),
            source=SENTENCE,
            on=datetime(2027, 1, 14, 22, 59, tzinfo=UTC),
            zone="Europe/Zurich",
            first_on=date(2026, 12, 31),
            verdict=missed,
        ),
        TimetableRow(
            label=_("Open meeting"),
            source=SENTENCE,
            on=date(2027, 2, 1),
            provisional=True,
            verdict={"status": "not_due", "days": None},
        ),
        TimetableRow(label=_("Report published"), source="", verdict={"status": "unknown"}),
    ]


def timeline(code: str) -> Timeline | None:
    """Return a timeline with a mark of every kind, its words in the current language."""
    due, moved = date(2027, 1, 14), date(2026, 12, 31)
    entries = [
        Entry(label=_("Meeting of the group"), kind=Kind.MEETING, on=date(2026, 9, 1),
              ends=date(2026, 9, 2), when=written(date(2026, 9, 1))),
        Entry(label=_("Opening"), kind=Kind.SET, on=date(2026, 9, 7), since=date(2026, 9, 2),
              until=date(2026, 9, 17), when=written(date(2026, 9, 7))),
        Entry(label=_("Open for responses"), kind=Kind.PERIOD, on=date(2026, 9, 7), ends=due),
        Entry(label=_("Responses due"), kind=Kind.MISSED, on=due, until=date(2027, 1, 2),
              opens_at=date(2026, 9, 7), moved_from=moved, when=written(due)),
        Entry(label=_("Open meeting"), kind=Kind.PROPOSED, on=date(2027, 2, 1),
              since=date(2027, 1, 31), until=date(2027, 2, 2), when=written(date(2027, 2, 1))),
    ]  # fmt: skip
    return timeline_entries.timeline(entries, key=code, title="", today=date(2026, 11, 2))


def response(code: str) -> dict[str, Any]:
    """Return one response in the language *code*, as a list shows it."""
    return {
        "number": NUMBER,
        "href": "#",
        "respondent": _("Sample organisation"),
        "group": _("Academia"),
        "country": "CH",
        "language": code,
        "at": datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        "excerpt": WORDS[code].split("\n")[0],
        "files": 2,
        "confirmed": False,
        "state": "published",
    }


def receipt() -> dict[str, Any]:
    """Return a receipt."""
    return {
        "number": NUMBER,
        "received_at": datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        "zone": "Europe/Zurich",
        "consultation": _("Sample consultation"),
        "channel": "web",
        "state": "received",
        "fingerprint": FINGERPRINT,
    }


def documents() -> list[dict[str, Any]]:
    """Return a report in three formats."""
    files = [
        File(href="#", format="PDF", language="en", size=482_113),
        File(href="#", format="DOCX", language="en", size=96_400),
        File(href="#", format="HTML", language="ar", note=_("Courtesy translation")),
    ]
    title = _("Consolidated report, first edition")
    return [{"title": title, "href": "#", "on": date(2026, 11, 20), "files": files}]


def _tabs() -> list[Link]:
    return [
        Link(label=_("Overview"), href="#", current=True),
        Link(label=_("Responses"), href="#", count=1103),
        Link(label=_("Register"), href="#", count=1248),
    ]


def _steps() -> list[Link]:
    return [
        Link(label=_("Answers"), href="#"),
        Link(label=_("About you"), current=True),
        Link(label=_("Check and send")),
    ]


def context(code: str) -> dict[str, Any]:
    """Return everything the component page shows, its words in the current language."""
    foreign = "ar" if code != "ar" else "zh"
    tabs = _tabs()
    return {
        "crumbs": [Link(label=_("Consultations"), href="#"), Link(label=_("Sample consultation"))],
        "verdicts": [{"status": status, "days": days} for status, days in VERDICTS],
        "rows": timetable(),
        "timeline": timeline(code),
        "counts": COUNTS,
        "response": response(code),
        "foreign": response(foreign) | {"late": True, "respondent": ""},
        "answer": {"question": _("What should change?"), "label": "1"}
        | {"text": WORDS[foreign], "lang": foreign, "redacted": True},
        "receipt": receipt(),
        "documents": documents(),
        "tabs": tabs,
        "steps": _steps(),
        "side_sections": [("", tabs), (_("Office"), tabs[1:])],
        "closes_at": datetime(2027, 1, 14, 22, 59, tzinfo=UTC),
        "states": ("open", "closed", "held", "published", "declined", "withdrawn"),
        "sample_form": SampleForm({"email": "name@", "answer": ""}, auto_id=f"id_{code}_%s"),
        "sample_filter": SampleFilter(auto_id=f"filter_{code}_%s"),
        "next": "#",
        "previous": "#",
    }
