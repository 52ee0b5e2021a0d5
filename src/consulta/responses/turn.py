"""One act at a time on a response, each on the row as it is now."""

from consulta.responses.models import Response


def renew(response: Response) -> None:
    """Bring *response* itself up to date, and keep others waiting until this transaction ends.

    Every act on a response begins with it: what a page read a moment ago may have changed since.
    """
    list(Response.objects.select_for_update(of=("self",)).filter(pk=response.pk).values_list("pk"))
    response.refresh_from_db()
    response.respondent.refresh_from_db()


def take(response: Response) -> Response:
    """Read *response* again and keep others waiting until this transaction ends."""
    rows = Response.objects.select_for_update(of=("self",))
    return rows.select_related("consultation__group", "respondent", "published_version").get(
        pk=response.pk
    )
