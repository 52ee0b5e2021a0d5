"""Somebody registered under every address of registration, for the tables of who is let in."""

from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.groups.models import Delegate
from consulta.live import registering, registration_links
from consulta.live.models import Registration
from consulta.live.registering import Told
from consulta.meetings.models import Meeting

#: Pages of the desk about a meeting, one registration and a file.
OF_MEETING = (
    *("registrations", "registration_terms", "registration_enter", "registration_door"),
    *("registration_needs", "registration_presenting", "registration_figures"),
    "registration_badges",
)
AT_DESK = (*OF_MEETING, "registration_one", "registration_file")
PRIVATE = tuple(
    f"public:registration_{name}"
    for name in ("mine", "change", "cancel", "entry", "list", "attend")
)


def at_desk(meeting: Meeting, by: User) -> dict[str, list[object]]:
    """What the pages of the desk take."""
    told = Told(name="Ann", mode="remote")
    found = registering.enter(meeting, told, role="secretariat", by=by, now=timezone.now())
    return {
        **{name: [meeting.slug] for name in OF_MEETING},
        "registration_one": [meeting.slug, found.ordinal],
        "registration_file": [meeting.slug, "csv"],
    }


def values(consultation: Consultation, place: Delegate) -> dict[str, dict[str, object]]:
    """What every address of registration takes in the sample record; *place* registers itself."""
    meeting, own = consultation.open_meeting, consultation.group_meeting
    assert meeting is not None
    assert own is not None
    found = Registration.objects.filter(meeting=meeting, confirmed_at__isnull=False)[0]
    there: dict[str, object] = {"slug": meeting.slug, "ordinal": found.ordinal, "form": "csv"}
    delegate = {"slug": own.slug, "membership": place.membership_id, "pk": place.pk}
    return {
        **dict.fromkeys((f"desk:{name}" for name in AT_DESK), there),
        **dict.fromkeys(("public:registration", "public:participants"), there),
        **{name: {"token": registration_links.token(found)} for name in PRIVATE},
        "public:registration_confirm": {"token": "unknown"},
        "members:registration": {"slug": own.slug},
        "members:registration_delegate": delegate,
    }
