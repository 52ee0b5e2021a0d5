"""Letters that came, at the desk: what became of each, who wrote it, its words, sorting it otherwise."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.flow.letters import arriving, sorting
from consulta.groups.permissions import Act
from consulta.mailroom import books, incoming, shelves
from consulta.mailroom import wording as mail_wording
from consulta.mailroom.models import IncomingMail
from consulta.web.desk import mails, page, wording
from consulta.web.desk.access import everywhere, found, person
from consulta.web.ui.parts import Link


@require_safe
@everywhere(Act.SEE_POST)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters as they came, the newest first, by what they were."""
    kind = request.GET.get("kind", shelves.PERSON)
    kind = kind if kind in shelves.SHELVES else ""
    typed = request.GET.get("before", "")
    rows, following = shelves.on(kind, before=int(typed) if typed.isdecimal() else None)
    context = {
        "mails": [(m, mail_wording.KINDS[m.kind], mail_wording.outcomes(m)) for m in rows],
        "tabs": mails.tabs(kind),
        "next": f"?kind={kind}&before={following}" if following else "",
    }
    return page.show(request, "incoming.html", context, trail=[Link(label=_("Incoming mail"))])


@require_safe
@everywhere(Act.SEE_POST)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: who sent it, its words as plain text, and what became of it."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    opened = books.opened(mail)
    responses = sorting.responses_of(mail)
    context = {
        "mail": mail,
        "letter": opened,
        "shown": mails.shown(opened) if opened else None,
        "kind": mail_wording.KINDS[mail.kind],
        "state": wording.mail(mail.state),
        "outcomes": mail_wording.outcomes(mail),
        "responses": responses,
        "trust": mail_wording.trust(mail.trust),
        "checks": mail_wording.checks(mail.trust),
        "for_a_person": mail.state in incoming.FOR_A_PERSON,
        "choices": mails.choices(mail),
        "can_be_settled": mails.can_be_settled(mail),
        "form": mails.ConsultationForm() if mails.needs_consultation(mail, responses) else None,
        "last": sorting.last(mail),
        "history": mails.history(mail),
    }
    trail = [Link(label=_("Incoming mail"), href=reverse("desk:incoming")), Link(label=_("Mail"))]
    return page.show(request, "letter.html", context, trail=trail)


@require_safe
@everywhere(Act.SEE_POST)
def raw(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter as it came, saved and never shown in the browser in our name."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    content = found(lambda: books.kept(mail))
    answer = HttpResponse(content, content_type="message/rfc822")
    answer["Content-Disposition"] = f'attachment; filename="letter-{mail.pk}.eml"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@everywhere(Act.SEE_POST)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a letter opened once more that was left to a person."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    if mail.state in incoming.FOR_A_PERSON:
        incoming.try_again(mail)
        messages.success(request, _("It is tried again at the next turn, within a minute."))
    else:
        messages.info(request, _("This mail does not wait any more."))
    return redirect("desk:letter", pk)


@require_POST
@everywhere(Act.SEE_POST)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a letter left to a person has been taken care of."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    try:
        sorting.taken_care_of(mail, by=person(request))
    except sorting.NotSortableError as error:
        messages.error(request, mails.refusal(error))
    else:
        messages.success(request, _("Nobody is asked to look at it any more."))
    return redirect("desk:letter", pk)


@require_POST
@everywhere(Act.SEE_POST)
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter for something else than it was taken for."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    to, typed = request.POST.get("to", ""), request.POST.get("number", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 10 else None
    try:
        opened = arriving.open_again(mail) if to == IncomingMail.Kind.RESPONSE else None
        sorting.sort(mail, to=to, by=person(request), opened=opened, number=number)
    except mails.REFUSED as error:
        messages.error(request, mails.refusal(error))
    else:
        kind = mail_wording.KINDS[to]
        messages.success(request, _("Sorted: %(kind)s. You can undo it here.") % {"kind": kind})
    return redirect("desk:letter", pk)
