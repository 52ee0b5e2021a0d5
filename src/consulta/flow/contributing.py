"""A contribution on its way to the meeting: submitted, its text made a file, posted as the rule says."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.adapters import papers
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.mailroom import spool
from consulta.meetings import contributing, posting_rules, uploads
from consulta.meetings import wording as meeting_wording
from consulta.meetings.contributing import Receipt
from consulta.meetings.models import Contribution, Document


def submit(draft: Contribution, *, by: User) -> Receipt:
    """Hand *draft* in; it is posted at once where the group's rule says so.

    Raises what `contributing.submit` raises, SpoolFullError.
    """
    receipt = contributing.submit(draft, by=by)
    if posting_rules.of(draft.meeting.group).posts_at_once:
        submitted = Contribution.objects.select_related("document", "meeting__group__body")
        post(submitted.get(pk=draft.pk), by=None)
    return receipt


def post(contribution: Contribution, *, by: User | None) -> Document:
    """Post a submitted contribution, its text as a file before the files that came with it."""
    files = [*_written(contribution), *contribution.files]
    return contributing.post(contribution, files, by=by)


def _written(contribution: Contribution) -> list[dict[str, Any]]:
    """The text of the contribution as a kept file; none where it has files alone."""
    document = contribution.document
    if document is None or not contribution.text.strip():
        return []
    kept = spool.keep([_bytes(contribution, document)], folder=uploads.FOLDER)
    name = document.base_number.replace("/", "-").replace("(", "-").replace(")", "")
    return [
        {
            "name": f"{name}-{contribution.language}.docx",
            "path": kept.path,
            "sha256": kept.sha256,
            "size": kept.size,
            "media_type": papers.MEDIA_TYPE,
            "language": contribution.language,
        }
    ]


def _bytes(contribution: Contribution, document: Document) -> bytes:
    language, item = contribution.language, contribution.item
    with translation.override(django_code(language)):
        head = [
            (_("Document"), document.number),
            (_("Meeting"), meeting_wording.name(contribution.meeting, language).text),
            (_("Source"), contributing.source(contribution)),
            (_("What it is for"), str(contribution.get_purpose_display())),
        ]
        if item is not None:
            named = f"{item.number} {choose(item.titles, language).text}"
            head.append((_("Agenda item"), named))
        if contribution.abstract.strip():
            head.append((_("Abstract"), contribution.abstract))
    title = str(contribution.titles.get(language, ""))
    return papers.write(papers.Paper(language, head, title, contribution.text))
