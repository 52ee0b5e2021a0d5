"""What the writers of `benchmarks.intake` do, one after the other."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.instance import SLUG
from benchmarks.register import TEXT
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
)
from consulta.flow import journey


def response(writer: int) -> Callable[[int], object]:
    """Send in one response: five answers, two kilobytes, an address to be confirmed."""
    return lambda number: journey.submission_arrives(submission(f"{os.getpid()}-{writer}-{number}"))


def bare(writer: int) -> Callable[[int], object]:
    """Commit one row of two kilobytes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (writer integer, text text)")
    text = TEXT["en"] * 25

    @transaction.atomic
    def commit(_number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare VALUES (%s, %s)", [writer, text])

    return commit


def counted() -> str:
    """How many queries one response takes, from the number to the letter."""
    journey.submission_arrives(submission("first"))
    with CaptureQueriesContext(connection) as asked:
        journey.submission_arrives(submission("counted"))
    if os.environ.get("SHOW_QUERIES"):
        return "\n".join(query["sql"][:160] for query in asked)
    return f"{len(asked)} queries for a response with five answers"


def submission(key: str) -> Submission:
    """One that nobody sent before: five answers, two kilobytes."""
    return Submission(
        channel=Channel.WEB,
        consultation=SLUG,
        sender=Sender(address=f"office-{key}@example.org"),
        respondent=RespondentClaim(
            kind=RespondentKind.ORGANISATION,
            organisation=f"Sample Organisation {key}",
            stakeholder_group="civil-society",
            country="CH",
        ),
        language="en",
        answers=tuple(SubmittedAnswer(n, (TEXT["en"] * 5).strip()) for n in range(1, 6)),
        attachments=(),
        arrived_at=datetime.now(UTC),
        idempotency_key=key,
        terms="1",
    )
