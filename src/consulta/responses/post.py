"""The mails about responses that the officers of a group may read."""

from collections.abc import Iterable, Sequence

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr

from consulta.groups.models import Group
from consulta.mailroom.models import OutgoingMail
from consulta.responses.models import Response

_ABOUT = "responses.response:"


def of_groups(groups: Iterable[Group | int]) -> QuerySet[OutgoingMail]:
    """Mails about responses to consultations of *groups*, and about nothing else."""
    asked = Response.objects.filter(
        pk=OuterRef("response_pk"), consultation__group__in=list(groups)
    )
    return placed().filter(Q(Exists(asked)))


def about(response: Response) -> Sequence[OutgoingMail]:
    """Every mail about *response*, the oldest first, without its bytes. One query."""
    mails = OutgoingMail.objects.filter(about=f"{_ABOUT}{response.pk}")
    return list(mails.defer("raw", "masked_text").order_by("pk"))


def placed() -> QuerySet[OutgoingMail]:
    """Every mail with `response_pk`: the id of the response that it is about, null for none."""
    about = Case(
        When(
            about__startswith=_ABOUT,
            then=Cast(Substr(F("about"), len(_ABOUT) + 1), BigIntegerField()),
        ),
        default=Value(None),
    )
    return OutgoingMail.objects.annotate(response_pk=about)


def numbers(mails: Sequence[OutgoingMail]) -> dict[str, str]:
    """By what a mail is about: the number of the response. One query for a page."""
    wanted = {m.about for m in mails if m.about.startswith(_ABOUT)}
    found = Response.objects.filter(pk__in=[int(about.partition(":")[2]) for about in wanted])
    return {f"{_ABOUT}{pk}": number for pk, number in found.values_list("pk", "number")}
