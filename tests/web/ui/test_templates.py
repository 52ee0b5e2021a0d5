"""Every template and style sheet keeps the rules of the design language."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

WEB = settings.PACKAGE / "web"
TEMPLATES = sorted(WEB.glob("**/templates/**/*.html"))
STYLES = sorted(WEB.glob("**/static/**/*.css"))
SCRIPTS = sorted(WEB.glob("**/static/**/*.js"))

FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a load from another host": re.compile(
        r"<(?:link|script|img|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
    "an address that is a script": re.compile(r"javascript:", re.I),
    "htmx code": re.compile(r"\shx-on|\shx-vals=[\"']js:", re.I),
}
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|[{;]\s*(?:left|right|top|bottom)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)|[{;]\s*(?:width|height)\s*:"
)


def named(path: Path) -> str:
    return str(path.relative_to(WEB))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_nothing_that_the_security_policy_forbids(path: Path) -> None:
    source = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<script>x()</script>",
        '<a onclick="x()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//example.org/x.png">',
    ],
)
def test_the_rules_catch_what_they_are_for(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_compiles_and_is_short(path: Path) -> None:
    get_template(str(path).split("/templates/", 1)[1])
    assert len(path.read_text().splitlines()) < 60


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_styles_know_no_left_and_right_and_load_nothing(path: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert PHYSICAL.findall(source) == []
    assert "url(" not in source
    assert "@import" not in source


def test_the_styles_of_every_page_together_are_small() -> None:
    shared = [path for path in STYLES if "ui" in path.parts[-4:]]
    assert 30_000 < sum(path.stat().st_size for path in shared) < 40_000


def test_no_audience_adds_much_style_of_its_own() -> None:
    own = [path.stat().st_size for path in STYLES if "ui" not in path.parts[-4:]]
    assert own
    assert max(own) < 10_000


def test_scripts_are_small_and_call_nobody() -> None:
    for path in SCRIPTS:
        assert path.stat().st_size < 10_000
        assert not re.search(r"https?://|\beval\(|innerHTML|\.style\b", path.read_text())


def test_every_component_is_described() -> None:
    description = (settings.PACKAGE.parents[1] / "docs" / "design-language.md").read_text()
    components = (WEB / "ui" / "templates" / "ui" / "components").glob("*.html")
    parts_of_others = {
        "messages",
        "site_header",
        "site_footer",
        "language_switcher",
        "side_links",
        "timetable_row",
    }
    missing = {path.stem for path in components if f"`{path.stem}`" not in description}
    assert missing == parts_of_others
