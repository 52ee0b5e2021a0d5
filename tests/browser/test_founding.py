"""Beginning in earnest: an institution of one language founds its site and hears its first respondent."""

import re
from datetime import date, timedelta

import pytest

from tests.browser import totp
from tests.browser.site import Site, words
from tests.browser.steps import responds
from tests.browser.walk import Reader

pytestmark = pytest.mark.browser

ADMINISTRATOR = "directrice@ville.example.org"
FOUNDED = {
    "--name": "Ville d’Exemple",
    "--short-name": "Exemple",
    "--languages": "fr",
    "--timezone": "Europe/Paris",
    "--admin-email": ADMINISTRATOR,
    "--stakeholder-groups": "Associations,Habitants",
}
ASKED = "Que manque-t-il au plan vélo ?"


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "ville", command="serve")
    made.run("init", "--data", str(made.data), *(part for pair in FOUNDED.items() for part in pair))
    made.start()
    yield made
    made.stop()


def test_the_authenticator_shows_what_the_standard_says():
    """RFC 6238, appendix B, the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the standard's test key
    assert totp.code(secret, at=59) == "287082"
    assert totp.code(secret, at=1111111109) == "081804"


def test_an_institution_founds_its_site_and_holds_an_open_call(site, walk):
    french = Reader("fr", script=True, width=1280)
    officer, respondent = walk(site, french), walk(site, french, script=False, width=360)
    signs_in_by_a_mailed_code(officer, site)
    sets_up_the_second_factor(officer)
    slug = convenes_an_open_call(officer)
    opens(officer)
    number = responds(
        respondent, slug, "Des arceaux.", email="a@asso.example.org", group="associations"
    )
    assert re.fullmatch(r"1-\d{6}", number)
    respondent.go(f"/fr/consultations/{slug}/register/")
    assert number in respondent.words()
    assert respondent.page.locator("nav.languages a").count() <= 1


def signs_in_by_a_mailed_code(officer, site):
    officer.go("/fr/account/login/?next=/fr/desk/")
    officer.fill(login=ADMINISTRATOR)
    officer.press("main form button[type=submit]")
    mailed = re.search(
        r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", words(site.letter(ADMINISTRATOR)), re.M
    )
    assert mailed, words(site.letter(ADMINISTRATOR))
    officer.fill(code=mailed[1])
    officer.press("main form button[type=submit]")


def sets_up_the_second_factor(officer):
    """Without it the desk stays shut."""
    assert officer.page.url.endswith("/fr/desk/second-factor/")
    officer.press("main a[href$='/totp/activate/']")
    secret = re.search(r"[A-Z2-7]{32}", officer.page.content())
    assert secret
    officer.fill(code=totp.code(secret[0]))
    officer.press("main form button[type=submit]")
    officer.go("/fr/desk/")
    assert officer.page.url.endswith("/fr/desk/")


def convenes_an_open_call(officer):
    """It hangs on no group, no decision and no meeting; its dates are chosen."""
    officer.press("main a[href$='/desk/convene/']")
    officer.press("main a[href='?open-call=1']")
    officer.fill(topic_fr="Le plan vélo", question_1_fr=ASKED)
    officer.fill(closes_on=(date.today() + timedelta(days=30)).isoformat())  # noqa: DTZ011
    officer.press(".actions button[value=save]")
    return officer.page.url.split("#")[0].rstrip("/").rpartition("/")[2]


def opens(officer):
    officer.press("main a[href$='/open/']")
    assert ASKED in officer.words()
    officer.press(".act-form button.button-primary")
    assert officer.page.locator(".state-open").count() >= 1
