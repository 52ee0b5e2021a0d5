"""Letters that came, at the desk: what became of each, its text, the letter as it came, trying again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.groups.permissions import Act
from consulta.mailroom import books, incoming
from consulta.mailroom import wording as mail_wording
from consulta.mailroom.models import IncomingMail
from consulta.web.desk import page, wording
from consulta.web.desk.access import everywhere, found
from consulta.web.ui.parts import Link


@require_safe
@everywhere(Act.SEE_POST)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters as they came, the newest first."""
    typed = request.GET.get("before", "")
    mails, following = books.incoming(before=int(typed) if typed.isdecimal() else None)
    context = {
        "mails": [(m, wording.mail(m.state), mail_wording.outcomes(m)) for m in mails],
        "next": f"?before={following}" if following else "",
    }
    return page.show(request, "incoming.html", context, trail=[Link(label=_("Incoming mail"))])


@require_safe
@everywhere(Act.SEE_POST)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: who sent it, its words as plain text, and what became of it."""
    mail: IncomingMail = found(lambda: books.letter(pk))
    opened = books.opened(mail)
    context = {
        "mail": mail,
        "letter": opened,
        "files": [(file.name, len(file.data)) for file in opened.enclosures] if opened else [],
        "state": wording.mail(mail.state),
        "outcomes": mail_wording.outcomes(mail),
        "for_a_person": mail.state in incoming.FOR_A_PERSON,
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
