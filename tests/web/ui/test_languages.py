"""The address says the language; Django's own spelling never shows."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consulta.web.ui import languages


@pytest.mark.parametrize(("public", "django"), [("zh", "zh-hans"), ("ar", "ar"), ("en", "en")])
def test_codes_translate_both_ways(public: str, django: str) -> None:
    assert (languages.django_code(public), languages.public_code(django)) == (django, public)


def test_six_languages_are_named_in_themselves() -> None:
    assert languages.names() == {
        "ar": "العربية",
        "en": "English",
        "es": "Español",
        "fr": "Français",
        "ru": "Русский",
        "zh": "中文",
    }


def test_only_arabic_is_written_from_the_right() -> None:
    right = [code for code in languages.names() if languages.direction(code) == "rtl"]
    assert right == ["ar"]


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/en/consultations/a/?page=2", "/zh/consultations/a/?page=2"),
        ("/zh/", "/zh/"),
        ("/ar/?next=/en/desk/", "/zh/?next=/en/desk/"),
        ("/feeds/all.atom", "/zh/"),
    ],
)
def test_switching_keeps_the_page_and_its_query(path: str, there: str) -> None:
    assert languages.switch(path, "zh") == there


@pytest.mark.parametrize(("public", "django"), [("zh", "zh-hans"), ("ar", "ar")])
def test_addresses_are_made_in_the_language_spoken(public: str, django: str) -> None:
    with translation.override(django):
        assert reverse("ui:gallery") == f"/{public}/ui/"
        assert reverse("account_login") == f"/{public}/account/login/"


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "/zh/"),
        ("de,fr-CH;q=0.8,en;q=0.5", "/fr/"),
        ("tlh", "/en/"),
        ("", "/en/"),
        ("*;q=0.1, %%%", "/en/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(wanted: str, there: str) -> None:
    answer = Client().get("/", headers={"accept-language": wanted})
    assert (answer.status_code, answer["Location"], answer["Vary"]) == (
        302,
        there,
        "Accept-Language",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ar", "en", "es", "fr", "ru", "zh"])
def test_a_page_says_its_language_and_direction(code: str) -> None:
    answer = Client().get(f"/{code}/ui/", headers={"accept-language": "es"})
    opening = f'<html lang="{code}" dir="{languages.direction(code)}">'
    assert answer["Content-Language"] == code
    assert opening in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/zh-hans/ui/", "/de/ui/", "/nothing/"])
def test_other_prefixes_are_no_pages(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_the_language_of_one_request_does_not_stay_for_the_next() -> None:
    with translation.override("ru"):
        Client().get("/ar/ui/")
        assert translation.get_language() == "ru"
