"""Answering on paper or offline: the questionnaire as a file, and reading it into the draft."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.responses import attachments, drafts, questionnaires
from consulta.responses.models import Draft
from consulta.web.public.moment import began
from consulta.web.public.respond import pages
from consulta.web.ui import languages
from consulta.web.ui.finished import finished

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@finished(shows="pages", query=())
@require_safe
def questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """The questionnaire as a DOCX file, in the page's language."""
    consultation = pages.consultation(slug, began(request))
    language = languages.current()
    name = f"questionnaire-{consultation.slug}-{language}.docx"
    response = HttpResponse(questionnaires.document(consultation, language), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def read_into(request: HttpRequest, draft: Draft, file: "UploadedFile[Any] | None") -> str:
    """Put what a filled-in questionnaire says to *draft*; why that did not work, in a sentence."""
    if file is None:
        return _(
            "No file was chosen: choose the questionnaire that you filled in, then press again."
        )
    if (file.size or 0) > attachments.MAX_TOTAL:
        return _("The file is too large for a questionnaire. Your draft is kept as it was.")
    with tempfile.NamedTemporaryFile(prefix="consulta-form-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        found = questionnaires.read(Path(copy.name), draft.consultation)
    if found is None:
        return _(
            "“%(name)s” was not read: it is no filled-in questionnaire of this consultation, saved as"
            " DOCX. Save it as DOCX and choose it again, or add it below as a file. Your draft is kept."
        ) % {"name": attachments.safe_name(file.name or "")}
    consultation = draft.consultation
    new = questionnaires.content(found, consultation)
    drafts.save(draft, questionnaires.beneath(draft.content, new), now=began(request))
    draft.consultation = consultation  # the one with its texts, after the row was read again
    return ""
