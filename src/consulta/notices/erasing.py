"""Erasing an address that is told what happens: its follows and lists end, and no row holds it any more."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Coalesce, Concat

from consulta.mailroom import erasing as post
from consulta.notices.models import Addressee, DisseminationCopy, Follow
from consulta.responses.models import Response

#: What stands in the columns of a follow afterwards.
_NOBODY = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"))


def forget(address: str, *, now: datetime) -> int:
    """End and empty what *address* follows and stands on, and the mails about it; how many.

    Call it inside the act.

    That an address wants no mails about a response of its own stays as long as the response does:
    without it they would begin again.
    """
    address = address.strip().lower()
    own = Response.objects.filter(
        consultation=OuterRef("consultation"), respondent__email__iexact=address
    )
    rows = Follow.objects.filter(email__iexact=address)
    refusal = rows.filter(Exists(own), confirmed_at__isnull=True, ended_at__isnull=False)
    gone = rows.exclude(pk__in=list(refusal.values_list("pk", flat=True)))
    post.forget_address(address, about="notices.")
    DisseminationCopy.objects.filter(email__iexact=address).update(email=_NOBODY)
    listed = Addressee.objects.filter(email__iexact=address)
    struck = listed.update(
        email=_NOBODY, name="", token_hash="", ended_at=Coalesce("ended_at", Value(now))
    )
    return struck + gone.update(email=_NOBODY, ended_at=Coalesce("ended_at", Value(now)))
