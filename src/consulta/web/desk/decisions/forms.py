"""What comes with a decision: its agenda item, where it goes, views, proposals, and what it opens."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations.convening import Plan
from consulta.core.multilingual import choose
from consulta.groups import membership
from consulta.groups import queries as group_queries
from consulta.groups.models import Issue
from consulta.meetings import agenda_queries, decision_queries
from consulta.meetings.models import AgendaItem, Decision, Meeting, Proposal, StatedView
from consulta.web.desk import forms as desk_forms
from consulta.web.desk.plan import setting as settings
from consulta.web.desk.plan.setting import named
from consulta.web.desk.recording import AUDIENCES, Place
from consulta.web.ui import languages
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import language_name

VIEWS = 4


class SettledForm(forms.Form):
    """Beside the decision's own words: everything here may stay empty."""

    item = forms.CharField(
        label=gettext_lazy("Agenda item"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Its number on the agenda, for example 5.2."),
    )
    goes_to = forms.ChoiceField(
        label=gettext_lazy("Where it goes without consensus"),
        choices=[("", gettext_lazy("Nowhere")), *Decision.GoesTo.choices],
        required=False,
    )
    goes_to_note = forms.CharField(
        label=gettext_lazy("Where, in words"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: Council 2027, for guidance."),
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Proposals that were chosen"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    not_chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Proposals that were not chosen"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    draft = forms.BooleanField(
        label=gettext_lazy("Draw the consultation up now, with its clock"),
        required=False,
        help_text=gettext_lazy("Questions and days are added to the draft afterwards."),
    )
    issue = forms.ChoiceField(
        label=gettext_lazy("Issue of the standing list"),
        required=False,
        help_text=gettext_lazy("Empty: the topic is off the list, and recorded as such."),
    )
    opens_after = forms.ChoiceField(
        label=gettext_lazy("Opens after a later meeting"),
        required=False,
        help_text=gettext_lazy("Where one meeting decides two consultations ahead."),
    )
    group_meeting = forms.ChoiceField(
        label=gettext_lazy("Meeting to which the responses go"), required=False
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.setting = place, settings.of(place.group, None, today=place.today)
        self.proposals = {str(p.pk): p for p in decision_queries.open_proposals(place.group)}
        topics = [(pk, proposed(p)) for pk, p in self.proposals.items()]
        for name in ("chosen", "not_chosen"):
            self.fields[name].choices = topics  # type: ignore[attr-defined]
        coming = self.setting.choices(Meeting.Kind.GROUP)
        for name in ("opens_after", "group_meeting"):
            self.fields[name].choices = [("", _("None")), *coming]  # type: ignore[attr-defined]
        issues = issue_choices(self.setting.issues)
        self.fields["issue"].choices = [("", _("Off the list")), *issues]  # type: ignore[attr-defined]
        self._add_views()
        self._add_topics()

    def _add_views(self) -> None:
        for number in range(1, VIEWS + 1):
            self.fields[f"view_{number}"] = desk_forms.words(
                _("View %(number)s") % {"number": number}, rows=2, required=False
            )
            self.fields[f"held_by_{number}"] = forms.CharField(
                label=_("Who asked to be named"), max_length=200, required=False
            )

    def _add_topics(self) -> None:
        for code in self.place.spoken:
            attributes = {"lang": code, "dir": direction(code)}
            self.fields[f"topic_{code}"] = forms.CharField(
                label=language_name(code),
                widget=forms.TextInput(attrs=attributes),
                max_length=300,
                required=False,
            )

    def view_fields(self) -> list[tuple[BoundField, BoundField]]:
        """Each view beside who asked to be named with it."""
        numbers = range(1, VIEWS + 1)
        return [(self[f"view_{number}"], self[f"held_by_{number}"]) for number in numbers]

    def topic_fields(self) -> list[BoundField]:
        """The topic in every language of the body."""
        return [self[f"topic_{code}"] for code in self.place.spoken]

    def clean(self) -> dict[str, Any]:
        """Refuse a proposal that was chosen and not, and a draft without a topic."""
        found = super().clean() or {}
        if set(found.get("chosen", ())) & set(found.get("not_chosen", ())):
            self.add_error(
                "not_chosen", _("A proposal was chosen or it was not: tick one of the two.")
            )
        if found.get("draft") and not self._topics(found):
            first = f"topic_{self.place.spoken[0]}"
            self.add_error(first, _("Write the topic: the draft is called by it."))
        return found

    def item_at(self, meeting: Meeting) -> AgendaItem | None:
        """The agenda item that was named, None where none was. Adds an error where there is no such."""
        number = self.cleaned_data.get("item", "").strip()
        if not number:
            return None
        found = decision_queries.item_numbered(meeting, number) if meeting.pk else None
        if found is None:
            words = _("This meeting has no agenda item %(number)s. Correct it or leave it empty.")
            self.add_error("item", words % {"number": number})
        return found

    def fill(self, decision: Decision) -> None:
        """Write into *decision* what a valid form says of it."""
        data = self.cleaned_data
        if decision.kind == Decision.Kind.NO_CONSENSUS:
            decision.goes_to, decision.goes_to_note = data["goes_to"], data["goes_to_note"]
        if decision.opens_consultation:
            decision.opens_after = self.setting.meeting(data["opens_after"])
            decision.issue = self._issue()

    def views(self, language: str) -> list[StatedView]:
        """The views that are written, in *language*."""
        data, found = self.cleaned_data, list[StatedView]()
        for number in range(1, VIEWS + 1):
            if said := data[f"view_{number}"].strip():
                texts = {language: {"text": said, "status": "original"}}
                found.append(StatedView(texts=texts, held_by=data[f"held_by_{number}"].strip()))
        return found

    def picked(self, name: str) -> list[Proposal]:
        """The proposals ticked in the field *name*."""
        return [self.proposals[pk] for pk in self.cleaned_data[name]]

    def plan(self, language: str) -> Plan | None:
        """The plan of the draft that is wanted now; None where none is."""
        data, topics = self.cleaned_data, self._topics(self.cleaned_data)
        if not data["draft"]:
            return None
        body = self.setting.body
        return Plan(
            procedure=self.setting.usual_procedure(),
            topics=topics,
            languages=tuple(self.place.spoken),
            original_language=language if language in topics else next(iter(topics)),
            group=self.place.group,
            group_meeting=self.setting.meeting(data["group_meeting"]),
            issue=self._issue(),
            is_sample=bool(body and body.is_sample),
        )

    def _topics(self, data: dict[str, Any]) -> dict[str, str]:
        written = {code: data.get(f"topic_{code}", "").strip() for code in self.place.spoken}
        return {code: topic for code, topic in written.items() if topic}

    def _issue(self) -> Issue | None:
        slug = self.cleaned_data["issue"]
        return next((issue for issue in self.setting.issues if issue.slug == slug), None)


class ChangeForm(forms.Form):
    """A later decision that amends or reverses an earlier one, and why."""

    change = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=Decision.Change.choices,
        widget=forms.RadioSelect,
    )
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting that decided it"))
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    text = desk_forms.words(gettext_lazy("What was decided"), rows=4)
    change_reason = desk_forms.words(
        gettext_lazy("Why"), help_text=gettext_lazy("Whoever sees the decision reads it.")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(m.pk): m for m in place.meetings}
        known = [(pk, named(m)) for pk, m in self.meetings.items()]
        self.fields["meeting"].choices = known  # type: ignore[attr-defined]
        desk_forms.choose_language(self, "language", place.spoken)

    def said(self) -> Decision:
        """The later decision, not saved."""
        data = self.cleaned_data
        return Decision(
            meeting=self.meetings[data["meeting"]],
            kind=Decision.Kind.CONSENSUS,
            change=data["change"],
            audience=data["audience"],
            texts={data["language"]: {"text": data["text"], "status": "original"}},
            change_reason=data["change_reason"],
        )


class ProposalForm(forms.Form):
    """A topic proposed, by whom, from which issue, and what supports it."""

    meeting = forms.ChoiceField(label=gettext_lazy("Meeting to which it is proposed"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    topic = forms.CharField(label=gettext_lazy("Topic"), max_length=300)
    issue = forms.ChoiceField(
        label=gettext_lazy("Issue of the standing list"),
        required=False,
        help_text=gettext_lazy("Empty: the topic is off the list, and recorded as such."),
    )
    membership = forms.ChoiceField(
        label=gettext_lazy("Proposed by"),
        help_text=gettext_lazy("A member of the group, or its chair."),
    )
    documents = forms.CharField(
        label=gettext_lazy("Contributions that support it"),
        required=False,
        help_text=gettext_lazy("Numbers of documents of the meeting, with spaces between."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        place: Place,
        meetings: Sequence[Meeting],
        members: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(m.pk): m for m in meetings}
        self.issues = {i.slug: i for i in group_queries.issues(place.group.body)}
        choices = {
            "meeting": [(pk, named(m)) for pk, m in self.meetings.items()],
            "issue": [("", _("Off the list")), *issue_choices(list(self.issues.values()))],
            "membership": [("chair", _("The chair")), *members],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        desk_forms.choose_language(self, "language", place.spoken)

    def clean(self) -> dict[str, Any]:
        """Find the documents that were named."""
        found = super().clean() or {}
        meeting, typed = self.meetings.get(found.get("meeting", "")), found.get("documents", "")
        if meeting is not None and typed:
            found["named"], missing = agenda_queries.documents_named(meeting, typed)
            if missing:
                words = _("No document of this meeting is called so: %(words)s.")
                self.add_error("documents", words % {"words": ", ".join(missing)})
        return found

    def said(self) -> Proposal:
        """The proposal, not saved; the membership is set by its number."""
        data = self.cleaned_data
        by_chair = data["membership"] == "chair"
        return Proposal(
            meeting=self.meetings[data["meeting"]],
            topics={data["language"]: {"text": data["topic"], "status": "original"}},
            issue=self.issues.get(data["issue"]),
            is_by_chair=by_chair,
            membership_id=None if by_chair else int(data["membership"]),
            audience=data["audience"],
        )


def proposed(proposal: Proposal) -> str:
    """A proposal's topic, whose it is, off which list, and what supports it, for a list."""
    language = languages.current()
    parts = [choose(proposal.topics, language).text, named(proposal.meeting)]
    if proposal.membership is not None:
        parts.append(membership.name(proposal.membership, language).text)
    parts += [_("Off the list of issues")] if proposal.issue is None else []
    brought = decision_queries.brought(proposal, decision_queries.DESK)
    parts += [", ".join(document.base_number for _who, document in brought)] if brought else []
    return " · ".join(parts)


def issue_choices(issues: Sequence[Issue]) -> list[tuple[str, str]]:
    """The issues of the standing list by their slugs."""
    return [(i.slug, choose(i.names, languages.current()).text or i.slug) for i in issues]
