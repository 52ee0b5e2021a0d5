"""What is asked about accounts."""

from collections.abc import Iterable

from consulta.accounts.models import User


def named(pks: Iterable[int]) -> dict[int, str]:
    """The names of accounts by their ids. One query for a page."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=list(pks))}
