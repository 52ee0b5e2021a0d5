"""A questionnaire enclosed in a letter: its answers and particulars, beside what the letter itself says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from consulta.consultations.models import Consultation
from consulta.core.questionnaire import FilledIn
from consulta.core.submission import (
    RespondentClaim,
    RespondentKind,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.mailroom import spool
from consulta.responses import questionnaires

#: A questionnaire is a DOCX file (ZIP); more than so many files of a letter are not looked into.
ZIP, MOST = b"PK\x03\x04", 5


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A filled-in questionnaire and the file in which it came."""

    form: FilledIn
    file: SubmittedFile


@dataclass(frozen=True, slots=True)
class Forms:
    """What the questionnaires of a letter are: the first that somebody filled in, else the *blank* ones."""

    filled: Enclosed | None = None
    blank: tuple[SubmittedFile, ...] = ()


def read(files: Iterable[SubmittedFile], consultation: Consultation) -> Forms:
    """The questionnaires of *consultation* among *files*, each opened once, in a process of its own."""
    blank = []
    for each in _forms(files, consultation):
        if not each.form.is_blank:
            return Forms(each)
        blank.append(each.file)
    return Forms(None, tuple(blank))


def _forms(files: Iterable[SubmittedFile], consultation: Consultation) -> Iterator[Enclosed]:
    packed = [file for file in files if _is_packed(file)]
    for file in packed[:MOST]:
        form = questionnaires.opened(spool.locate(file.path), consultation)
        if form is not None:
            yield Enclosed(form, file)


def others(files: Iterable[SubmittedFile], found: Enclosed | None) -> tuple[SubmittedFile, ...]:
    """*files* without the questionnaire: its answers are the response, and it names an address that is
    not published. It stays in the raw letter, which is restricted."""
    return tuple(file for file in files if found is None or file.sha256 != found.file.sha256)


def answers(
    found: Enclosed | None, letter: Iterable[SubmittedAnswer]
) -> tuple[SubmittedAnswer, ...]:
    """The letter's own words and, beneath them, those of the questionnaire, each to its question."""
    said = {answer.question: answer for answer in letter}
    texts = found.form.answers if found else {}
    chosen = found.form.choices if found else {}
    for number in dict.fromkeys([*texts, *chosen]):
        question, text = number or None, texts.get(number, "")
        earlier = said.get(question, SubmittedAnswer(question, ""))
        before = earlier.text.strip()
        both = f"{before}\n\n{text}" if before and text and before != text else text or before
        said[question] = SubmittedAnswer(question, both, chosen.get(number) or earlier.choices)
    return tuple(said.values())


def claim(
    found: Enclosed | None, consultation: Consultation, *, otherwise: RespondentClaim
) -> RespondentClaim:
    """Whom the questionnaire says to be from; *otherwise* where there is none or it names nobody."""
    if found is None:
        return otherwise
    said: dict[str, Any] = questionnaires.content(found.form, consultation)
    organisation, name = said.get("organisation", ""), said.get("name", "")
    if not (organisation or name):
        return otherwise
    return RespondentClaim(
        kind=RespondentKind.ORGANISATION if organisation else RespondentKind.INDIVIDUAL,
        name=name or otherwise.name,
        organisation=organisation,
        stakeholder_group=said.get("stakeholder_group", ""),
        country=said.get("country", ""),
    )


def names_the_unlisted(found: Enclosed | None, consultation: Consultation) -> bool:
    """Whether the questionnaire names a country or a group that is not on our lists."""
    if found is None:
        return False
    said: dict[str, Any] = questionnaires.content(found.form, consultation)
    written = found.form.particulars
    return any(
        written.get(each) and not said.get(each) for each in ("country", "stakeholder_group")
    )


def _is_packed(file: SubmittedFile) -> bool:
    with spool.locate(file.path).open("rb") as kept:
        return kept.read(len(ZIP)) == ZIP
