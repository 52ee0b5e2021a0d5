"""Printing: one response as the block that stands in a compilation."""

from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext, ngettext

from consulta.consultations import options
from consulta.consultations.models import Question, TextStatus
from consulta.consultations.queries import question_text
from consulta.core import addresses
from consulta.core.lifecycle import State
from consulta.core.multilingual import Text
from consulta.core.paper import (
    Facts,
    PrintedAnswer,
    PrintedTranslation,
    ResponseBlock,
    Row,
    Words,
)
from consulta.reports import files, words
from consulta.reports.files import Extracts
from consulta.responses import content, signatories_shown
from consulta.responses.models import (
    Answer,
    AnswerTranslation,
    Attachment,
    Redaction,
    Response,
    Version,
)
from consulta.stakeholders import queries as stakeholders


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
    response: Response,
    version: Version,
    questions: dict[int, Question],
    *,
    language: str,
    extracts: Extracts,
) -> ResponseBlock:
    """*response* verbatim: redactions left out, only clean files, each text in its own language.

    *extracts*: the words of its files, where they are printed.
    """
    return ResponseBlock(
        number=response.number,
        respondent=Words(words.name(response)),
        language=version.language,
        details=_details(response, version, language=language),
        notes=_notes(response, version),
        answers=tuple(
            _printed(answer, version, questions, language) for answer in version.answers.all()
        ),
        attachments=tuple(files.printed(response, version, extracts, language)),
        anchor=anchor(response),
        href=address(response, language=language),
        facts=_facts(response, version),
    )


def _printed(
    answer: Answer, version: Version, questions: dict[int, Question], language: str
) -> PrintedAnswer:
    """One answer under its question, with what was chosen and its translations."""
    return PrintedAnswer(
        _question(answer, questions, language),
        Words(content.public_text(answer), version.language),
        position=answer.question or 0,
        translations=_translations(answer, language),
        chosen=chosen(answer, questions, language),
        choices=tuple(answer.choices or ()),
    )


def _facts(response: Response, version: Version) -> Facts:
    """What the head of *response* says, as codes."""
    return Facts(
        version=version.ordinal,
        received=response.received_at.astimezone(UTC).isoformat(),
        country=response.public_country,
        group=response.public_group.slug if response.public_group else "",
        channel=response.channel,
    )


def _question(answer: Answer, questions: dict[int, Question], language: str) -> Words:
    return question(answer.question, questions, language)


def question(position: int | None, questions: dict[int, Question], language: str) -> Words:
    """The question at *position* (None: the whole), or that the consultation does not ask it."""
    if position is None:
        return Words(gettext("To the whole consultation"))
    if position not in questions:
        said = gettext("Question %(number)s, which the consultation no longer asks")
        return Words(said % {"number": words.number(position)})
    asked = question_text(questions[position], language)
    return Words(f"{words.number(position)}. {asked.text}", asked.language)


def _translations(answer: Answer, language: str) -> tuple[PrintedTranslation, ...]:
    """The answer in other languages, that of the frame first, each with what it is worth."""
    found = content.public_translations(answer)
    return tuple(
        PrintedTranslation(_worth(each), Words(each.text, each.language), each.status)
        for each in sorted(found, key=lambda each: each.language != language)
    )


def _worth(translation: AnswerTranslation) -> str:
    named = {"language": words.language(translation.language)}
    return {
        TextStatus.OFFICIAL: gettext("Official translation: %(language)s"),
        TextStatus.COURTESY: gettext("Courtesy translation: %(language)s"),
        TextStatus.MACHINE: gettext("Translation by machine, not checked: %(language)s"),
    }.get(TextStatus(translation.status), gettext("Also in: %(language)s")) % named


def chosen(answer: Answer, questions: dict[int, Question], language: str) -> Words:
    """Which options were chosen, in a sentence before the text; empty where none was."""
    named = options.chosen(questions.get(answer.question or 0), answer.choices, language)
    if not named:
        return Words("")
    said = {"options": words.listed([text.text for text in named])}
    return Words(
        ngettext("Option chosen: %(options)s", "Options chosen: %(options)s", len(named)) % said
    )


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
        mark.state in Redaction.HIDING
        for answer in version.answers.all()
        for mark in answer.redactions.all()
    )
    kept = Attachment.Safety.CONFIDENTIAL
    unsafe = any(file.safety not in (*files.SHOWN, kept) for file in version.attachments.all())
    private = any(file.safety == kept for file in version.attachments.all())
    notes = (
        (
            response.within_grace,
            gettext("Sent within 60 minutes after the close, from a draft saved before it."),
        ),
        (response.late and not response.within_grace, gettext("Received after the close.")),
        (not response.respondent.confirmed, gettext("Sender not confirmed.")),
        (redacted, gettext("Passages are left out, marked […].")),
        (unsafe, gettext("A file is not shown because it was not found safe.")),
        (private, gettext("A file is confidential at the respondent's request.")),
        (response.state == State.DECLINED, gettext("Declined: not published.")),
    )
    return tuple(note for holds, note in notes if holds)
