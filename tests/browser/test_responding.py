"""The stakeholder's story, in a real browser: write, save, come back, add a file, send, confirm."""

import re

import pytest

from tests.browser.site import link, words

pytestmark = pytest.mark.browser

OPEN = "sample-islands-and-remote-areas"
FILE = {
    "name": "annex of the sample response.txt",
    "mimeType": "text/plain",
    "buffer": b"An annex with two lines.\nThe second one.\n",
}
SAID = {
    "en": "Community networks need licences that fit them.",
    "ar": "تحتاج الشبكات المجتمعية إلى تراخيص تناسبها.",
}


def test_a_stakeholder_responds_without_an_account(demo, reader, walk):
    visitor = walk(demo, reader)
    address = f"respondent-{reader}@example.org".replace(" ", "-")
    begins_from_the_front_page(visitor)
    saves_and_comes_back(visitor)
    adds_a_file(visitor)
    says_who_responds(visitor, address)
    number = sends_by_a_double_click(visitor)
    private_page = visitor.page.url
    goes_back_and_sends_again(visitor, number)
    confirms_by_the_mailed_button(visitor, demo.letter(address, saying="/confirm/"), number)
    sees_where_it_is(visitor, private_page, number)
    stands_in_the_register(walk(demo, reader), number)


def begins_from_the_front_page(visitor):
    visitor.go(visitor.home)
    visitor.press(f"main a[href='{visitor.home}consultations/{OPEN}/']")
    visitor.press(f"main a[href$='/consultations/{OPEN}/respond/']")
    assert visitor.page.locator("textarea[name^='answer-']").count() == 6


def saves_and_comes_back(visitor):
    visitor.fill(answer__1=SAID[visitor.reader.language], answer__3="50 km")
    visitor.press(".save-bar button[value=save]")
    back = visitor.first(".return-link .address a").get_attribute("href")
    assert back == visitor.page.url.split("?")[0]
    visitor.go(visitor.home)
    visitor.go(back)
    kept = visitor.page.locator("[name=answer-1]")
    assert kept.input_value() == SAID[visitor.reader.language]
    assert kept.get_attribute("dir") == visitor.page.locator("html").get_attribute("dir")


def adds_a_file(visitor):
    visitor.page.locator("#id_files").set_input_files(FILE)
    visitor.press("button[value=add]")
    assert FILE["name"] in visitor.words(".file-list")


def says_who_responds(visitor, address):
    """A mistake is named beside its field, and nothing that was typed is gone."""
    visitor.choose("kind", "organisation")
    visitor.fill(organisation="Sample Island Network", name="A. Sample", email="not-an-address")
    visitor.choose("stakeholder_group", "civil-society")
    visitor.choose("country", "FJ")
    visitor.press("button[value=check]")
    wrong = visitor.page.locator("[name=email]")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert visitor.page.locator(".error-summary a[href='#id_email']").count() == 1
    assert visitor.page.locator("[name=organisation]").input_value() == "Sample Island Network"
    visitor.fill(email=address)
    visitor.press("button[value=check]")
    shown = visitor.words()
    for part in (SAID[visitor.reader.language], FILE["name"], "Sample Island Network", address):
        assert part in shown
    assert visitor.page.locator(".terms li").count() == 4


def sends_by_a_double_click(visitor):
    visitor.press("form[data-once] button", twice=True)
    visitor.page.wait_for_url("**/mine/**")
    number = visitor.words(".receipt-number")
    assert re.fullmatch(r"1-\d{6}", number)
    assert re.fullmatch(r"[0-9a-f]{64}", visitor.words("code.fingerprint"))
    return number


def goes_back_and_sends_again(visitor, number):
    """However often it is sent, it is one response with one number."""
    fingerprint = visitor.words("code.fingerprint")
    visitor.page.go_back()
    again = "form[data-once] button, main form button.button-primary"
    visitor.press(again)
    if "/mine/" not in visitor.page.url:
        visitor.press(again)
    assert visitor.words(".receipt-number") == number
    assert visitor.words("code.fingerprint") == fingerprint


def confirms_by_the_mailed_button(visitor, letter, number):
    """The mail holds the number and the button, and not a word of the response."""
    assert number in words(letter)
    assert SAID[visitor.reader.language] not in words(letter)
    visitor.go(link(letter, "/confirm/"))
    visitor.press("main form button")
    assert visitor.page.locator("main form").count() == 0
    visitor.press(f"main a[href='{visitor.home}responses/{number}/']")
    assert number in visitor.words()


def sees_where_it_is(visitor, private_page, number):
    visitor.go(private_page)
    assert visitor.page.locator("form[action$='/confirmation/']").count() == 0
    assert visitor.page.locator(".where-now .state-accepted").count() == 1
    assert visitor.page.locator(".history li").count() >= 2


def stands_in_the_register(somebody, number):
    """Whoever holds a receipt finds its line, and no address of anybody."""
    somebody.go(f"{somebody.home}responses/{number}/")
    assert number in somebody.words()
    assert "@example.org" not in somebody.page.content()
