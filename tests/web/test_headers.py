"""What every answer tells the browser: run nothing foreign, guess nothing, keep nothing private."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path

from tests.web.record import _own_data_folder, client, places  # noqa: F401
from tests.web.test_every_url import EVERYONE, MAY, PRIVATE

pytestmark = pytest.mark.django_db

#: Nothing but what the site itself sends; no script or style written into a page.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
PERSONAL = sorted(set(MAY) - {name for name, who in MAY.items() if who == EVERYONE})
FOR_ALL = sorted(set(MAY) - set(PERSONAL) - PRIVATE)
#: A file of somebody else is opened as a stranger: it runs nothing and reads nothing of the site.
FILES = (
    "default-src 'none'; sandbox",
    "default-src 'none'; style-src 'unsafe-inline'; sandbox",
)
#: Pages with a form that needs a token: the cookie of the token, and nothing else.
WITH_TOKEN = {
    "public:demo_accounts",
    "public:follow",
    "public:follow_everything",
    "public:follow_group",
    "public:list_new",
    "public:list_reply",
    "public:list_space_discuss",
    "public:list_space_new",
    "public:list_space_subscribe",
    "public:list_subscribe",
    "public:lost_link",
    "public:practice_submit",
    "public:registration",
}


def broken(_request):
    raise ValueError("a mistake of ours")


def forbidden(_request):
    raise PermissionDenied


def suspicious(_request):
    raise SuspiciousOperation


urlpatterns = [
    path("en/broken/", broken),
    path("en/forbidden/", forbidden),
    path("en/suspicious/", suspicious),
]


def policy(answer):
    """The policy of an answer, by directive."""
    parts = answer.get("Content-Security-Policy", "").split(";")
    return {name: rest for name, _blank, rest in (part.strip().partition(" ") for part in parts)}


def each(names, who, places):  # noqa: F811
    """Every address of *names* as *who* sees it."""
    reader = client(who)
    for name in names:
        answer = reader.get(places.path(name))
        yield name, answer
        answer.close()


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_every_page_has_the_strict_policy(places, who):  # noqa: F811
    for name, answer in each(MAY, who, places):
        said = answer.get("Content-Security-Policy")
        is_file = answer.streaming or not answer.get("Content-Type", "").startswith("text/html")
        assert policy(answer) == POLICY or (is_file and said in FILES), (name, said)


@pytest.mark.parametrize("where", ["nowhere", "broken", "forbidden", "suspicious"])
def test_a_page_about_a_fault_is_no_exception(where):
    with override_settings(
        ROOT_URLCONF="tests.web.test_headers" if where != "nowhere" else settings.ROOT_URLCONF
    ):
        answer = Client(raise_request_exception=False).get(f"/en/{where}/")
    assert answer.status_code in (400, 403, 404, 500)
    assert policy(answer) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "<style" not in answer.content.decode()


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_no_browser_guesses_a_type_or_frames_a_page(places, who):  # noqa: F811
    found = {
        name: (answer.get("X-Content-Type-Options"), answer.get("X-Frame-Options"))
        for name, answer in each(MAY, who, places)
    }
    assert {name: how for name, how in found.items() if how != ("nosniff", "DENY")} == {}


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_no_script_no_style_no_foreign_address_is_written_into_a_page(places, who):  # noqa: F811
    found = {}
    for name, answer in each(MAY, who, places):
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.getvalue().decode()
            wrong = re.findall(
                r"<style|<script(?![^>]* src=)|\son\w+=\"|\sstyle=|javascript:", page
            )
            wrong += re.findall(r"(?:src|action)=\"(?:https?:)?//[^\"]*", page)
            wrong += re.findall(r"<link[^>]+href=\"(?:https?:)?//[^\"]*", page)
            found |= {name: wrong} if wrong else {}
    assert found == {}


def test_private_links_are_told_to_nobody_and_kept_by_nobody(places):  # noqa: F811
    for name, answer in each(sorted(PRIVATE), "anonymous", places):
        if answer.status_code == 405:
            continue  # an act that is only sent
        assert answer["Referrer-Policy"] == "no-referrer", name
        assert "no-store" in answer["Cache-Control"], name
        assert "noindex" in answer["X-Robots-Tag"], name


def test_other_pages_tell_their_address_to_no_other_site(places):  # noqa: F811
    said = {name: answer["Referrer-Policy"] for name, answer in each(FOR_ALL, "anonymous", places)}
    assert {
        name: how for name, how in said.items() if how not in ("same-origin", "no-referrer")
    } == {}


def test_what_only_some_may_see_is_kept_by_no_cache(places):  # noqa: F811
    """A page by none at all, a file by none that others use."""
    kept = {}
    for name, answer in each(PERSONAL, "administrator", places):
        said = answer.get("Cache-Control", "")
        if "private" not in said or not (answer.streaming or "no-store" in said):
            kept[name] = said
    assert kept == {}


def test_a_reader_gets_no_cookie(places):  # noqa: F811
    given = {
        name: sorted(answer.cookies)
        for name, answer in each(FOR_ALL, "anonymous", places)
        if not name.startswith("account_") and answer.cookies
    }
    assert given == {name: [settings.CSRF_COOKIE_NAME] for name in WITH_TOKEN}


def test_a_browser_is_bound_to_https_only_where_the_site_has_it():
    plain = Client().get("/robots.txt")
    assert "Strict-Transport-Security" not in plain
    with override_settings(SECURE_HSTS_SECONDS=31536000):
        bound = Client().get("/robots.txt", secure=True)
        unbound = Client().get("/robots.txt")
    assert bound["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in unbound
