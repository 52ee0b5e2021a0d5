"""The words for the norm behind a consultation: which edition, and whether it bound on the day."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from consulta.consultations.norms import Norm, Standing
from consulta.consultations.wording import day


def standing(norm: Norm) -> str:
    """Say by which edition it is judged, and whether that was in force on the day of the decision."""
    known = {"norm": norm.name, "instead": ", ".join(norm.instead)}
    if norm.on is None:
        return (
            _(
                "Judged by %(norm)s. The day of the decision is not known, so it is not known which "
                "edition was in force."
            )
            % known
        )
    known["day"] = day(norm.on)
    if norm.standing is Standing.IN_FORCE:
        return _("Judged by %(norm)s, in force on the day of the decision, %(day)s.") % known
    if norm.standing is Standing.NOT_KNOWN:
        return (
            _(
                "Judged by %(norm)s. The sources do not say whether it was already in force on the "
                "day of the decision, %(day)s."
            )
            % known
        )
    return _another(norm.instead) % known


def _another(instead: Sequence[str]) -> str:
    if instead:
        return _(
            "Judged by %(norm)s, which was not in force on the day of the decision, %(day)s. In "
            "force was the edition: %(instead)s."
        )
    return _("Judged by %(norm)s, which was not in force on the day of the decision, %(day)s.")


def warning(norm: Norm | None) -> str:
    """Return the sentence that warns before a consultation is drawn up; empty where all is well."""
    if norm is None or norm.on is None or norm.standing is not Standing.ANOTHER:
        return ""
    return _(
        "%(norm)s was not in force on the day of the decision, %(day)s. Choose the procedure of the "
        "edition that was."
    ) % {"norm": norm.name, "day": day(norm.on)}
