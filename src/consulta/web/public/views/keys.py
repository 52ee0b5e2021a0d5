"""Keys of the API: a signed-in person takes one, sees its secret once, and ends it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consulta.accounts import keys
from consulta.accounts.models import User
from consulta.responses import terms


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The keys of the account; another is given for a named system, under the terms."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    context: dict[str, object] = {"version": terms.version(), "most": keys.MOST}
    if request.method == "POST":
        context |= _given(request, user)
    context["keys"] = keys.held(user)
    return render(request, "public/keys.html", context, status=422 if "refused" in context else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key of one's own."""
    user = request.user
    key = next((k for k in keys.held(user) if k.pk == pk), None) if isinstance(user, User) else None
    if key is None or not isinstance(user, User):
        raise Http404
    keys.end(key, by=user)
    return redirect("public:keys")


def _given(request: HttpRequest, user: User) -> dict[str, object]:
    if request.POST.get("terms") != terms.version():
        return {"refused": _("Accept the terms, then take the key.")}
    try:
        key, secret = keys.give(user, name=request.POST.get("name", ""), terms=terms.version())
    except keys.NameMissingError:
        return {"refused": _("Name the system that will use the key.")}
    except keys.TooManyKeysError:
        return {
            "refused": _("You hold as many keys as one account may: end one, then take another.")
        }
    return {"key": key, "secret": secret}
