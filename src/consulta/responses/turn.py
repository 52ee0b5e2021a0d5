"""One act at a time on a response, each on the row as it is now."""

from consulta.responses.models import Response


def take(response: Response) -> Response:
    """Read *response* again and keep others waiting until this transaction ends."""
    rows = Response.objects.select_for_update(of=("self",))
    return rows.select_related("consultation__group", "respondent", "published_version").get(
        pk=response.pk
    )
