"""What a form asks for: the questions in the reader's language, groups, countries, languages."""

import unicodedata
from dataclasses import dataclass, field

from consulta.consultations import applied, terms
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core import confidential
from consulta.core.countries import is_country
from consulta.core.languages import LANGUAGES
from consulta.core.multilingual import Text
from consulta.core.submission import RespondentKind
from consulta.stakeholders import queries as stakeholder_queries
from consulta.web.ui import languages, options
from consulta.web.ui.templatetags.ui import language_name, locale

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as the reader sees it; *number* 0 is the text to the whole.

    *options*: what may be chosen, slugs with their words; *several*: more than one of them.
    """

    number: int
    text: Text
    options: Choices = field(default_factory=list)
    several: bool = False
    how_many: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that a form of one consultation needs to know."""

    questions: tuple[AskedQuestion, ...]
    groups: Choices
    languages: tuple[str, ...]
    details: bool  # false: a new version of a response, whose respondent stays as it is
    ticks: tuple[str, ...]  # what the procedure's terms let an individual withhold
    #: Where the rule has a confidential twin: the marks around a passage, and such a file's name.
    twin: tuple[str, str, str] | None = None


def of(consultation: Consultation, *, details: bool = True) -> Asked:
    """What the form of *consultation* asks, in the current language."""
    reader = languages.current()
    questions = consultation_queries.questions(consultation)
    return Asked(
        questions=tuple(
            AskedQuestion(
                q.position,
                consultation_queries.question_text(q, reader),
                options.choices(q),
                q.several,
                options.how_many(q),
            )
            for q in questions
        ),
        groups=groups() if details else [],
        languages=tuple(dict.fromkeys([*consultation.languages, *LANGUAGES])),
        details=details,
        ticks=_ticks(consultation) if details else (),
        twin=_twin(reader) if terms.has_confidential_twin(consultation) else None,
    )


def _twin(reader: str) -> tuple[str, str, str]:
    return *confidential.marks(reader), f"{confidential.word(reader)}.pdf"


def numbers(asked: Asked) -> list[int]:
    """The numbers of the answers that the form takes, 0 for the whole."""
    return [*(question.number for question in asked.questions), 0]


def choosing(asked: Asked) -> list[int]:
    """The numbers of the questions that offer options."""
    return [question.number for question in asked.questions if question.options]


def groups() -> Choices:
    """The stakeholder groups, named for the reader."""
    reader = languages.current()
    known = stakeholder_queries.stakeholder_groups()
    return [(group.slug, stakeholder_queries.name(group, reader).text) for group in known]


def countries() -> Choices:
    """The countries of ISO 3166-1 by their CLDR names in the page's language, in its order."""
    named = locale().territories
    found = [(c, n) for c, n in named.items() if is_country(c)]
    return sorted(found, key=lambda pair: _plain(pair[1]))


def language_choices(codes: tuple[str, ...]) -> Choices:
    """The languages, each named in itself and in the page's language."""
    return [(code, language_name(code, own=True)) for code in codes]


def may_withhold_name(consultation: Consultation) -> bool:
    """Whether the procedure's terms let an individual withhold the name."""
    return "withhold_name" in _ticks(consultation)


def _ticks(consultation: Consultation) -> tuple[str, ...]:
    said = applied.present(consultation.procedure).terms
    allowed = {
        "withhold_name": said.name_withheld_by,
        "withhold_country": said.country_withheld_by,
    }
    return tuple(name for name, kinds in allowed.items() if RespondentKind.INDIVIDUAL in kinds)


def _plain(name: str) -> str:
    """*name* without accents, for sorting."""
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
