"""A sitting of a meeting with a captioner."""

from django.utils import timezone

from consulta.live import registration_links
from consulta.live.captions import captioners, sittings
from consulta.live.models import Registration


def held(meeting, by, *, languages=("en", "ar"), language="en", **more):
    """A sitting of *meeting* that has begun, and the secret of one who captions it in *language*."""
    sitting = sittings.plan(meeting, languages=list(languages), by=by)
    sittings.begin(sitting, by=by)
    captioner, token = captioners.admit(
        sitting, language=language, name="Sample Captioning", by=by, **more
    )
    return sitting, captioner, token


def speaker(sitting):
    """The secret of somebody who registered for the meeting of *sitting*."""
    now = timezone.now()
    made = Registration.objects.create(
        meeting=sitting.meeting,
        ordinal=900,
        role="participant",
        name="Sample speaker",
        mode="remote",
        asked_at=now,
        confirmed_at=now,
    )
    return registration_links.token(made)
