"""The decisions of a group at the desk: one with all that belongs to it, its change, topics proposed."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.flow import recording as flow
from consulta.groups import member_queries, membership, permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import deciding, decision_queries, followup_queries
from consulta.meetings import queries as meeting_queries
from consulta.meetings.models import Decision, Document, Meeting, Proposal
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.decisions import refused
from consulta.web.desk.decisions.forms import ChangeForm, ProposalForm
from consulta.web.desk.decisions.recording import group_of, place_of
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.CONVENE)
def listed(request: HttpRequest) -> HttpResponse:
    """Everything a group settled, the latest meeting first."""
    groups = permissions.groups_of(person(request), Act.CONVENE)
    group = group_of(request, groups) or (groups[0] if groups else None)
    rows = decision_queries.of_group(group, decision_queries.DESK) if group else []
    language = languages.current()
    later = decision_queries.later_of(rows, decision_queries.DESK)
    context = {
        "group": group,
        "groups": groups,
        "rows": [(d, decision_queries.text(d, language), later.get(d.pk)) for d in rows],
    }
    return page.show(request, "decisions/list.html", context, trail=[Link(label=_("Decisions"))])


@require_safe
@anywhere(Act.CONVENE)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its views, what it opened, what it asked, and what a later one changed."""
    one = _allowed(request, pk)
    language = languages.current()
    asked = followup_queries.of_decisions([one], decision_queries.DESK)[one.pk]
    context = {
        "decision": one,
        "text": decision_queries.text(one, language),
        "views": [(v, decision_queries.view_text(v, language)) for v in one.views.all()],
        "later": decision_queries.later_of([one], decision_queries.DESK).get(one.pk),
        "opened": [(c, page.topic(c)) for c in flow.opened_by(one)],
        "asked": [
            (f, followup_queries.reference(f), followup_queries.addressee(f, language))
            for f in asked
        ],
        "settled": decision_queries.chosen_by([one], decision_queries.DESK).get(one.pk, []),
    }
    return page.show(request, "decisions/decision.html", context, trail=_trail())


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a later decision that amends or reverses this one; both stay."""
    one = _allowed(request, pk)
    group = one.meeting.group if one.meeting else None
    if group is None:
        return redirect("desk:decision", pk)
    form = ChangeForm(sent(request), place=place_of(group))
    if request.method == "POST" and form.is_valid():
        made, by = list[Decision](), person(request)
        why = refused.refusal(lambda: made.append(flow.change(one, form.said(), by=by)))
        if not why:
            messages.success(request, _("The later decision is on record; the earlier one stays."))
            return redirect("desk:decision", made[0].pk)
        form.add_error(None, why)
    context = {
        "form": form,
        "decision": one,
        "text": decision_queries.text(one, languages.current()),
        "opened": [(c, page.topic(c)) for c in flow.opened_by(one)],
        "refused": bool(form.errors),
    }
    return page.show(request, "decisions/change.html", context, trail=_trail())


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def proposals(request: HttpRequest) -> HttpResponse:
    """The topics proposed to a group that nothing settled yet, and a form for one more."""
    groups = permissions.groups_of(person(request), Act.CONVENE)
    group = group_of(request, groups) or (groups[0] if groups else None)
    form = _proposal_form(request, group) if group else None
    if form is not None and request.method == "POST" and form.is_valid():
        why = refused.refusal(lambda: _propose(request, form))
        if not why:
            messages.success(request, _("The proposal is on record."))
            return redirect(f"{reverse('desk:proposals')}?group={group.slug if group else ''}")
        form.add_error(None, why)
    language = languages.current()
    rows = decision_queries.open_proposals(group) if group else []
    context = {
        "group": group,
        "groups": groups,
        "form": form,
        "rows": [
            (
                p,
                decision_queries.topic(p, language),
                proposer(p, language),
                _brought(p, language),
            )
            for p in rows
        ],
        "refused": bool(form and form.errors),
    }
    return page.show(request, "decisions/proposals.html", context, trail=[Link(label=_("Topics"))])


@require_POST
@anywhere(Act.CONVENE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back at its proposer's wish."""
    one: Proposal = found(lambda: decision_queries.proposal(pk))
    permissions.require(person(request), Act.CONVENE, one.meeting.group)
    if why := refused.refusal(lambda: deciding.withdraw(one, by=person(request))):
        messages.error(request, why)
    group = one.meeting.group
    return redirect(f"{reverse('desk:proposals')}?group={group.slug if group else ''}")


def _brought(proposal: Proposal, language: str) -> list[tuple[Document, str, str]]:
    """The contributions behind a topic: each with its title, and whose it is if not the proposer's."""
    return [
        (
            document,
            meeting_queries.title(document, language).text,
            membership.name(who, language).text if who else "",
        )
        for who, document in decision_queries.brought(proposal, decision_queries.DESK)
    ]


def proposer(proposal: Proposal, language: str) -> str:
    """Who proposed it: the chair, a member, or whom the record names."""
    if proposal.is_by_chair:
        return _("The chair")
    if proposal.membership is not None:
        return membership.name(proposal.membership, language).text
    return proposal.proposed_by


def _proposal_form(request: HttpRequest, group: Group) -> ProposalForm:
    today, language = group_queries.today(), languages.current()
    running = member_queries.running(group, on=today)
    names = [(str(m.pk), name.text) for m, name in membership.by_name(running, language)]
    return ProposalForm(
        sent(request), place=place_of(group), meetings=_meetings(group), members=names
    )


def _meetings(group: Group) -> Sequence[Meeting]:
    """The group's own meetings: those to come first, the latest held after them."""
    today = group_queries.today()
    coming = [m for m in meeting_queries.coming(group, on=today) if m.kind == Meeting.Kind.GROUP]
    held = [m for m in meeting_queries.held(group, on=today) if m not in coming]
    return [*coming, *held]


def _propose(request: HttpRequest, form: ProposalForm) -> None:
    made = deciding.propose(form.said(), by=person(request))
    made.documents.set(form.cleaned_data.get("named", []))


def _allowed(request: HttpRequest, pk: int) -> Decision:
    """The decision, if the person works for its group; else as if there were none."""
    one: Decision = found(lambda: decision_queries.one(pk))
    permissions.require(person(request), Act.CONVENE, deciding.group_of(one))
    return one


def _trail() -> list[Link]:
    return [Link(label=_("Decisions"), href=reverse("desk:decisions"))]
