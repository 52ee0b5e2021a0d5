"""Post and ledger at the desk: what went out, and who did what."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from consulta.accounts import queries as account_queries
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import reading
from consulta.ledger import wording as ledger_words
from consulta.ledger.models import Entry
from consulta.mailroom import books, faults, shelves
from consulta.mailroom import wording as mail_words
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.responses import post as response_post
from consulta.web.desk import page, wording
from consulta.web.desk.access import anywhere, everywhere, found, may, person
from consulta.web.ui.parts import Link

BOUNCED = "bounced"
STATES = ("", *OutgoingMail.State.values, BOUNCED)


@require_safe
@anywhere(Act.SEE_POST)
def post(request: HttpRequest) -> HttpResponse:
    """Mails sent and to be sent; for one group, those about its responses."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    mails, following = _listed(request, state)
    numbers, bounces = response_post.numbers(mails), shelves.bounces_of(mails)
    context = {
        "mails": [
            (m, wording.mail(m.state), numbers.get(m.about, ""), _words(bounces.get(m.pk)))
            for m in mails
        ],
        "tabs": [
            Link(
                label=wording.mail(code) if code else _("All"),
                href=f"?state={code}",
                current=code == state,
            )
            for code in STATES
        ],
        "next": f"?state={state}&before={following}" if following else "",
        "may_erase": may(request, Act.ERASE, None),
        "sees_all": (sees_all := permissions.may(person(request), Act.SEE_POST, None)),
        "faults": faults.sentences() if sees_all else [],
        "stuck": books.stuck() if sees_all else None,
        "again": books.failed_that_can_go_again() if sees_all else 0,
    }
    return page.show(request, "post.html", context, trail=[Link(label=_("Post"))])


@require_safe
@anywhere(Act.SEE_POST)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it went, its codes and private links masked."""
    shown: OutgoingMail = found(lambda: books.mail(pk, _visible(request)))
    context = {
        "mail": shown,
        "state": wording.mail(shown.state),
        "number": response_post.numbers([shown]).get(shown.about, ""),
        "bounce": (bounce := shelves.bounces_of([shown]).get(shown.pk)),
        "came_back": _words(bounce),
        "sees_all": permissions.may(person(request), Act.SEE_POST, None),
        "queued": shown.state == OutgoingMail.State.QUEUED,
        "failed": shown.state == OutgoingMail.State.FAILED,
        "can_go_again": books.can_go_again(shown),
    }
    return page.show(request, "mail.html", context, trail=[Link(label=_("Mail"))])


@require_POST
@anywhere(Act.SEE_POST)
def try_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a queued mail over at the next turn, or one that failed once more."""
    shown: OutgoingMail = found(lambda: books.mail(pk, _visible(request)))
    if books.try_now(shown.pk, by=person(request)):
        messages.success(request, _("It is tried again at the next turn, within a minute."))
    else:
        messages.info(request, _("This mail does not wait any more."))
    return redirect("desk:mail", pk)


@require_POST
@everywhere(Act.SEE_POST)
def send_all_again(request: HttpRequest) -> HttpResponse:
    """Hand over once more every mail that failed, after the mail server was mended."""
    count = books.send_all_again(by=person(request))
    messages.success(
        request,
        ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", count)
        % {"count": count},
    )
    return redirect("desk:post")


@require_safe
@anywhere(Act.SEE_DESK)
def ledger(request: HttpRequest) -> HttpResponse:
    """Who did what, the newest first, and how far the record is signed."""
    entries, following = reading.newest(before=_before(request))
    names = account_queries.named(pk for entry in entries if (pk := _user(entry)))
    context = {
        "entries": [
            (entry, ledger_words.act(entry.act), names.get(_user(entry), wording.by(entry.by)))
            for entry in entries
        ],
        "standing": reading.standing(),
        "next": f"?before={following}" if following else "",
    }
    return page.show(request, "ledger.html", context, trail=[Link(label=_("Ledger"))])


def _listed(request: HttpRequest, state: str) -> tuple[Sequence[OutgoingMail], int | None]:
    """The mails in one state, or those that came back."""
    before = _before(request)
    if state == BOUNCED:
        return books.outgoing(shelves.came_back(_visible(request)), before=before)
    return books.outgoing(_visible(request), state=state, before=before)


def _words(bounce: IncomingMail | None) -> list[str]:
    """What the mail server said that gave a mail back."""
    return list(dict.fromkeys(mail_words.outcomes(bounce))) if bounce else []


def _visible(request: HttpRequest) -> QuerySet[OutgoingMail] | None:
    """None where everything may be seen."""
    user = person(request)
    if permissions.may(user, Act.SEE_POST, None):
        return None
    return response_post.of_groups(permissions.groups_of(user, Act.SEE_POST))


def _before(request: HttpRequest) -> int | None:
    typed = request.GET.get("before", "")
    return int(typed) if typed.isdecimal() else None


def _user(entry: Entry) -> int:
    """The id of the account that acted; 0 where it was none."""
    kind, _colon, pk = entry.by.partition(":")
    return int(pk) if kind == "user" and pk.isdecimal() else 0
