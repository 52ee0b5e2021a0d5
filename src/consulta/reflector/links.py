"""Addresses of the list's pages, as paths; the private ones carry a secret."""

from django.conf import settings

from consulta.reflector import addresses
from consulta.reflector.models import List, Post, Space, Subscription

#: The purpose under which the page of a subscription is sealed.
MANAGE = "manage"


def whole(path: str) -> str:
    """The full address of *path*."""
    return f"{settings.BASE_URL}{path}"


def archive(place: List | Space, *, language: str) -> str:
    """The archive of a list, or of one space."""
    if isinstance(place, Space):
        return f"/{language}/reflector/{place.list.slug}/{place.consultation.number}/"
    return f"/{language}/reflector/{place.slug}/"


def post(shown: Post, *, language: str) -> str:
    """The page of one post; it never changes."""
    return f"/{language}/reflector/{shown.list.slug}/posts/{shown.pk}/"


def file(shown: Post, position: int, *, language: str) -> str:
    """A file of a post, as readers get it."""
    return f"{post(shown, language=language)}files/{position}/"


def file_of_response(number: str, pk: int, *, language: str) -> str:
    """A file of a published response, as readers get it."""
    return f"/{language}/responses/{number}/files/{pk}/"


def subscribe(place: List | Space, *, language: str) -> str:
    """Where one subscribes."""
    return f"{archive(place, language=language)}subscribe/"


def confirm_subscription(token: str, *, language: str) -> str:
    """The button that begins a subscription."""
    return f"/{language}/reflector/link/confirm/{token}/"


def confirm_post(token: str, *, language: str) -> str:
    """The button by which an author stands by a post."""
    return f"/{language}/reflector/link/post/{token}/"


def manage(subscription: Subscription, *, language: str = "") -> str:
    """The page where a subscription is changed."""
    sealed = addresses.seal(MANAGE, subscription.pk)
    return f"/{language or subscription.language}/reflector/link/subscription/{sealed}/"
