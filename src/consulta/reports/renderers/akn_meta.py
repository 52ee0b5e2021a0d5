"""What an Akoma Ntoso document says of itself: Work, Expression and Manifestation, and who is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from consulta.core.iso639 import alpha_3
from consulta.core.paper import Paper, ResponseBlock
from consulta.reports.renderers.akn_names import Iris, step
from consulta.reports.renderers.plain import link

#: Attributes and elements of our own, where the standard has none.
OURS = "urn:x-consulta:document:1"
_BODY = "#body"
#: Codes of a response that are keywords of its document.
_KEYWORDS = ("country", "group", "channel")


@dataclass(frozen=True, slots=True)
class About:
    """What identifies one document: the day of its Work and of what, language, version, whose it is.

    *address* is its permanent one; *translated* are elements that name its translations.
    """

    dated: str
    occasion: str
    language: str
    version: int
    number: str = ""
    address: str = ""
    author: str = _BODY
    translated: tuple[str, ...] = ()


def tag(name: str, inner: str = "", /, **given: str) -> str:
    """Return an element; attributes that are empty are left out, ``xml_lang`` is ``xml:lang``."""
    named = ((key.strip("_").replace("_", ":"), value) for key, value in given.items() if value)
    opened = name + "".join(f" {key}={quoteattr(value)}" for key, value in named)
    return f"<{opened}>{inner}</{name}>" if inner else f"<{opened}/>"


def of_paper(paper: Paper, iris: Iris, lost: Sequence[dict[str, Any]]) -> str:
    """Return the metadata of the whole document; *lost* are the characters no file can hold."""
    origin = paper.origin
    number = origin.document or origin.number
    about = About(
        origin.dated or paper.dated,
        "closing",
        paper.language,
        origin.edition,
        number,
        origin.address,
    )
    published = tag(
        "publication", date=paper.dated, name="edition", showAs=_title(paper), number=number
    )
    named = tag("references", "".join(_references(paper)), source=_BODY)
    left_out = "".join(
        tag(
            "c:left-out", character=each["sign"].strip("[]"), times=str(each["times"]),
            responses=" ".join(each["where"]),
        )
        for each in lost
    )  # fmt: skip
    more = tag("proprietary", left_out, source=_BODY) if lost else ""
    return tag("meta", _identification(paper, iris, about) + published + named + more)


def of_part(paper: Paper, iris: Iris) -> str:
    """Return the metadata of a part that is no response: tables and lists of a compilation."""
    origin = paper.origin
    about = About(origin.dated or paper.dated, "closing", paper.language, origin.edition)
    return tag("meta", _identification(paper, iris, about))


def of_response(paper: Paper, iris: Iris, block: ResponseBlock, eid: str) -> str:
    """Return the metadata of one response: who sent it, in which language, version, translations."""
    facts, respondent = block.facts, f"{eid}__respondent"
    address = link("", block.href, frozenset())
    about = About(
        facts.received[:10] or paper.origin.dated or paper.dated,
        "received",
        block.language,
        facts.version,
        block.number,
        address,
        f"#{respondent}",
        tuple(_translations(block, eid)),
    )
    name = " ".join(block.respondent.text.split()) or block.number
    reference = tag(
        "TLCReference", eId=respondent, name="respondent", href=address or iris.work, showAs=name
    )
    named = tag("references", reference, source=_BODY)
    return tag("meta", _identification(paper, iris, about) + _classification(block) + named)


def _identification(paper: Paper, iris: Iris, about: About) -> str:
    """Return Work, Expression and Manifestation."""
    work = [tag("FRBRcountry", value=paper.origin.jurisdiction)]
    work += [tag("FRBRnumber", value=about.number)] if about.number else []
    language = tag("FRBRlanguage", language=alpha_3(about.language))
    version = tag("FRBRversionNumber", value=str(about.version)) if about.version else ""
    levels = (
        ("work", (about.dated, about.occasion), about.author, "".join(work)),
        ("expression", (paper.dated, "edition"), about.author, version + language
         + "".join(about.translated)),
        ("manifestation", (paper.dated, "edition"), _BODY,
         tag("FRBRformat", value="application/akn+xml")),
    )  # fmt: skip
    inner = ""
    for level, (day, occasion), author, more in levels:
        alias = about.address if level == "work" else ""
        rows = [
            tag("FRBRthis", value=iris.this(level)),
            tag("FRBRuri", value=getattr(iris, level)),
            tag("FRBRalias", value=alias, name="address") if alias else "",
            tag("FRBRdate", date=day, name=occasion),
            tag("FRBRauthor", href=author, as_="#author"),
        ]
        inner += tag(f"FRBR{level.capitalize()}", "".join(rows) + more)
    return tag("identification", inner, source=_BODY)


def _translations(block: ResponseBlock, eid: str) -> Iterator[str]:
    """Name the languages into which answers are translated beside them, and whether officially."""
    found = {
        (alpha_3(each.text.language), each.status == "official")
        for answer in block.answers
        for each in answer.translations
    }
    for language, official in sorted(found):
        yield tag(
            "FRBRtranslation", href=f"#{eid}", fromLanguage=alpha_3(block.language),
            authoritative=str(official).lower(), pivot=language, by=_BODY,
        )  # fmt: skip


def _classification(block: ResponseBlock) -> str:
    known = ((name, getattr(block.facts, name)) for name in _KEYWORDS)
    rows = [
        tag("keyword", value=value, showAs=value, dictionary=f"#{name}")
        for name, value in known
        if value
    ]
    return tag("classification", "".join(rows), source=_BODY) if rows else ""


def _references(paper: Paper) -> Iterator[str]:
    origin = paper.origin
    place = f"/akn/ontology/organization/{origin.jurisdiction}/{step(origin.body or 'body')}"
    name = origin.body_name or _title(paper)
    yield tag("TLCOrganization", eId="body", href=place, showAs=name)
    yield tag("TLCRole", eId="author", href="/akn/ontology/role/author", showAs="Author")
    for key in _KEYWORDS:
        yield tag("TLCConcept", eId=key, href=f"/akn/ontology/concept/{key}", showAs=key)
    if origin.address:
        name = origin.number or origin.consultation or _title(paper)
        yield tag("TLCProcess", eId="consultation", href=origin.address, showAs=name)


def _title(paper: Paper) -> str:
    return " ".join(paper.title.split()) or paper.running or paper.stem
