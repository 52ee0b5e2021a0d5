"""Printing: one response as the block that stands in a compilation."""

from django.conf import settings
from django.utils.translation import gettext

from consulta.consultations.models import Question
from consulta.consultations.queries import question_text
from consulta.core import addresses
from consulta.core.lifecycle import State
from consulta.core.multilingual import Text
from consulta.core.paper import PrintedAnswer, PrintedFile, ResponseBlock, Row, Words
from consulta.reports import words
from consulta.responses import content, signatories_shown
from consulta.responses.models import Answer, Attachment, Redaction, Response, Version
from consulta.stakeholders import queries as stakeholders

_SHOWN = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


def anchor(response: Response) -> str:
    """Where a citation of *response* leads inside the paper."""
    return f"r-{response.number}"


def as_words(text: Text) -> Words:
    """A text of the record as words of a paper."""
    return Words(text.text, text.language)


def address(response: Response, *, language: str) -> str:
    """The permanent public address of *response*."""
    base: str = settings.BASE_URL
    return base + addresses.response(response.number, language=language)


def cited(response: Response, *, language: str) -> Words:
    """The number of *response* in a cell, leading to it."""
    href = address(response, language=language)
    return Words(response.number, "en", anchor=anchor(response), href=href)


def response_block(
    response: Response, version: Version, questions: dict[int, Question], *, language: str
) -> ResponseBlock:
    """*response* verbatim: redactions left out, only clean files, each text in its own language."""
    return ResponseBlock(
        number=response.number,
        respondent=Words(words.name(response)),
        language=version.language,
        details=_details(response, version, language=language),
        notes=_notes(response, version),
        answers=tuple(
            PrintedAnswer(
                _question(answer, questions, language),
                Words(content.public_text(answer), version.language),
            )
            for answer in version.answers.all()
        ),
        attachments=tuple(
            PrintedFile(file.name, words.filesize(file.clean_size or 0), file.clean_sha256)
            for file in version.attachments.all()
            if file.safety in _SHOWN
        ),
        anchor=anchor(response),
        href=address(response, language=language),
    )


def _question(answer: Answer, questions: dict[int, Question], language: str) -> Words:
    if answer.question is None or answer.question not in questions:
        return Words(gettext("To the whole consultation"))
    asked = question_text(questions[answer.question], language)
    return Words(f"{words.number(answer.question)}. {asked.text}", asked.language)


def _details(response: Response, version: Version, *, language: str) -> tuple[Row, ...]:
    group = response.public_group
    zone = response.consultation.timezone
    rows = [
        (
            gettext("Stakeholder group"),
            as_words(stakeholders.name(group, language)) if group else Words(gettext("Not shown")),
        ),
        (gettext("Country"), Words(words.country(response.public_country))),
        (gettext("Language"), Words(words.language(version.language))),
        (gettext("Received"), Words(words.instant(response.received_at, zone))),
        (gettext("Channel"), Words(words.channel(response.channel))),
        (gettext("Version"), Words(words.number(version.ordinal))),
    ]
    rows += _signed(response)
    return tuple(Row(label, value) for label, value in rows)


def _signed(response: Response) -> list[tuple[str, Words]]:
    """Who signed with the sender, where somebody did; a signature of other words says so."""
    signed = signatories_shown.signed(list(response.signatories.all()))
    if not signed.by:
        return []
    shown = response.published_version_id
    names = [
        each.name
        if each.version_id == shown or each.version is None
        else gettext("%(name)s (version %(version)s)")
        % {"name": each.name, "version": words.number(each.version.ordinal)}
        for each in signed.by
    ]
    return [(gettext("Signed by"), Words("; ".join(names)))]


def _notes(response: Response, version: Version) -> tuple[str, ...]:
    redacted = any(
        mark.state == Redaction.State.APPLIED
        for answer in version.answers.all()
        for mark in answer.redactions.all()
    )
    withheld = any(file.safety not in _SHOWN for file in version.attachments.all())
    notes = (
        (
            response.within_grace,
            gettext("Sent within 60 minutes after the close, from a draft saved before it."),
        ),
        (response.late and not response.within_grace, gettext("Received after the close.")),
        (not response.respondent.confirmed, gettext("Sender not confirmed.")),
        (redacted, gettext("Passages are left out, marked […].")),
        (withheld, gettext("A file is not shown because it was not found safe.")),
        (response.state == State.DECLINED, gettext("Declined: not published.")),
    )
    return tuple(note for holds, note in notes if holds)
