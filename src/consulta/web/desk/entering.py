"""Entering a response that came on paper or otherwise, on behalf of its author."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.accounts.models import User
from consulta.consultations import queries as consultation_queries
from consulta.consultations import terms
from consulta.consultations.models import Consultation, Question
from consulta.core.countries import is_country
from consulta.core.plaintext import says_something
from consulta.core.regime import PaperCounts
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.mailroom import spool
from consulta.responses import attachments
from consulta.responses.attachments import FileLockedError, UploadRefusedError
from consulta.stakeholders import queries as stakeholder_queries
from consulta.web.desk.forms import choose_language, words
from consulta.web.ui import languages, options
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import locale

FOLDER = "spool/uploads"
HEAD = 64 * 1024
PAPER = "paper"
SALT = "consulta.desk.scans"
#: How the fields of what it says begin.
SAYING = ("answer_", "choice_")
WAYS = [
    (PAPER, gettext_lazy("On paper")),
    ("mail", gettext_lazy("By e-mail to an officer")),
    ("floor", gettext_lazy("Handed over at a meeting")),
]


class Entry(forms.Form):
    """What came, from whom, how and when. Its author is the respondent, never the officer."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Responds as"),
        choices=[
            (RespondentKind.ORGANISATION, gettext_lazy("An organisation")),
            (RespondentKind.INDIVIDUAL, gettext_lazy("An individual")),
        ],
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=300, required=False
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    stakeholder_group = forms.ChoiceField(label=gettext_lazy("Stakeholder group"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("If one is given, the receipt is sent there."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the response"))
    withhold_name = forms.BooleanField(
        label=gettext_lazy("An individual asks not to publish the name"), required=False
    )
    withhold_country = forms.BooleanField(
        label=gettext_lazy("An individual asks not to publish the country"), required=False
    )
    way = forms.ChoiceField(label=gettext_lazy("How it came"), choices=WAYS)
    arrived_on = day(gettext_lazy("On which day it reached the office"))
    postmarked_on = day(gettext_lazy("Date of the postmark"), required=False)
    reference = forms.CharField(
        label=gettext_lazy("Reference of the letter"), max_length=120, required=False
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current()
        self.consultation = consultation
        self.numbers = [q.position for q in consultation_queries.questions(consultation)]
        named = [
            (group.slug, stakeholder_queries.name(group, language).text)
            for group in stakeholder_queries.stakeholder_groups()
        ]
        self.fields["stakeholder_group"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]
        choose_language(self, "language", list(languages.names()))
        for question in consultation_queries.questions(consultation):
            asked = consultation_queries.question_text(question, language).text
            label = _("Question %(number)s: %(words)s") % {
                "number": question.position,
                "words": asked,
            }
            if offered := options.choices(question):
                self.fields[f"choice_{question.position}"] = choice(label, question, offered)
                label = _("Question %(number)s, in their own words") % {"number": question.position}
            self.fields[f"answer_{question.position}"] = words(label, rows=4, required=False)
        self.fields["postmarked_on"].help_text = (
            _(
                "For a letter on paper the day of the postmark counts. Without one, the arrival counts."
            )
            if postmark_counts(consultation)
            else _("It is kept. The day on which the letter arrived counts.")
        )
        self.fields["answer_0"] = words(_("To the consultation as a whole"), rows=4, required=False)

    def letter_fields(self) -> list[BoundField]:
        """Who wrote, how and when it came."""
        return [field for field in self.visible_fields() if not field.name.startswith(SAYING)]

    def answer_fields(self) -> list[BoundField]:
        """What it says."""
        return [field for field in self.visible_fields() if field.name.startswith(SAYING)]

    def require_words_or(self, files: Sequence[SubmittedFile]) -> None:
        """A response says something: in an answer, in an option or in a scan."""
        if not given(self) and not files:
            self.add_error(
                None,
                _("The response says nothing yet: type an answer, or add a scan of the letter."),
            )

    def clean(self) -> dict[str, Any]:
        """An organisation is named; nothing arrives tomorrow."""
        found = super().clean() or {}
        if found.get("kind") == RespondentKind.ORGANISATION and not found.get("organisation"):
            self.add_error("organisation", _("Give the organisation's name."))
        today = timezone.now().astimezone(ZoneInfo(self.consultation.timezone)).date()
        for name in ("arrived_on", "postmarked_on"):
            if found.get(name) and found[name] > today:
                self.add_error(name, _("This day lies in the future."))
        posted, arrived = found.get("postmarked_on"), found.get("arrived_on")
        if posted and arrived and posted > arrived:
            self.add_error("postmarked_on", _("The postmark lies after the arrival."))
        return found


def choice(label: str, question: Question, offered: options.Choices) -> forms.ChoiceField:
    """The field for what was chosen at *question*."""
    if question.several:
        return forms.MultipleChoiceField(
            label=label, choices=offered, required=False, widget=forms.CheckboxSelectMultiple
        )
    choices = [("", _("None of these, or not said")), *offered]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def given(form: Entry) -> tuple[SubmittedAnswer, ...]:
    """The answers that a *form* says, those without words or options left out."""
    data = form.cleaned_data
    said = (
        SubmittedAnswer(n or None, data.get(f"answer_{n}", ""), _chosen(data.get(f"choice_{n}")))
        for n in (*form.numbers, 0)
    )
    return tuple(answer for answer in said if says_something(answer.text) or answer.choices)


def blank(consultation: Consultation) -> dict[str, Any]:
    """What an empty form says already."""
    today = timezone.now().astimezone(ZoneInfo(consultation.timezone)).date()
    return {
        "key": uuid.uuid4().hex,
        "arrived_on": today,
        "language": consultation.original_language,
    }


def keep(files: Sequence[UploadedFile[Any]], kept: Sequence[SubmittedFile]) -> list[SubmittedFile]:
    """Put scans into the spool beside those *kept*. Raises UploadRefusedError, SpoolFullError."""
    found = list(kept)
    for file in files:
        name = attachments.safe_name(file.name or "")
        head = file.read(HEAD)
        file.seek(0)
        attachments.check_upload(name, file.size or 0, found, head=head)
        spooled = spool.keep(file.chunks(), folder=FOLDER)
        attachments.check_kept(name, spooled.path)
        found.append(SubmittedFile(name, spooled.path, spooled.sha256, spooled.size))
    return found


def sealed(files: Sequence[SubmittedFile]) -> str:
    """Files that are in the spool already, so that an error on the form loses none."""
    return signing.dumps([[f.name, f.path, f.sha256, f.size] for f in files], salt=SALT)


def unsealed(value: str) -> list[SubmittedFile]:
    """The files of :func:`sealed`; none where the seal is broken or a day old."""
    try:
        return [SubmittedFile(*file) for file in signing.loads(value, salt=SALT, max_age=86_400)]
    except signing.BadSignature:
        return []


def submission(form: Entry, files: Sequence[SubmittedFile], *, by: User) -> Submission:
    """What a valid *form* says, entered by *by*."""
    data = form.cleaned_data
    return Submission(
        channel=Channel.DESK,
        consultation=form.consultation.slug,
        sender=Sender(address=data["email"]),
        respondent=_claim(data),
        language=data["language"],
        answers=given(form),
        attachments=tuple(files),
        arrived_at=counting(form.consultation, data, timezone.now()),
        idempotency_key=f"desk:{data['key']}",
        source_id=_source(data),
        entered_by=str(by.uid),
    )


def counting(consultation: Consultation, data: dict[str, Any], now: datetime) -> datetime:
    """The instant that counts for what a valid form says: of the postmark where the rule says so.

    Of a letter with the postmark of the last day it is never after the close. Both days are kept.
    """
    posted = data["postmarked_on"]
    if data["way"] != PAPER or not posted or not postmark_counts(consultation):
        return arrival(consultation, data["arrived_on"], now)
    at, closes = arrival(consultation, posted, now), consultation.closes_at
    zone = ZoneInfo(consultation.timezone)
    if closes is not None and closes.astimezone(zone).date() == posted:
        return min(at, closes)
    return at


def postmark_counts(consultation: Consultation) -> bool:
    """Whether the rule counts the day of the postmark of a letter on paper."""
    return terms.paper_counts(consultation) is PaperCounts.POSTMARK


def arrival(consultation: Consultation, on: date, now: datetime) -> datetime:
    """The instant that counts for a letter of the day *on*: now for today, else noon of that day.

    On the day of the opening not before it: a letter of that day is in time.
    """
    zone = ZoneInfo(consultation.timezone)
    if on == now.astimezone(zone).date():
        return now
    noon = datetime.combine(on, time(12), zone).astimezone(UTC)
    opens = consultation.opens_at
    same_day = opens is not None and opens.astimezone(zone).date() == on
    return max(noon, opens + timedelta(seconds=1)) if same_day and opens else noon


def countries() -> list[tuple[str, str]]:
    """Countries by ISO code in the page's language, in the order of their names."""
    named = [(c, str(n)) for c, n in locale().territories.items() if is_country(c)]
    return sorted(named, key=lambda p: p[1])


def refusal(error: UploadRefusedError) -> str:
    """Say why a scan was not taken."""
    if isinstance(error, FileLockedError):
        return _(
            "“%(name)s” was not added: it opens only with a password. Ask the respondent for one"
            " without, or print and scan it."
        ) % {"name": str(error)}
    return _(
        "“%(name)s” was not added: only PDF, DOCX, ODT, RTF, HTML, plain text, PNG or JPEG is taken, not"
        " empty, and 50 MB together."
    ) % {"name": str(error)}


def _chosen(value: Any) -> tuple[str, ...]:
    """What a field of options holds: one slug, or a list of them."""
    return tuple(value or ()) if not isinstance(value, str) else tuple(filter(None, [value]))


def _claim(data: dict[str, Any]) -> RespondentClaim:
    return RespondentClaim(
        kind=RespondentKind(data["kind"]),
        name=data["name"],
        organisation=data["organisation"],
        stakeholder_group=data["stakeholder_group"],
        country=data["country"],
        withhold_name=data["withhold_name"],
        withhold_country=data["withhold_country"],
    )


def _source(data: dict[str, Any]) -> str:
    """How it came, in codes and dates: kept as it is, in no language."""
    parts = [data["way"], f"arrived {data['arrived_on'].isoformat()}"]
    if data["postmarked_on"]:
        parts.append(f"postmark {data['postmarked_on'].isoformat()}")
    return "; ".join([*parts, *filter(None, [data["reference"]])])
