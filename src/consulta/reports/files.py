"""Files: what a compilation prints of the files that came with responses, and the annex that lists all.

Their words were extracted when the files were examined. They are printed as a help, marked as a
machine's reading and never longer than said; the file itself, at its permanent address, counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext, ngettext

from consulta.adapters.files.findings import Finding
from consulta.consultations.models import Consultation
from consulta.core import addresses, shares
from consulta.core.lifecycle import State
from consulta.core.paper import (
    Block,
    Heading,
    NumberedList,
    Paragraph,
    PrintedFile,
    ResponseBlock,
    Span,
    Words,
)
from consulta.core.scripts import language_of
from consulta.reports import words
from consulta.responses.models import Attachment, Response, Version

#: Characters of one file that are printed at most: about forty pages.
EACH = 100_000
#: Characters of all files of one compilation together: about seven thousand pages.
TOGETHER = 20_000_000
SHOWN = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


@dataclass(frozen=True, slots=True)
class Extract:
    """The first characters of a file's words, and how many there are in all."""

    text: str
    letters: int


#: By the id of the file.
Extracts = dict[int, Extract]


def longest(consultation: Consultation) -> int:
    """How many characters of a file are printed, so that all published files fit. One query."""
    shown = Attachment.objects.filter(
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
        version__screening=Version.Screening.PUBLISHED,
        safety__in=SHOWN,
    )
    lengths = shown.annotate(letters=Length("text")).values_list("letters", flat=True)
    return shares.fair(lengths.order_by(), each=EACH, together=TOGETHER)


def extracts(versions: Iterable[Version], limit: int) -> Extracts:
    """The words of the files of *versions*, at most *limit* characters of each. One query."""
    rows = Attachment.objects.filter(version__in=list(versions), safety__in=SHOWN)
    cut = rows.annotate(begin=Substr("text", 1, limit), letters=Length("text")).order_by()
    return {pk: Extract(text, n) for pk, text, n in cut.values_list("pk", "begin", "letters")}


def printed(
    response: Response, version: Version, found: Extracts, language: str
) -> list[PrintedFile]:
    """The files of *version* that readers may have, with the words that are in *found*."""
    return [
        _printed(response, version, file, found.get(file.pk), language)
        for file in version.attachments.all()
        if file.safety in SHOWN
    ]


def address(response: Response, file: Attachment, *, language: str) -> str:
    """The permanent public address of *file*."""
    base: str = settings.BASE_URL
    return base + addresses.attachment(response.number, file.pk, language=language)


def annex(blocks: Sequence[ResponseBlock], limit: int) -> list[Block]:
    """The annex of a compilation that prints *blocks*: every published file, and what was cut."""
    items = tuple(_item(block, file) for block in blocks for file in block.attachments)
    if not items:
        return []
    count = ngettext(
        "One file is published with the responses.",
        "%(count)s files are published with the responses.",
        len(items),
    ) % {"count": words.number(len(items))}
    said = gettext(
        "The words of a file stand under its response as a machine extracted them, at most "
        "%(letters)s characters of each. The files themselves are at the addresses below; the "
        "checksum proves that a file is the one that was published."
    ) % {"letters": words.number(limit)}
    return [
        Heading(1, Words(gettext("Annex: published files")), anchor="annex"),
        Paragraph((Span(count),)),
        Paragraph((Span(said),)),
        NumberedList(items),
    ]


def _item(block: ResponseBlock, file: PrintedFile) -> tuple[Span, ...]:
    """One line of the annex: name, size, number of the response, checksum, address."""
    return (
        Span(file.name, href=file.href),
        Span(f" ({file.size}), "),
        Span(block.number, "en", anchor=block.anchor, href=block.href),
        Span("\nSHA-256 ", "en"),
        Span(file.sha256, "en"),
        Span("\n", "en"),
        Span(file.href, "en", href=file.href),
    )


def _printed(
    response: Response, version: Version, file: Attachment, extract: Extract | None, language: str
) -> PrintedFile:
    text = extract.text.strip() if extract else ""
    spoken = language_of(text, version.language)
    return PrintedFile(
        file.name,
        words.filesize(file.clean_size or 0),
        file.clean_sha256,
        href=address(response, file, language=language),
        title=gettext("Text of the file %(name)s") % {"name": file.name} if extract else "",
        note=_note(file, extract, spoken) if extract else "",
        extract=Words(text, spoken),
    )


def _note(file: Attachment, extract: Extract, spoken: str) -> str:
    """Where the words come from, in which language they are, and how many of them are printed."""
    if not extract.text.strip():
        return gettext(
            "No text could be extracted from this file: it may hold pictures only, such as scanned "
            "pages. The file is at its permanent address."
        )
    read = Finding.TEXT_RECOGNISED in file.findings
    lines = [
        gettext("Recognised by machine from pictures of pages: letters may be wrong.")
        if read
        else gettext("Extracted by machine: pictures and layout are missing."),
        gettext("Language: %(language)s.") % {"language": words.language(spoken)},
    ]
    if len(extract.text) < extract.letters:
        shown = {"shown": words.number(len(extract.text)), "all": words.number(extract.letters)}
        lines.append(
            gettext("Cut: the first %(shown)s of %(all)s characters are printed here.") % shown
        )
    if Finding.TEXT_CUT in file.findings:
        lines.append(gettext("The file holds more text than could be extracted."))
    return "\n".join(lines)
