"""The questionnaire on paper: drawn up in any of the consultation's languages, read when it comes back."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from babel import Locale
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consulta.adapters.questionnaires import reading, tags, writing
from consulta.consultations import options as offering
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.importing import folded
from consulta.core.languages import LANGUAGES, django_code
from consulta.core.questionnaire import Asked, AskedQuestion, FilledIn, Questionnaire
from consulta.core.submission import RespondentKind
from consulta.responses.import_words import vocabulary
from consulta.stakeholders import queries as stakeholder_queries

#: Words that may stand above the answer to the whole, where a file's own fields were lost.
WHOLE = gettext_noop("On the consultation as a whole")
#: What stands above the options of a question; no part of an answer.
ONE = gettext_noop("Put an X before one of these, or before none:")
SEVERAL = gettext_noop("Put an X before each of these that you choose, or before none:")


def document(consultation: Consultation, language: str) -> bytes:
    """The questionnaire of *consultation* as a DOCX file in *language*."""
    with translation.override(django_code(language)):
        return writing.write(_drawn_up(consultation, language))


def read(path: Path, consultation: Consultation) -> FilledIn | None:
    """What a DOCX file says to the questions of *consultation*.

    None where it is no questionnaire, holds no answer, or belongs to another consultation.
    """
    found = opened(path, consultation)
    return None if found is None or found.is_blank else found


def opened(path: Path, consultation: Consultation) -> FilledIn | None:
    """The same of a questionnaire that may be blank: nobody answered anything in it."""
    found = reading.read(path, _headings(consultation))
    if found is None or found.consultation not in ("", consultation.slug):
        return None
    return _with_choices(found, consultation)


def content(found: FilledIn, consultation: Consultation) -> dict[str, Any]:
    """What came back as the content of a draft: codes for what was chosen, words as they are."""
    words = vocabulary(consultation)
    said = found.particulars
    organisation = said.get("organisation", "")
    kind = RespondentKind.ORGANISATION if organisation else RespondentKind.INDIVIDUAL
    kept: dict[str, Any] = {
        "answers": {str(number): text for number, text in found.answers.items()},
        "choices": {str(number): list(slugs) for number, slugs in found.choices.items()},
        "kind": kind.value,
        "organisation": organisation,
        "name": said.get("name", ""),
        "email": said.get("email", ""),
        "stakeholder_group": words.groups.get(folded(said.get("stakeholder_group", "")), ""),
        "country": words.countries.get(folded(said.get("country", "")), ""),
        "language": words.languages.get(folded(said.get("language", "")), found.language),
    }
    return {name: value for name, value in kept.items() if value}


def beneath(kept: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """*new* put to a draft that holds *kept*: nothing typed is replaced, other words stand beneath."""
    whole = {**new, **{name: value for name, value in kept.items() if value}}
    before, after = dict(kept.get("answers", {})), dict(new.get("answers", {}))
    whole["answers"] = {
        number: _both(before.get(number, ""), after.get(number, ""))
        for number in {**before, **after}
    }
    chosen = {n: slugs for n, slugs in kept.get("choices", {}).items() if slugs}
    if chosen or new.get("choices"):
        whole["choices"] = {**new.get("choices", {}), **chosen}
    return whole


def _with_choices(found: FilledIn, consultation: Consultation) -> FilledIn:
    """*found* with the marked options as slugs.

    Where more are marked than may be chosen none is: their words stand above the answer, for a person.
    """
    answers = dict(found.answers)
    choices: dict[int, tuple[str, ...]] = {}
    for question in consultation_queries.questions(consultation):
        places = found.marked.get(question.position, ())
        marked = [option for option in offering.offered(question) if option.position in places]
        if len(marked) <= 1 or question.several:
            choices |= {question.position: tuple(o.slug for o in marked)} if marked else {}
            continue
        words = [offering.text(option, found.language).text for option in marked]
        before = answers.get(question.position, "")
        answers[question.position] = "\n".join([*words, *(["", before] if before else [])])
    return replace(found, answers=answers, choices=choices)


def _both(before: str, after: str) -> str:
    if not before.strip() or before.strip() == after.strip():
        return after or before
    return f"{before}\n\n{after}" if after.strip() else before


def _drawn_up(consultation: Consultation, language: str) -> Questionnaire:
    topic = consultation_queries.topic(consultation, language)
    return Questionnaire(
        consultation=consultation.slug,
        language=language,
        title=_("Questionnaire: %(topic)s") % {"topic": topic.text},
        lead=_lead(consultation),
        particulars_heading=_("Who responds"),
        questions_heading=_("The questions"),
        choose_here=_("One of:"),
        particulars=_particulars(language),
        questions=(
            *(
                _question(question, language)
                for question in consultation_queries.questions(consultation)
            ),
            AskedQuestion(0, _(WHOLE), language),
        ),
    )


def _lead(consultation: Consultation) -> str:
    address = consultation_queries.response_address(consultation)
    if consultation.closes_at is None:
        return _(
            "Answer in any language. Send the file to %(address)s, or upload it to the form on the"
            " consultation's page. An empty field is no answer."
        ) % {"address": address}
    return _(
        "Answer in any language, by %(day)s. Send the file to %(address)s, or upload it to the form"
        " on the consultation's page. An empty field is no answer."
    ) % {"address": address, "day": date_format(consultation.closes_at, "DATE_FORMAT")}


def _particulars(language: str) -> tuple[Asked, ...]:
    groups = tuple(
        (group.slug, stakeholder_queries.name(group, language).text)
        for group in stakeholder_queries.stakeholder_groups()
    )
    named = Locale.parse("zh_Hans" if language == "zh" else language).languages
    languages = tuple((code, str(named.get(code, code))) for code in LANGUAGES)
    return (
        Asked("organisation", _("Organisation (leave empty if you respond for yourself)")),
        Asked("name", _("Your name")),
        Asked("stakeholder_group", _("Stakeholder group"), groups),
        Asked("country", _("Country")),
        Asked("email", _("E-mail address (not published)")),
        Asked("language", _("Language of your answers"), languages),
    )


def _question(question: Any, language: str) -> AskedQuestion:
    text = consultation_queries.question_text(question, language)
    named = [offering.text(option, language) for option in offering.offered(question)]
    return AskedQuestion(
        question.position,
        text.text,
        text.language,
        hint=_(SEVERAL) if question.several else _(ONE),
        options=tuple((words.text, words.language) for words in named),
    )


def _headings(consultation: Consultation) -> dict[str, list[str]]:
    """The words that may stand above each field, in every language."""
    found = {
        str(question.position): list(consultation_queries.question_texts(question).values())
        for question in consultation_queries.questions(consultation)
    }
    for question in consultation_queries.questions(consultation):
        for option in offering.offered(question):
            name = tags.option(question.position, option.position)
            found[name] = [each.text for each in option.texts.all()]
    for language in LANGUAGES:
        with translation.override(django_code(language)):
            found.setdefault("0", []).append(_(WHOLE))
            found.setdefault(tags.HINT, []).extend([_(ONE), _(SEVERAL)])
            for particular in _particulars(language):
                found.setdefault(particular.name, []).append(particular.label)
    return found
