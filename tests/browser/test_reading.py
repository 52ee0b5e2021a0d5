"""The reader's story, and every page by the rules of accessibility (WCAG 2.2 AA, checked by axe)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.steps import signs_in
from tests.browser.walk import Reader

pytestmark = pytest.mark.browser

OPEN = "sample-islands-and-remote-areas"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
FOR_ALL = (
    "",
    "consultations/",
    f"consultations/{OPEN}/",
    f"consultations/{OPEN}/responses/",
    f"consultations/{OPEN}/register/",
    f"consultations/{OPEN}/report/",
    f"consultations/{OPEN}/respond/",
    f"consultations/{OPEN}/follow/",
    "consultations/covid-19-and-future-pandemics-2021/",
    "groups/",
    "groups/cwg-internet/",
    "meetings/sample-working-group-1/",
    "clock/",
    "repository/",
    "repository/submit/",
    "search/?q=islands",
    "responses/",
    "mine/lost-link/",
    "account/login/",
    "demo/",
)
AT_THE_DESK = (
    "desk/",
    f"desk/consultations/{OPEN}/",
    f"desk/consultations/{OPEN}/responses/",
    f"desk/consultations/{OPEN}/extend/",
    f"desk/consultations/{OPEN}/report/",
    f"desk/consultations/{OPEN}/report/in/en/questions/1/",
    "desk/convene/?group=sample-working-group",
    "desk/officers/",
    "desk/post/",
    "desk/ledger/",
    "members/",
)


def test_a_reader_goes_by_keyboard_from_the_front_page_to_a_response(demo, reader, walk):
    visitor = walk(demo, reader)
    visitor.go(visitor.home)
    skips_to_the_content(visitor)
    visitor.go(f"{visitor.home}consultations/{OPEN}/responses/")
    filters(visitor)
    finds_a_line_of_the_register(visitor)
    reads_the_record_of_the_past(visitor)
    changes_the_language(visitor)


def skips_to_the_content(visitor):
    """The first stop of the Tab key leads past the navigation; it is seen when it has the focus."""
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator("a.skip")
    assert visitor.page.locator("a.skip:focus").count() == 1
    assert skip.bounding_box()["y"] >= 0
    visitor.page.keyboard.press("Enter")
    assert visitor.page.url.endswith("#content")


def filters(visitor):
    total = int(re.search(r"\d+", ascii_digits(visitor.words("main"))).group())
    assert total >= 1
    if not visitor.page.locator("form[method=get] select[name=language]").first.is_visible():
        visitor.open("main details summary")
    visitor.choose("language", "ar")
    visitor.press("main form[method=get] button[type=submit], main form[method=get] button")
    cards = visitor.page.locator("main article")
    assert cards.count() >= 1
    visitor.press(cards.first.locator("a[href*='/responses/']"))
    assert visitor.page.locator("main [lang=ar][dir=rtl]").count() >= 1


def finds_a_line_of_the_register(visitor):
    """A number typed with Arabic-Indic digits is found like any other."""
    number = visitor.page.url.rstrip("/").rpartition("/")[2]
    visitor.go(f"{visitor.home}responses/")
    field = visitor.page.locator("main input[type=text], main input[name=number]").first
    field.fill(number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    visitor.press("main form button")
    assert number in visitor.page.url


def reads_the_record_of_the_past(visitor):
    """Missed by so many days, as the rule computes it, or not known."""
    visitor.go(f"{visitor.home}consultations/covid-19-and-future-pandemics-2021/")
    assert visitor.page.locator(".verdict-missed").count() >= 1
    assert visitor.page.locator(".verdict-unknown").count() >= 1


def changes_the_language(visitor):
    visitor.press("nav.languages a[hreflang=zh]")
    assert "/zh/consultations/covid-19" in visitor.page.url


def ascii_digits(words):
    return words.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_every_page_keeps_the_rules_of_accessibility(demo, walk, language, width):
    visitor = walk(demo, Reader(language, script=True, width=width))
    wrong = [fault for path in FOR_ALL for fault in faults(visitor, path)]
    signs_in(visitor, "officer@example.org")
    wrong += [fault for path in AT_THE_DESK for fault in faults(visitor, path)]
    assert wrong + faults_of_the_editor(visitor) == []


def faults(visitor, path=None):
    """What axe says is wrong on a page, each with where it stands."""
    if path is not None:
        visitor.go(f"{visitor.home}{path}")
    found = Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.response["passes"], "axe looked at nothing"
    return [
        f"{visitor.page.url}: {rule['id']}: {node['target']}: {node['html'][:120]}"
        for rule in found.response["violations"]
        for node in rule["nodes"][:3]
    ]


def faults_of_the_editor(visitor):
    """One response at the desk, and the form in which a paragraph of the report is written."""
    visitor.go(f"{visitor.home}desk/consultations/{OPEN}/responses/?list=published")
    visitor.press("ul.rows a.rows-title")
    wrong = faults(visitor)
    visitor.go(f"{visitor.home}desk/consultations/{OPEN}/report/in/en/questions/1/")
    visitor.press("form#add button")
    return wrong + faults(visitor)
