"""A register of any size, built by bulk inserts: as if so many responses had come and been decided.

Every constraint holds, every counter is right and every arrival and publication is in the ledger,
so that `consulta doctor`, `consulta balance` and `consulta verify` find nothing to say.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from benchmarks.founded import LANGUAGES
from consulta.consultations.models import Consultation
from consulta.core import merkle
from consulta.core.fingerprint import canonical, fingerprint, new_salt
from consulta.core.numbering import response_number
from consulta.ledger import ledger, sequencer
from consulta.ledger.acts import ACTS, Shows
from consulta.ledger.models import Entry, Unsequenced
from consulta.responses import content, naming
from consulta.responses.models import Answer, BalanceLine, Facet, Response, Version
from consulta.stakeholders.models import Respondent, StakeholderGroup

BATCH = 2000
#: What became of them, of a hundred; mixed by a step that shares no divisor with a hundred.
FATES = ("published",) * 80 + ("held",) * 4 + ("accepted",) * 5 + ("received",) * 5
FATES += ("declined",) * 2 + ("withdrawn",) * 3 + ("removed",)
STEP = 37
COUNTRIES = ("BR", "CH", "CN", "EG", "FJ", "FR", "IN", "KE", "MX", "RU", "SN", "US")
SCREENING = {"published": "published", "held": "waiting", "received": "waiting"}
TEXT = {
    "en": "Cables reach the larger islands; from there on, distance decides what access costs. ",
    "ar": "تصل الكابلات إلى الجزر الكبيرة، ثم تحدد المسافة كلفة النفاذ إلى الشبكة. ",
    "es": "Los cables llegan a las islas grandes; después, la distancia decide el precio. ",
    "fr": "Les câbles atteignent les grandes îles ; au-delà, la distance fait le prix. ",
    "ru": "Кабели доходят до больших островов; дальше цену доступа определяет расстояние. ",
    "zh": "光缆通达较大的岛屿；再往远处，距离决定接入费用。",
}


@dataclass
class Made:
    """One response to be put in: its serial, what became of it, and when it came."""

    serial: int
    state: str
    language: str
    at: datetime

    @property
    def shown(self) -> bool:
        """Whether readers see it."""
        return self.state == "published"

    @cached_property
    def version(self) -> Version:
        """Its words: salted, fingerprints to come."""
        return Version(
            pk=self.serial,
            ordinal=1,
            language=self.language,
            received_at=self.at,
            screening=SCREENING.get(self.state, "accepted"),
            hold_reasons=["late"] if self.state == "held" else [],
            idempotency_key=f"register:{self.serial}",
            private_salt=new_salt().hex(),
            public_salt=new_salt().hex(),
            published_at=self.at if self.shown else None,
        )

    @cached_property
    def answers(self) -> list[Answer]:
        """Two answers of about a kilobyte."""
        text = (TEXT[self.language] * 12).strip()
        return [
            Answer(pk=2 * self.serial + place, question=number, text=text)
            for place, number in enumerate((1 + self.serial % 3, 4))
        ]


class Rows(list[Any]):
    """Rows at hand, where a query would fetch them."""

    def all(self) -> "Rows":
        """Every row."""
        return self


def fill(count: int) -> None:
    """Put *count* responses into the empty register of this instance, and settle the counters."""
    consultation = Consultation.objects.get()
    groups = list(StakeholderGroup.objects.filter(speaks_for_authority=False))
    made = _made(count, begun=consultation.opens_at or consultation.created_at)
    while batch := list(islice(made, BATCH)):
        with transaction.atomic():
            _put_in(batch, consultation, groups)
    _settle(consultation)
    sequencer.sequence()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Version, Answer]):
            cursor.execute(sql)  # their keys were given above
        cursor.execute("ANALYZE")  # what the database learns by itself in time


def _made(count: int, *, begun: datetime) -> Iterator[Made]:
    for serial in range(1, count + 1):
        state = FATES[serial * STEP % len(FATES)]
        language = LANGUAGES[serial % len(LANGUAGES)]
        yield Made(serial, state, language, begun + timedelta(milliseconds=serial))


def _put_in(
    batch: Sequence[Made], consultation: Consultation, groups: Sequence[StakeholderGroup]
) -> None:
    respondents = Respondent.objects.bulk_create(_respondent(made, groups) for made in batch)
    responses = Response.objects.bulk_create(
        _response(made, consultation, respondent)
        for made, respondent in zip(batch, respondents, strict=True)
    )
    for made, response in zip(batch, responses, strict=True):
        made.version.response = response
        _commit(made)
    Version.objects.bulk_create(made.version for made in batch)
    Answer.objects.bulk_create(
        _of(made.version, answer) for made in batch for answer in made.answers
    )
    _show(responses)
    _record(batch)


def _respondent(made: Made, groups: Sequence[StakeholderGroup]) -> Respondent:
    confirmed = made.state != "received"
    return Respondent(
        kind="organisation",
        organisation_name=f"Sample Organisation {made.serial}",
        stakeholder_group=groups[made.serial % len(groups)],
        country=COUNTRIES[made.serial % len(COUNTRIES)],
        email=f"office{made.serial}@example.org",
        language=made.language,
        confirmed_at=made.at if confirmed else None,
        confirmed_how="button" if confirmed else "",
    )


def _response(made: Made, consultation: Consultation, respondent: Respondent) -> Response:
    refused = made.state in ("declined", "removed")
    response = Response(
        consultation=consultation,
        serial=made.serial,
        number=response_number(consultation.number, made.serial),
        channel="web" if made.serial % 4 else "email",
        state="accepted" if made.shown else made.state,  # until its version is there: _show
        respondent=respondent,
        received_at=made.at,
        hold_reasons=["late"] if made.state == "held" else [],
        ground="off_topic" if refused else "",
        reason="It speaks of another matter." if refused else "",
        idempotency_key=f"register:{made.serial}",
        terms="1",
        withdrawn_at=made.at if made.state == "withdrawn" else None,
        removed_at=made.at if made.state == "removed" else None,
    )
    return _named(response, made) if made.shown else response


def _named(response: Response, made: Made) -> Response:
    """As `responses.publication` writes what readers see."""
    public = naming.public(response.respondent)
    response.published_at = made.at
    response.public_name, response.public_country = public.name, public.country
    response.public_group, response.public_language = public.group, made.language
    return response


def _commit(made: Made) -> None:
    """Fingerprint the words, as they came and as readers see them."""
    version = made.version
    for answer in made.answers:
        answer._prefetched_objects_cache = {"redactions": Rows()}  # type: ignore[attr-defined]
    at_hand = {"answers": Rows(made.answers), "attachments": Rows()}
    version._prefetched_objects_cache = at_hand  # type: ignore[attr-defined]
    salt = bytes.fromhex(version.private_salt)
    version.private_fingerprint = fingerprint(content.private(version), salt)
    if made.shown:
        salt = bytes.fromhex(version.public_salt)
        version.public_fingerprint = fingerprint(content.public(version), salt)


def _of(version: Version, answer: Answer) -> Answer:
    answer.version = version
    return answer


def _show(responses: Sequence[Response]) -> None:
    """Let those that readers see point to their version, all in one step."""
    theirs = Version.objects.filter(response=OuterRef("pk")).values("pk")
    Response.objects.filter(
        pk__range=(responses[0].pk, responses[-1].pk), published_at__isnull=False
    ).update(state="published", published_version=Subquery(theirs))


def _record(batch: Sequence[Made]) -> None:
    entries = []
    for made in batch:
        private = {"private": made.version.private_fingerprint}
        entries.append(_entry("response_received", made, private))
        if made.shown:
            both = {**private, "public": made.version.public_fingerprint}
            entries.append(_entry("response_published", made, both))
    Unsequenced.objects.bulk_create(
        Unsequenced(entry=entry, pages=entry.shows == Shows.PAGES)
        for entry in Entry.objects.bulk_create(entries)
    )


def _entry(act: str, made: Made, commitments: dict[str, str]) -> Entry:
    by = "respondent" if act == "response_received" else "rules"
    subject = ledger.subject_of(made.version.response)
    entry = Entry(uid=uuid.uuid4(), act=act, at=made.at, by=by, subject=subject, shows=ACTS[act])
    entry.body = canonical(
        {
            "act": act,
            "at": ledger.instant(made.at),
            "by": by,
            "commitments": commitments,
            "id": str(entry.uid),
            "subject": subject,
        }
    )
    entry.leaf_hash = merkle.leaf_hash(entry.body).hex()
    return entry


def _settle(consultation: Consultation) -> None:
    """Write the counters that the acts would have kept: the balance and the facets."""
    rows = Response.objects.filter(consultation=consultation).order_by()
    BalanceLine.objects.bulk_create(
        BalanceLine(consultation=consultation, channel=channel, state=state, count=count)
        for (channel, state), count in _counted(rows.values_list("channel", "state"))
    )
    shown = rows.filter(state="published")
    answered = Answer.objects.filter(version__response__in=shown).order_by()
    counted = {"question": _counted(answered.values_list("question", flat=True))}
    counted |= {
        dimension: _counted(shown.values_list(column, flat=True))
        for dimension, column in (
            ("group", "public_group__slug"),
            ("country", "public_country"),
            ("language", "public_language"),
        )
    }
    Facet.objects.bulk_create(
        Facet(consultation=consultation, dimension=dimension, value=str(value), count=count)
        for dimension, values in counted.items()
        for value, count in values
    )


def _counted(values: QuerySet[Any, Any]) -> Iterable[tuple[Any, int]]:
    return Counter(values.iterator()).items()
