"""The words for the norm behind a consultation: which edition, and whether it bound on the day."""

from django.utils.translation import gettext as _

from consulta.consultations.norms import Norm, Standing
from consulta.consultations.wording import day


def standing(norm: Norm) -> str:
    """Say in one sentence whether the edition was in force on the day of the decision."""
    if norm.on is None:
        return _(
            "The day of the decision is not known, so it is not known which edition was in force."
        )
    known = {"norm": norm.name, "day": day(norm.on), "instead": ", ".join(norm.instead)}
    if norm.standing is Standing.IN_FORCE:
        return _("%(norm)s was in force on the day of the decision, %(day)s.") % known
    if norm.standing is Standing.NOT_KNOWN:
        return (
            _(
                "The sources do not say whether %(norm)s was already in force on the day of the "
                "decision, %(day)s."
            )
            % known
        )
    if norm.instead:
        return (
            _(
                "%(norm)s was not in force on the day of the decision, %(day)s. In force was the "
                "edition: %(instead)s."
            )
            % known
        )
    return _("%(norm)s was not in force on the day of the decision, %(day)s.") % known


def warning(norm: Norm | None) -> str:
    """Return the sentence that warns before a consultation is drawn up; empty where all is well."""
    if norm is None or norm.standing is not Standing.ANOTHER:
        return ""
    return _("%(standing)s Choose the procedure of the edition that was.") % {
        "standing": standing(norm)
    }
