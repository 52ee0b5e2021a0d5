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
    r"(?:\b(?:tel|tél|phone|telephone|téléphone|teléfono|mob(?:ile)?|móvil|cel(?:l|ular)?|portable|fax"
    r"|whatsapp|тел|телефон(?:а|у)?|моб|факс)\b\.?|电话|電話|手机|传真|هاتف|تلفون|جوال|فاكس)"
    r"(?:\s(?:number|no|nr|numéro|número|номер|n°|№)\b\.?|号码|號碼)?\s?([:：.]?)\s?"
    r"(\+?\(?\d[\d \t().\u2011/-]{5,20}\d)",
    re.IGNORECASE,
)
_BETWEEN = r"[\s().\u2011\u2013/-]{1,3}"
#: Years, from one to another, as 2019-2022 or 2019/20: eight digits, as many telephone numbers have.
_YEARS = re.compile(rf"\(?(?:19|20)\d\d(?:{_BETWEEN}(?:(?:19|20)\d\d|\d\d(?=\)?$)))+\)?")
_DAY = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])"
)
#: A number written by thousands; no telephone number has nothing but noughts behind its first group.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ \t.])\d{3})(?:\1\d{3})*")
_ROUND = re.compile(r"[1-9]\d{0,2}(?:[ \t.]0{3})+")
#: What is counted, within three words behind a number by thousands; without bounds in Chinese and Arabic.
_UNIT = re.compile(
    r"\s?%|(?:\s\w+){0,2}\s(?:users?|subscribers?|subscriptions?|customers?|people|persons?|lines?"
    r"|connections?|handsets?|phones?|devices?|households?|inhabitants?|million|billion|usd|eur|chf"
    r"|utilisateurs?|abonn\w+|clients?|personnes?|lignes?|habitants?|ménages?|usuarios?|abonados?"
    r"|suscriptor\w*|clientes?|personas?|líneas?|habitantes?|hogares?|millones|пользовател\w+"
    r"|абонент\w*|клиент\w*|человек|людей|лини\w+|жител\w+|домохозяйств\w*|руб\w*)\b"
    r"|\s?(?:名|个|位|户|万|亿|人)|\s?(?:مليون|مستخدم|مشترك|شخص|خط|أسرة)",
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
    for found in matcher:
        if not _is_something_else(text, (found.start, found.end)):
            yield Passage(found.start, found.end, "telephone")
    for said in _LABELLED.finditer(text):
        if not _is_something_else(text, said.span(2), is_announced=bool(said[1])):
            yield Passage(*said.span(2), "telephone")


def _is_something_else(text: str, span: tuple[int, int], *, is_announced: bool = False) -> bool:
    """Whether the digits at *span* are years, a day or a count.

    *is_announced*: a colon or a point stands before them, behind which 2019-2022 is a number to call.
    """
    digits, behind = text[slice(*span)], text[span[1] : span[1] + 60]
    if _DAY.fullmatch(digits) or _ROUND.fullmatch(digits):
        return True
    if _YEARS.fullmatch(digits):
        return not is_announced
    return bool(_THOUSANDS.fullmatch(digits) and _UNIT.match(behind))


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
