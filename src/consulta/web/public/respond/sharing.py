"""Writing together: who writes a draft, inviting, handing over, ending links. No GET acts."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.responses import sharing
from consulta.responses.errors import DraftUnknownError
from consulta.responses.models import Colleague
from consulta.responses.sharing import (
    InvitedAlreadyError,
    NameUnfitError,
    NotLeadError,
    Opened,
    Person,
    TooManyColleaguesError,
)
from consulta.web.public.moment import began
from consulta.web.public.respond import drafting, limits, pages, sharing_shown
from consulta.web.public.respond.forms import AddressField, LineField
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import languages

#: Acts on somebody else's link, by the first part of the button's value.
ACTS = {"again": sharing.again, "lead": sharing.hand_over, "revoke": sharing.revoke}


class InviteForm(forms.Form):
    """A colleague; before the first one also who leads."""

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if not leads:
            self.fields["my_name"] = _name(_("Your name"), _("Your colleagues see it."))
            self.fields["my_email"] = _address(
                _("Your e-mail address"), _("We mail you your own link. Nobody else sees it.")
            )
        self.fields["name"] = _name(_("The colleague's name"), "")
        self.fields["email"] = _address(
            _("The colleague's e-mail address"), _("Never published, and used for this draft only.")
        )

    def person(self, mine: str = "") -> Person:
        """Whom the form names; *mine*: `my_` for whoever leads."""
        data = self.cleaned_data
        return Person(data[f"{mine}name"], data[f"{mine}email"], languages.current())


@drafting.READ_OR_POST
@private
@limited
def people(request: HttpRequest, token: str) -> HttpResponse:
    """Show who writes the draft and who saved when; do what a button says."""
    try:
        opened = sharing.find(token, now=began(request))
        opened.draft.consultation = pages.consultation(
            opened.draft.consultation.slug, began(request)
        )
    except DraftUnknownError:
        return pages.unknown_link(request)
    if opened.draft.sent_at is not None:
        return see_other(reverse("public:draft", args=[token]))
    if request.method != "POST":
        return _show(request, opened, token)
    return _act(request, opened, token)


def _act(request: HttpRequest, opened: Opened, token: str) -> HttpResponse:
    act, _colon, value = request.POST.get("act", "").partition(":")
    pk = int(value[:18]) if value.isdecimal() else 0
    try:
        if act == "invite":
            return _invite(request, opened, token)
        if opened.colleague and act == "leave":
            sharing.leave(opened.colleague)
            return _left(request)
        if opened.colleague and act in ACTS:
            _count(request, opened.colleague, pk, mails=act != "revoke")
            ACTS[act](opened.colleague, pk)
    except NotLeadError:
        refused = _("Only whoever leads the draft may do this. Ask them, or let them hand it over.")
        return _show(request, opened, token, refused=refused)
    return see_other(f"{reverse('public:draft_people', args=[token])}?done={act}")


def _invite(request: HttpRequest, opened: Opened, token: str) -> HttpResponse:
    form = InviteForm(request.POST, leads=opened.colleague is not None)
    if not form.is_valid():
        return _show(request, opened, token, form=form)
    person, mine = form.person(), None if opened.colleague else form.person("my_")
    try:
        sharing.must_fit(opened, person, lead=mine)
        for each in filter(None, (person, mine)):  # only what is mailed is counted
            limits.mailing(request, "share", email=each.email)
        lead = opened.colleague or sharing.begin(opened, token, form.person("my_"))
        sharing.invite(lead, person)
    except InvitedAlreadyError:
        form.add_error("email", _("Somebody with this address writes here already."))
    except NameUnfitError:
        form.add_error(None, _("A name cannot hold an address of a page or of mail. Leave it out."))
    except TooManyColleaguesError:
        most = {"n": sharing.MOST}
        form.add_error(None, _("Up to %(n)s people can write one draft; there is no room.") % most)
    if form.errors:
        again = sharing.find(token, now=began(request))
        again.draft.consultation = opened.draft.consultation
        return _show(request, again, token, form=form)
    return see_other(f"{reverse('public:draft_people', args=[token])}?done=invite")


def _count(request: HttpRequest, lead: Colleague, pk: int, *, mails: bool) -> None:
    """Count one mail to whom an act mails. Raises TooOftenError."""
    person = lead.draft.colleagues.filter(pk=pk).first() if mails else None
    if person is not None:
        limits.mailing(request, "share", email=person.email)


def _show(
    request: HttpRequest,
    opened: Opened,
    token: str,
    *,
    form: InviteForm | None = None,
    refused: str = "",
) -> HttpResponse:
    draft, writes = opened.draft, opened.colleague
    known = {"my_name": draft.content.get("name", ""), "my_email": draft.content.get("email", "")}
    context = pages.about(draft.consultation, _("Writing together")) | {
        "draft": draft,
        "draft_href": reverse("public:draft", args=[token]),
        "people": sharing.people(draft),
        "writes": writes,
        "leads": opened.may_send,
        "form": form or InviteForm(leads=writes is not None, initial=known),
        "saves": sharing_shown.told(draft),
        "refused": refused,
        "said": _said(request.GET.get("done", "")),
    }
    status = 422 if form else 409 if refused else 200
    return render(request, "public/respond/draft_people.html", context, status=status)


def _said(done: str) -> str:
    return {
        "invite": _("The invitation is on its way."),
        "again": _("A new link is on its way. The earlier one opens nothing any more."),
        "lead": _("Handed over: a new link is on its way to who leads now. Yours no longer sends."),
        "revoke": _("The link is ended. What was written stays in the draft."),
    }.get(done, "")


def _left(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("You left the draft"),
        "body": _("Your link opens nothing any more. What you wrote stays in the draft."),
    }
    return render(request, "public/respond/said.html", context)


def _name(label: str, help_text: str) -> LineField:
    return LineField(
        label=label,
        max_length=80,
        help_text=help_text,
        error_messages={"required": _("Give a name, so that the others know who writes.")},
    )


def _address(label: str, help_text: str) -> AddressField:
    return AddressField(
        label=label,
        help_text=help_text,
        error_messages={
            "required": _("Give an e-mail address."),
            "invalid": _("This is not a whole e-mail address. Write it like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
