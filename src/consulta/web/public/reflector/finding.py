"""Finding a list, a space or a post by its address."""

from django.http import Http404

from consulta.reflector import queries
from consulta.reflector.models import List, Post, Space


def place(slug: str, number: int | None = None) -> List | Space:
    """The list called *slug*, or its space of the consultation *number*. Raises Http404."""
    try:
        home = queries.by_slug(slug)
        return home if number is None else queries.space(home, number)
    except (List.DoesNotExist, Space.DoesNotExist) as error:
        raise Http404 from error


def post(slug: str, pk: int) -> Post:
    """A post that has a line in the archive. Raises Http404."""
    home = place(slug)
    try:
        return queries.post(home, pk) if isinstance(home, List) else _nothing()
    except Post.DoesNotExist as error:
        raise Http404 from error


def _nothing() -> Post:
    raise Http404
