"""What pages show of a brief summary: the text to read, its editions, and what they are worth."""

from dataclasses import dataclass

from consulta.reports.models import Edition
from consulta.reports.summary_queries import Shown
from consulta.web.public.shown import editions as shown_editions
from consulta.web.public.shown.editions import Released


@dataclass(frozen=True, slots=True)
class Reading:
    """The edition that the page shows. *status*: of a translation; empty for the text itself."""

    edition: Edition
    body: str
    status: str


def reading(said: Shown, language: str) -> Reading:
    """Choose a translation in *language*, else the text as it was put to those present."""
    translated = {t.edition.language: t for t in said.translations}
    found = translated.get(language)
    if found is None or said.agreement.edition.language == language:
        edition = said.agreement.edition
        return Reading(edition, shown_editions.on_page(edition), "")
    return Reading(found.edition, shown_editions.on_page(found.edition), found.status)


def editions(said: Shown) -> list[Released]:
    """The text that was put, and its translations, each with its files."""
    given = [said.agreement.edition, *(t.edition for t in said.translations)]
    return shown_editions.released(given)
