"""Who is sending: a signed-in account proves its own address; nobody else is proved by a form."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from consulta.accounts.models import User
from consulta.core.submission import Sender
from consulta.web.public.respond.typed import Content


def account(request: HttpRequest) -> User | None:
    """The account that is signed in."""
    user: User | AnonymousUser = request.user
    return user if isinstance(user, User) and user.is_active else None


def sender(request: HttpRequest, content: Content) -> Sender:
    """The sender of a response: authenticated where the address is the account's, and confirmed."""
    user, email = account(request), str(content.get("email", "")).strip().lower()
    name = str(content.get("name", ""))
    if user is None:
        return Sender(email, name)
    email = email or user.email.lower()
    return Sender(email, name, authenticated=proved(user, email), account=user.pk)


def proved(user: User, email: str) -> bool:
    """Whether *user* has confirmed this address."""
    known = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return bool(known.exists())


def known(user: User | None) -> Content:
    """What a form may fill in for a signed-in respondent."""
    return {"name": user.name, "email": user.email} if user else {}
