"""Every word that users see can be read in all six languages, and says the same thing in each."""

import json
import shutil
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale

import build_catalogues
import catalogues

TEMPLATE = """
{% load i18n %}
  {% translate "Plain" %} {% translate "May" context "month" as month %}
      {% blocktranslate trimmed with name=person.name %}
        Dear {{ name }},
        100% sure
      {% endblocktranslate %}
  {% blocktranslate trimmed count n=total %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}
  {% if day == _("Monday") %}<b title="a 'quote'">not marked</b>{% endif %}
"""
PYTHON = """
def words(n):
    _("One " "piece")
    pgettext_lazy("verb", "Order")
    npgettext("mail", "%(n)s letter", "%(n)s letters", n)
"""
LETTERS = ("%(n)s letter", "%(n)s letters")


def identity(message):
    return (message.context, *catalogues.english(message))


def identities(catalogue):
    return {identity(message) for message in catalogues.messages(catalogue)}


@pytest.fixture(scope="module")
def source():
    return identities(catalogues.gathered())


@pytest.fixture
def place(tmp_path) -> Path:
    """A small program with words of every kind, and an empty folder for its catalogues."""
    templates = tmp_path / "program" / "templates"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(TEMPLATE)
    (tmp_path / "program" / "words.py").write_text(PYTHON)
    catalogues.update(tmp_path / "program", tmp_path / "locale")
    return tmp_path


def filled(place, language, words):
    return catalogues.fill(language, words, place / "locale")


# What is in the repository


def test_the_catalogues_are_those_of_the_languages_offered():
    offered = {to_locale(code) for code, _ in settings.LANGUAGES} - {"en"}

    assert set(catalogues.LANGUAGES) == offered
    assert {path.parts[-3] for path in build_catalogues.LOCALE.rglob("*.po")} == offered


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_word_of_the_source_is_absent_from_a_catalogue(language, source):
    absent = source - identities(catalogues.load(language))

    assert absent == set(), "run: make messages"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_is_translated(language, source):
    left = catalogues.untranslated(catalogues.load(language))

    assert [catalogues.key(message) for message in left if identity(message) in source] == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_translation_keeps_placeholders_tags_and_plural_forms(language):
    catalogue = catalogues.load(language)
    faults = {
        catalogues.key(message): catalogues.fault(message, message.string, catalogue)
        for message in catalogues.messages(catalogue)
        if any(catalogues.forms(message))
    }

    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_catalogue_states_its_plural_rule(language):
    number, rule = catalogues.PLURALS[language]
    catalogue = catalogues.load(language)

    assert (catalogue.num_plurals, catalogue.plural_expr) == (number, f"({rule})")
    assert {len(catalogues.forms(m)) for m in catalogues.messages(catalogue) if m.pluralizable} == {
        number
    }


def test_every_catalogue_compiles_and_is_read_back(tmp_path):
    shutil.copytree(build_catalogues.LOCALE, tmp_path, dirs_exist_ok=True)

    for compiled in build_catalogues.compile_all(tmp_path):
        with compiled.open("rb") as file:
            assert GNUTranslations(file).info()["language"] == compiled.parts[-3]


# How words are gathered


def test_words_of_templates_and_python_are_found_with_context_and_plural(place):
    assert identities(catalogues.load("fr", place / "locale")) == {
        (None, "Plain"),
        ("month", "May"),
        (None, "Dear %(name)s, 100%% sure"),
        (None, "%(n)s file", "%(n)s files"),
        (None, "Monday"),
        (None, "One piece"),
        ("verb", "Order"),
        ("mail", *LETTERS),
    }


def test_gathering_again_changes_no_byte(place):
    before = catalogues.po_path("ar", place / "locale").read_bytes()
    catalogues.update(place / "program", place / "locale")

    assert catalogues.po_path("ar", place / "locale").read_bytes() == before
    assert b"POT-Creation-Date" not in before


def test_changed_english_is_untranslated_and_the_rest_stays(place):
    filled(place, "fr", {"One piece": "D’un seul tenant", "Plain": "Simple"})
    words = place / "program" / "words.py"
    words.write_text(PYTHON.replace("piece", "pieces"))
    catalogues.update(place / "program", place / "locale")

    catalogue = catalogues.load("fr", place / "locale")
    assert catalogue["Plain"].string == "Simple"
    assert (catalogue["One pieces"].string, "One piece" in catalogue) == ("", False)


# How translators hand them in


def test_what_is_missing_can_be_filled_in_as_json(place):
    words = catalogues.missing("ru", place / "locale")

    assert words["verb\x04Order"] == ""
    assert words["mail\x04%(n)s letter"] == ["", "", ""]
    assert words["//"]["plural"]["mail\x04%(n)s letter"] == "%(n)s letters"
    assert words["//"]["where"]["verb\x04Order"] == "program/words.py"

    words |= {
        "verb\x04Order": "Заказать",
        "mail\x04%(n)s letter": ["%(n)s а", "%(n)s б", "%(n)s в"],
    }
    assert filled(place, "ru", json.loads(json.dumps(words))) == []
    assert len(catalogues.untranslated(catalogues.load("ru", place / "locale"))) == 6


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("Dear %(name)s, 100%% sure", "Cher %(nom)s, sûr à 100 %%", "placeholders differ"),
        ("Dear %(name)s, 100%% sure", "Cher %(name)s, sûr à 100 %", "percent signs differ"),
        ("Dear %(name)s, 100%% sure", "Cher %(name), sûr à 100 %%", "placeholders differ"),
        ("Plain", "<b>Simple</b>", "HTML tags differ"),
        ("Plain", "Simple\n", "line breaks"),
        ("Plain", ["Simple", "Simples"], "one text is wanted"),
        ("%(n)s file", "%(n)s fichiers", "a list of plural forms is wanted"),
        ("%(n)s file", ["%(n)s fichiers"], "2 texts are wanted"),
        ("%(n)s file", ["un fichier", "%(n)s fichiers"], "placeholders differ"),
        ("Plane", "Avion", "no such message"),
    ],
)
def test_a_translation_that_would_break_is_refused(place, name, value, why):
    (refused,) = filled(place, "fr", {name: value})

    assert why in refused
    assert len(catalogues.untranslated(catalogues.load("fr", place / "locale"))) == 8


def test_a_form_for_one_number_alone_may_leave_the_number_out(place):
    many = ["%(n)s ملفات", "%(n)s ملفا", "%(n)s ملف"]

    assert filled(place, "ar", {"%(n)s file": ["لا ملفات", "ملف واحد", "ملفان", *many]}) == []
    assert filled(place, "es", {"%(n)s file": ["un fichero", "%(n)s ficheros"]}) == []
    assert filled(place, "ru", {"%(n)s file": ["один файл", "%(n)s файла", "%(n)s файлов"]}) != []
