"""Lists and spaces: a group has one list, each of its consultations a space in it. Made once, for good."""

from datetime import datetime
from string import ascii_lowercase

from django.db import transaction
from django.utils.text import slugify

from consulta.consultations.models import Consultation
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.ledger import ledger
from consulta.reflector.models import List, Space

LONGEST = 24  # characters of a group's name in its list's


def keep(now: datetime) -> int:
    """Give a space to every announced consultation that has none; how many were made.

    A consultation of no group (an open call) has its space in the body's own list. One query where
    nothing is wanting.
    """
    announced = Consultation.objects.filter(announced_at__isnull=False, is_record=False)
    without = announced.exclude(pk__in=Space.objects.values("consultation"))
    wanting = list(without.select_related("group"))
    for consultation in wanting:
        space(consultation, now=now)
    return len(wanting)


@transaction.atomic
def space(consultation: Consultation, *, now: datetime) -> Space:
    """The space of *consultation*, made where there is none."""
    home = of_group(consultation.group, now=now)
    found, new = Space.objects.get_or_create(
        consultation=consultation, defaults={"list": home, "made_at": now}
    )
    if new:
        ledger.record("space_made", found, by="system")
    return found


@transaction.atomic
def of_group(group: Group | None, *, now: datetime) -> List:
    """The list of *group* (None: the body's own), made where there is none."""
    standing = List.objects.filter(group=group).first()
    if standing is not None:
        return standing
    made = List(group=group, slug=_slug(group), made_at=now)
    made.is_sample = group.is_sample if group else False
    made.full_clean()
    made.save()
    ledger.record("list_made", made, by="system")
    return made


def _slug(group: Group | None) -> str:
    """A name that ends in a word: no other list has it, no space and no group's own address can."""
    body = groups.body()
    wanted = slugify(group.slug if group else (body.slug if body else "open-calls")).lower()
    start = wanted if wanted[:1].isalpha() else f"group-{wanted}"
    names = [f"{start[:LONGEST].strip('-_')}-list{letter}" for letter in ("", *ascii_lowercase)]
    taken = set(List.objects.filter(slug__in=names).values_list("slug", flat=True))
    return next(name for name in names if name not in taken)
