"""What a button of a paragraph's form asks for: rows changed, a passage cited, words quoted."""

from collections.abc import Sequence

from django.http import HttpRequest

from consulta.core import quotation
from consulta.reports import desk, quoting
from consulta.reports.models import Paragraph
from consulta.web.desk.reporting import merging, sentences
from consulta.web.desk.reporting.merging import Base
from consulta.web.desk.reporting.sentences import Row

#: Letters of an answer that is quoted whole when no words were chosen.
WHOLE = 400


def rows(request: HttpRequest, paragraph: Paragraph, typed: list[Row]) -> list[Row]:
    """*typed* as a button changes them; nothing is saved by it. Raises WordsNotFoundError."""
    sent = request.POST
    at = number(sent.get("hand"))
    if "cite" in sent:
        return sentences.citing(typed, sent["cite"][:40], hand=at)
    if "passage" in sent:
        return sentences.citing_passage(typed, _passage(request, paragraph, "passage"), hand=at)
    if "quote" in sent:
        return _quote(request, paragraph, typed)
    if "up" in sent:
        return sentences.moved(typed, number(sent["up"]), -1)
    if "down" in sent:
        return sentences.moved(typed, number(sent["down"]), 1)
    if "out" in sent:
        return sentences.without(typed, number(sent["out"]))
    if "theirs" in sent:
        return sentences.as_saved(typed, number(sent["theirs"]), paragraph.sentences.all())
    return typed


def first(request: HttpRequest, paragraph: Paragraph) -> list[Row]:
    """The rows with which a paragraph begins: what was pressed beside the question."""
    return rows(request, paragraph, []) if {"cite", "passage", "quote"} & set(request.POST) else []


def hand(request: HttpRequest, there: Sequence[Row]) -> int:
    """The place of the sentence in hand, after what was pressed."""
    sent = request.POST
    if "up" in sent:
        return max(0, number(sent["up"]) - 1)
    if "down" in sent:
        return min(number(sent["down"]) + 1, max(0, len(there) - 1))
    return min(number(sent.get("hand")), len(there)) if sent else len(there)


def revision(request: HttpRequest) -> int:
    """The revision that the form was filled in from."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def base(request: HttpRequest, paragraph: Paragraph) -> Base:
    """What stood in the paragraph when the form was filled in; a form that does not say saw it all."""
    if "base" not in request.POST and revision(request) in (0, paragraph.revision):
        return merging.base(sentences.of(paragraph.sentences.all()))
    return merging.read(request.POST.get("base", ""))


def words(request: HttpRequest) -> dict[int, str]:
    """What was typed as the words of a passage, by the answer: shown again, whatever happens."""
    return {
        number(name.removeprefix("words-")): request.POST[name][: quotation.LONGEST]
        for name in request.POST
        if name.startswith("words-") and request.POST[name].strip()
    }


def look(request: HttpRequest) -> desk.Look:
    """What is looked for beside: the form carries it, so that looking loses nothing typed."""
    typed = request.POST or request.GET
    here = number(typed.get("beside_page")) if "look" not in typed else 1
    return desk.Look(
        words=typed.get("words", "")[:200],
        group=typed.get("group", "")[:50],
        page=min(max(1, number(typed.get("turn")) or here), 10_000),
    )


def number(typed: str | None) -> int:
    """A number as a form sends it; 0 where it is none."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0


def _quote(request: HttpRequest, paragraph: Paragraph, typed: list[Row]) -> list[Row]:
    """The words between marks in the sentence in hand, and the passage that they come from."""
    passage = _passage(request, paragraph, "quote")
    translated = request.POST.get(f"said-{passage.answer}", "")[: quotation.LONGEST].strip()
    quoted = quoting.sentence(passage.quote, language=paragraph.language, translated=translated)
    at = number(request.POST.get("hand"))
    return sentences.citing_passage(typed, passage, hand=at, quoted=quoted)


def _passage(request: HttpRequest, paragraph: Paragraph, button: str) -> quoting.Passage:
    """The passage whose words were typed; a short answer as a whole where none were."""
    answer = number(request.POST[button])
    chosen = request.POST.get(f"words-{answer}", "")[: quotation.LONGEST]
    consultation = paragraph.consultation
    if chosen.strip():
        return quoting.passage(consultation, answer, chosen)
    return quoting.whole(consultation, answer, longest=WHOLE)
