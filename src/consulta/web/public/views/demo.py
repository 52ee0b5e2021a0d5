"""The demo's accounts: a button for each to sign in. There is no such page outside the demo."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from consulta.flow import sample_accounts


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the sample accounts."""
    _only_in_the_demo()
    return render(request, "public/demo.html", {"accounts": sample_accounts.listed()})


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the sample account that `account` names: to where it works, or to the start."""
    _only_in_the_demo()
    account = request.POST.get("account", "")
    if account not in {listed.email for listed in sample_accounts.listed()}:
        raise Http404
    user = sample_accounts.user(account)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_after_sign_in(account))


def _after_sign_in(email: str) -> str:
    if email == sample_accounts.STAKEHOLDER:
        return "public:home"
    sits = {one.email for one in sample_accounts.listed() if one.sits_with_members}
    return "members:home" if email in sits else "desk:home"


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
