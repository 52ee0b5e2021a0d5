"""The instant at which a request began: what is open or overdue is read from it."""

from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone


def began(request: HttpRequest) -> datetime:
    """Return the instant at which the door saw *request*, or now where there was no door."""
    seconds = request.META.get("consulta.began_at")
    return timezone.now() if seconds is None else datetime.fromtimestamp(float(seconds), UTC)
