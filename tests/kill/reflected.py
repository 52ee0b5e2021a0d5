"""A list with many readers and one post, and a worker that hands copies over until it is killed.

`python -m tests.kill.reflected DATA make READERS` or `… DATA PROGRAM SMTP`; PROGRAM is `walk`, or `hasty`:
a worker that notes a batch before it hands it over, which the test must be able to catch.
"""

import sys
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance


def make(readers: int) -> None:
    """Post to the space of the open consultation, with so many who get it."""
    from django.utils import timezone  # noqa: PLC0415 -- after Django is set up

    models: Any = import_module("consulta.reflector.models")
    consultations: Any = import_module("consulta.consultations.models")
    posts: Any = import_module("tests.posts")
    posted = posts.in_space(consultations.Consultation.objects.get())
    now = timezone.now() - timedelta(hours=1)
    home = models.List.objects.get(slug=posted.slug)
    models.Subscription.objects.all().delete()
    models.Subscription.objects.bulk_create(
        models.Subscription(
            list=home, email=f"reader{n}@example.org", language="en", token_hash=f"{n}",
            asked_at=now, confirmed_at=now,
        )
        for n in range(readers)
    )  # fmt: skip
    import_module("consulta.reflector.posting").show(
        models.Post.objects.get(pk=posted.post), now=timezone.now(), by="rules"
    )


def walk(*, hasty: bool) -> None:
    """Hand copies over until nothing is due; the lease of a dead worker is over at once."""
    from django.utils import timezone  # noqa: PLC0415

    distribution: Any = import_module("consulta.reflector.distribution")
    models: Any = import_module("consulta.reflector.models")
    if hasty:
        _make_hasty(distribution, models)
    distribution.LEASE = timedelta(seconds=0)
    while models.Mailing.objects.filter(finished_at__isnull=True).exists():
        distribution.distribute_due(timezone.now() + timedelta(hours=1))
        time.sleep(0.01)


def _make_hasty(distribution: Any, models: Any) -> None:
    properly = distribution._hand_over

    def hastily(walk: Any, batch: Any, carrier: Any) -> Any:
        if batch:
            models.Mailing.objects.filter(pk=walk.mailing.pk).update(last=batch[-1].pk)
        return properly(walk, batch, carrier)

    distribution._hand_over = hastily


if __name__ == "__main__":
    instance.load(Path(sys.argv[1]))
    from django.conf import settings  # after Django is set up
    from django.db import transaction

    if sys.argv[2] == "make":
        with transaction.atomic():
            make(int(sys.argv[3]))
    else:
        settings.EMAIL_URL = sys.argv[3]
        walk(hasty=sys.argv[2] == "hasty")
