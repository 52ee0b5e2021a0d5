"""The HTML editions: whole, accessible, escaped, calling for nothing."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from consulta.core.paper import Heading, Paragraph, Span, Table, Words
from consulta.reports.renderers.html import body_html, html
from tests.reports.renderers import hostile, specimens

VOID = {"meta", "br", "rect", "wbr"}


class Outline(HTMLParser):
    """Reads a page: every tag with its attributes, and whether each one is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.open, self.ids = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("language", specimens.LANGUAGES)
def test_a_page_is_well_formed_and_says_its_language_and_direction(language):
    page = Outline(html(specimens.consolidated(language)))
    assert page.open == []
    assert page.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("nav")) == 1
    assert len(page.ids) == len(set(page.ids))


def test_it_calls_for_nothing_from_elsewhere():
    page = Outline(html(specimens.consolidated()))
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [attrs for _, attrs in page.tags if "src" in attrs or "style" in attrs]
    assert "url(" not in html(specimens.consolidated())


def test_the_part_for_a_page_of_the_site_carries_no_style_and_no_first_heading():
    page = Outline(body_html(specimens.consolidated()))
    assert page.tags[0] == ("article", {"class": "paper", "lang": "en", "dir": "ltr"})
    assert not page.all("style")
    assert not page.all("h1")


def test_no_heading_level_is_skipped():
    levels = [
        int(tag[1]) for tag, _ in Outline(html(specimens.consolidated())).tags if tag in HEADINGS
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


HEADINGS = {f"h{level}" for level in range(1, 7)}


def test_a_picture_is_named_by_its_caption_and_its_figures():
    pictures = Outline(html(specimens.consolidated())).all("svg")
    assert pictures
    assert all(re.search(r"—.*\d", attrs["aria-label"]) for attrs in pictures)


def test_only_a_very_long_word_of_a_cell_may_be_broken():
    long, whole = "w" * 40, "Intergovernmental organisations"
    rows = ((Words(long), Words(whole)),)
    page = html(specimens.paper(Table(Words("Who"), (Words("A"), Words("B")), rows)))

    assert f"{'w' * 15}<wbr>{'w' * 15}<wbr>" in page
    assert whole in page


def test_every_answer_names_its_language_and_direction():
    quotes = Outline(html(specimens.compilation(6))).all("blockquote")
    assert {"lang": "ar", "dir": "rtl"} in quotes
    assert {"lang": "zh", "dir": "ltr"} in quotes
    assert {} in quotes  # English, as the page


def test_tables_have_captions_and_named_rows_and_columns():
    page = Outline(html(specimens.consolidated()))
    assert len(page.all("caption")) == len(page.all("table"))
    assert {attrs["scope"] for attrs in page.all("th")} == {"col", "row"}


def test_citations_lead_where_they_should():
    page = Outline(html(specimens.consolidated()))
    targets = [attrs["href"] for attrs in page.all("a")]
    assert "#r-1" in targets
    assert "https://consult.example/en/responses/2/" in targets
    assert {target[1:] for target in targets if target.startswith("#")} <= set(page.ids)


def test_a_paragraph_runs_as_its_longest_part():
    spans = Paragraph(
        (Span(specimens.TEXT["ar"], "ar"), Span("[1]", "en", href="https://a.example/"))
    )
    made = body_html(specimens.paper(Heading(1, Words("x")), spans))
    assert re.search(
        r'<p lang="ar" dir="rtl">.*<a href="https://a.example/" lang="en" dir="ltr">', made
    )


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_the_page_or_runs(name):
    made = html(hostile.everywhere(hostile.TEXTS[name]))
    page = Outline(made)
    assert page.open == []
    assert not page.all("script")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ud800-\udfff\ufffe]", made)
    assert 'href="javascript' not in made
    assert 'href="file' not in made
    made.encode()


def test_an_empty_report_says_so():
    assert "There is nothing to report." in html(specimens.paper())
