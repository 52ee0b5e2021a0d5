"""Erasing what is known of an organisation: the address of its focal point, and its name."""

from collections.abc import Mapping

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from consulta.stakeholders.models import Organisation

#: What stands in its columns afterwards; its responses keep their group and country.
ERASED: Mapping[str, object] = {
    "name": Concat(Value("erased-"), Cast("pk", CharField())),
    "focal_point": "",
}


def forget_address(address: str) -> int:
    """Have *address* be no organisation's focal point; of how many it was. Call it inside the act."""
    return Organisation.objects.filter(focal_point__iexact=address.strip()).update(focal_point="")


def forget(organisations: list[Organisation]) -> int:
    """Empty what is known of *organisations*; how many. Call it inside the act."""
    found = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
    return found.update(**ERASED)
