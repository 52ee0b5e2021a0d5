"""The stored bytes of an edition, for those who work on it."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import desk
from consulta.web.desk.access import found, in_consultation
from consulta.web.ui import downloads


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def file(
    _request: HttpRequest, consultation: Consultation, pk: int, file: int, name: str
) -> FileResponse:
    """Stream one file of an edition, released or not."""
    edition = found(lambda: desk.edition(consultation, pk))
    for one in edition.files.all():
        if (one.pk, one.name) == (file, name):
            return downloads.download(one.path, name=one.name, media_type=one.media_type)
    raise Http404
