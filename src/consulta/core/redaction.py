"""Redaction: finding what a public text should not show, and leaving it out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

#: Stands where a passage was left out: an ellipsis in brackets reads in every language.
OMISSION = "[…]"
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_SIGN_OFF = re.compile(
    r"(?:-- ?|(?:kind |best |warm )?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)"
    r"|cordialement|salutations distinguées|atentamente|cordialmente|saludos cordiales"
    r"|с уважением|此致|敬礼|顺颂商祺|مع (?:خالص )?(?:التحية|التقدير)|وتفضلوا بقبول فائق الاحترام)"
    r"[\s,.،，。!]*",
    re.IGNORECASE,
)
#: A number behind the word for it, in the six languages: seen also where its country is not known.
_LABELLED = re.compile(
    r"(?:\b(?:tel|tél|phone|telephone|téléphone|teléfono|mob(?:ile)?|móvil|cell|portable|fax"
    r"|тел|телефон|моб|факс)\b\.?|电话|電話|手机|传真|هاتف|جوال|فاكس)\s?[:：.]?\s?"
    r"(\+?\(?\d[\d \t().\u2011/-]{5,20}\d)",
    re.IGNORECASE,
)
SIGNATURE_LINES = 8  # a block longer than this is text, not a signature


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text in Unicode code points, *end* excluded. *kind*: email, telephone, signature."""

    start: int
    end: int
    kind: str


def find(text: str, *, country: str = "") -> tuple[Passage, ...]:
    """What in *text* looks like an e-mail address, a telephone number or a signature block.

    *country* (ISO 3166-1 alpha-2) lets national numbers without a prefix be seen.
    """
    found = [*_emails(text), *_telephones(text, country), *_signatures(text)]
    return tuple(_without_overlap(sorted(found, key=lambda p: (p.start, -p.end))))


def _emails(text: str) -> Iterator[Passage]:
    return (Passage(m.start(), m.end(), "email") for m in _EMAIL.finditer(text))


def _telephones(text: str, country: str) -> Iterator[Passage]:
    matcher = phonenumbers.PhoneNumberMatcher(
        text, country or None, leniency=phonenumbers.Leniency.VALID
    )
    yield from (Passage(m.start, m.end, "telephone") for m in matcher)
    yield from (Passage(*m.span(1), "telephone") for m in _LABELLED.finditer(text))


def _signatures(text: str) -> Iterator[Passage]:
    lines = text.split("\n")
    for index in range(max(0, len(lines) - SIGNATURE_LINES), len(lines) - 1):
        following = lines[index + 1 :]
        if _SIGN_OFF.fullmatch(lines[index].strip() or "x") and any(s.strip() for s in following):
            start = sum(len(line) + 1 for line in lines[: index + 1])
            yield Passage(start, len(text), "signature")
            return


def _without_overlap(passages: Iterable[Passage]) -> Iterator[Passage]:
    end = 0
    for passage in passages:
        if passage.start >= end:
            yield passage
            end = passage.end


def apply(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """*text* with each span (start, end in code points) replaced by :data:`OMISSION`."""
    kept, end = [], 0
    for start, stop in sorted(spans):
        if stop <= end:
            continue
        kept.append(text[end : max(start, end)])
        if start >= end:
            kept.append(OMISSION)
        end = stop
    return "".join([*kept, text[end:]])
