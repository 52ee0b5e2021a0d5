"""Why a file of a post is not shown, and how its author mends it, in one sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consulta.adapters.files.findings import Finding
from consulta.reflector.models import PostFile
from consulta.responses.models import Attachment

_LOCKED = _("It opens only with a password: save it without one and post it again.")
_HARMFUL = _("It could harm a computer: save its words as a new file and post that.")
_WHY: dict[str, Promise] = {
    Finding.VIRUS: _(
        "The virus scanner knows a virus in it: clean your computer and post it anew."
    ),
    Finding.ENCRYPTED: _LOCKED,
    Finding.EMPTY: _("It is empty: save it and post it again."),
    Finding.TYPE_NOT_ALLOWED: _(
        "Its content is no PDF, DOCX, ODT, RTF, HTML, plain text, PNG or JPEG: save it as one of these"
        " and post it again."
    ),
    Finding.TOO_LARGE: _("It is too large: post a smaller one."),
    Finding.BOMB: _HARMFUL,
    Finding.UNSAFE_NAMES: _HARMFUL,
    Finding.DANGEROUS_MARKUP: _HARMFUL,
}
_BROKEN = _("It could not be read: save it once more and post it again.")
_WAITS = _("It is still being checked.")


def why(file: PostFile) -> str:
    """Why readers do not get *file*."""
    if file.safety == Attachment.Safety.WAITING:
        return str(_WAITS)
    return str(next((_WHY[code] for code in file.findings if code in _WHY), _BROKEN))
