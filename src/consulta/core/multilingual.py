"""Words kept in several languages: which of them a reader is shown, and what they are worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Kept as words alone, or with a status: {"en": "Internet"} or {"en": {"text": "…", "status": "…"}}.
Texts = Mapping[str, object]

#: In which order the others are tried, when neither the reader's language nor the original is there.
ORDER = ("en", "fr", "es", "ru", "zh", "ar")


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one language. *status*: original, official, courtesy, machine, or empty."""

    text: str
    language: str
    status: str = ""

    def __str__(self) -> str:
        return self.text


NOTHING = Text("", "")


def choose(texts: Texts, language: str, *, original: str = "") -> Text:
    """Pick the words for a reader of *language*: that one, the original, then any; else NOTHING."""
    for code in (language, original, *ORDER, *sorted(texts)):
        if (found := text_in(texts, code)).text:
            return found
    return NOTHING


def text_in(texts: Texts, language: str) -> Text:
    """Return the words in exactly *language*, NOTHING where they are missing."""
    value = texts.get(language)
    if isinstance(value, Mapping):
        return Text(str(value.get("text", "")), language, str(value.get("status", "")))
    return Text(str(value), language) if value else NOTHING


def missing(texts: Texts, languages: Iterable[str]) -> list[str]:
    """Return those of *languages* in which nothing is written."""
    return [code for code in languages if not text_in(texts, code).text.strip()]
