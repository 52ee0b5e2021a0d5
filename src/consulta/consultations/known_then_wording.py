"""The words for a miss of earlier dates, which does not vanish by rescheduling."""

from django.utils.translation import ngettext

from consulta.core.verdicts import Status, Verdict


def by_earlier_dates(found: Verdict) -> str:
    """Say a miss that was true by dates announced earlier, whatever moved since, in one sentence."""
    days = found.days or 0
    if found.status is Status.OVERDUE:
        text = ngettext(
            "By a date announced earlier: overdue by %(days)d day.",
            "By a date announced earlier: overdue by %(days)d days.",
            days,
        )
    else:
        text = ngettext(
            "By a date announced earlier: missed by %(days)d day.",
            "By a date announced earlier: missed by %(days)d days.",
            days,
        )
    return text % {"days": days}
