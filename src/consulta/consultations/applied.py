"""Which rule a consultation goes by: the edition of its procedure, with what was chosen put in."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from consulta.consultations.models import Consultation
from consulta.core import procedure as procedures
from consulta.core import shelf
from consulta.core.procedure import ProcedureFileError
from consulta.core.rules import Anchor, Procedure

#: Which meeting of a consultation an anchor such as `group_meeting.start` counts from.
MEETINGS = ("deciding_meeting", "open_meeting", "group_meeting")
#: Why a procedure cannot be had: a slip in its file, or no file.
UNREADABLE = (ProcedureFileError, procedures.UnknownProcedureError)
OPENING, RESPONSES_DUE, REPORT = "opening", "responses_due", "report_published"


def rules(consultation: Consultation) -> Procedure:
    """Return the consultation's procedure as it was chosen, deadlines in its own time zone.

    It is judged by the edition of the file that it was announced by. A choice or a period that the
    file no longer knows is passed over.
    """
    try:
        return _rules(
            consultation.procedure,
            edition=_fixed(consultation),
            _folders=shelf.folders(),
            zone=consultation.timezone,
            choices=frozenset(consultation.choices.items()),
            periods=frozenset(consultation.offsets.items()),
        )
    except UNREADABLE:
        return replace(
            present(consultation.procedure, consultation.procedure_edition),
            zone=consultation.timezone,
        )


def _fixed(consultation: Consultation) -> int | None:
    """Return the edition that it was announced by; a draft takes the present one."""
    announced = consultation.announced_at or consultation.is_record
    edition = consultation.procedure_edition
    return int(edition) if announced and edition.isdecimal() else None


def can_be_judged(consultation: Consultation) -> bool:
    """Say whether the consultation's procedure can be read: else only a stand-in speaks for it."""
    try:
        _edition(consultation.procedure, _fixed(consultation))
    except UNREADABLE:
        return False
    return True


def present(slug: str, edition: str = "") -> Procedure:
    """Return the procedure called *slug*; a stand-in with the slip where its file has one.

    *edition*: what the stand-in says of its edition, so that the record keeps it.
    """
    try:
        return procedures.load(slug)
    except UNREADABLE as error:
        kept = int(edition) if edition.isdecimal() else 0
        return procedures.stand_in(slug, _problem(error), edition=kept)


def _problem(error: Exception) -> str:
    if isinstance(error, ProcedureFileError):
        return str(error)
    return _("There is no file of this procedure any more; put it back.")


@lru_cache(maxsize=512)
def _rules(
    slug: str,
    *,
    edition: int | None,
    _folders: tuple[Path, ...],
    zone: str,
    choices: frozenset[tuple[str, str]],
    periods: frozenset[tuple[str, int]],
) -> Procedure:
    """Return the procedure with what was chosen put in; asked many times for one page."""
    found = _edition(slug, edition)
    known = {(c.name, option.name) for c in found.choices for option in c.options}
    optional = {rule.name for rule in found.rules if rule.optional}
    offsets = {name: amount for name, amount in periods if name in optional}
    chosen = procedures.choose(found, options=dict(choices & known), offsets=offsets)
    return replace(chosen, zone=zone)


def _edition(slug: str, edition: int | None) -> Procedure:
    """Return that edition of the file; the present one where it was not kept."""
    try:
        return procedures.load(slug, edition=edition)
    except procedures.UnknownEditionError:
        return procedures.load(slug)


def closing(procedure: Procedure) -> str:
    """Return the name of the milestone at which nothing more is taken: that of the last phase."""
    phases = procedure.applying_phases
    return phases[-1].closes if phases else RESPONSES_DUE


def own_anchors(procedure: Procedure) -> tuple[Anchor, ...]:
    """Return the dates that the institution gives itself: of no meeting here, no chosen day of
    opening or close.
    """
    days = {f"{OPENING}.date", f"{closing(procedure)}.date"}
    return tuple(
        anchor
        for anchor in procedure.anchors
        if anchor.name not in days and anchor.name.partition(".")[0] not in MEETINGS
    )
