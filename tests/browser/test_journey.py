"""One consultation in a real browser: from the group's decision to the delivered report."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser.steps import confirms, responds, signs_in

pytestmark = pytest.mark.browser

TELEPHONE = "+41 22 730 51 11"
AGREES = f"Shared cables lower the price. Ask us at {TELEPHONE}."
STRAYS = "Buy our watches, they are cheap."
SENTENCE = {"en": "Shared cables lower the price.", "ar": "الكابلات المشتركة تخفض الأسعار."}


def test_a_consultation_runs_from_decision_to_delivery(demo, reader, walk):
    officer, visitor = walk(demo, reader), walk(demo, reader)
    signs_in(officer, "officer@example.org")
    slug = convenes_from_the_decision(officer)
    opens(officer, slug)
    address = f"coral-{reader}@example.org".replace(" ", "-")
    agrees = responds(visitor, slug, AGREES, email=address)
    private_page = visitor.page.url
    confirms(visitor, demo, address)
    strays = responds(visitor, slug, STRAYS, email=f"watches-{address}")
    redacts(officer, slug, agrees)
    publishes(officer, agrees)
    declines(officer, strays, demo=demo, author=f"watches-{address}")
    is_read_by_everyone(visitor, slug, agrees, strays)
    extends(officer, visitor, slug)
    demo.script("closing", slug)
    writes_the_report(officer, slug, agrees)
    for kind in ("consolidated", "compilation"):
        freezes_and_releases(officer, slug, kind)
    the_report_is_read(visitor, slug, agrees)
    the_response_says_where_it_went(visitor, agrees, private_page)
    delivers(officer, visitor, slug, number=agrees)


def convenes_from_the_decision(officer):
    """A question more and one less, dates computed, a draft saved; its slug."""
    officer.go(f"{officer.home}desk/")
    officer.press("main a[href$='/desk/convene/']")
    officer.press("main a[href^='?decision=']")
    officer.fill(
        topic_en=f"Sample: shared cables ({officer.reader})", topic_ar="عينة: كابلات مشتركة"
    )
    officer.fill(question_1_en="What helps?", question_1_ar="ما الذي يساعد؟")
    officer.fill(question_3_en="What hinders?")
    officer.press("button[value=remove-2]")
    officer.press("button[value=add]")
    officer.press("section button[value=compute]")
    assert officer.page.locator("[name=question_2_en]").input_value() == "What hinders?"
    assert officer.page.locator("#timetable .verdict, #timetable time").count() >= 3
    officer.press(".actions button[value=save]")
    return urlsplit(officer.page.url).path.rstrip("/").rpartition("/")[2]


def opens(officer, slug):
    """What will be announced is shown once more; dates outside the rule need a reason."""
    officer.press("main a[href$='/open/']")
    if officer.page.locator("[name=reason]").count():
        officer.fill(reason="The next meeting is near.")
    officer.press(".act-form button.button-primary")
    assert officer.page.locator(".state-open").count() >= 1
    assert officer.page.locator("main a[href$='/edit/']").count() == 0
    assert slug in officer.page.url


def redacts(officer, slug, number):
    """The rules marked the telephone number; a person leaves it out."""
    officer.go(f"{officer.home}desk/")
    officer.press(f"section.tasks a[href*='/{slug}/responses/']")
    officer.go(f"{officer.home}desk/responses/{number}/")
    assert officer.words(".answer mark") == TELEPHONE
    officer.press("form[action$='/marks/'] button")
    assert officer.page.locator("form[action$='/marks/']").count() == 0


def publishes(officer, number):
    officer.go(f"{officer.home}desk/responses/{number}/")
    officer.press("form[action$='/act/publish/'] button")


def declines(officer, number, *, demo, author):
    """With a ground of the list and a reason in words; the author is told both."""
    officer.go(f"{officer.home}desk/responses/{number}/")
    act = "details:has(form[action$='/act/decline/'])"
    officer.open(f"{act} summary")
    ground = officer.page.locator(f"{act} [name=ground]")
    if ground.first.get_attribute("type") == "radio":
        officer.page.locator(f"{act} [name=ground][value=off_topic]").check()
    else:
        ground.select_option("off_topic")
    officer.page.locator(f"{act} [name=reason]").fill("It is an advertisement.")
    officer.press(f"{act} form button[type=submit]")
    assert number in demo.letter(author, saying="It is an advertisement.")["Subject"]


def is_read_by_everyone(visitor, slug, published, declined):
    visitor.go(f"{visitor.home}consultations/{slug}/")
    visitor.press("nav.tabs a[href$='/responses/']")
    visitor.press(f"main a[href$='/responses/{published}/']")
    assert "Shared cables lower the price." in visitor.words()
    assert TELEPHONE not in visitor.page.content()
    visitor.go(f"{visitor.home}responses/{declined}/")
    assert STRAYS not in visitor.page.content()
    assert visitor.page.locator("main .state-declined").count() == 1
    visitor.go(f"{visitor.home}consultations/{slug}/register/")
    assert {published, declined} <= set(visitor.words().split())


def extends(officer, visitor, slug):
    """The new date is judged before it is announced; the old one stays in public."""
    officer.go(f"{officer.home}desk/consultations/{slug}/extend/")
    old = officer.page.locator("main .meta time").first.get_attribute("datetime")[:10]
    new = (date.fromisoformat(old) + timedelta(days=7)).isoformat()
    officer.fill(to=new, reason="A storm cut the cables of two islands.")
    officer.press("button[value=look]")
    officer.press("button[value=extend]")
    visitor.go(f"{visitor.home}consultations/{slug}/")
    due = visitor.page.locator("tr#responses_due, #responses_due")
    assert due.locator(f"s time[datetime^='{old}']").count() == 1
    assert due.locator(f"time[datetime^='{new}']").count() >= 1
    assert "A storm cut the cables of two islands." in visitor.words()


def writes_the_report(officer, slug, number):
    """A number that nobody has is refused beside its sentence; what was typed is still there."""
    language = officer.reader.language
    officer.go(f"{officer.home}desk/consultations/{slug}/report/")
    officer.press(f"main a[href$='/report/in/{language}/']")
    officer.press("main h2 a[href$='/questions/1/']")
    officer.press("form#add button")
    officer.fill(text__0=SENTENCE[language], numbers__0=f"{number}, 9-999999")
    officer.press("button[name=done]")
    assert officer.page.locator("[name=numbers-0]").get_attribute("aria-invalid") == "true"
    assert officer.page.locator("[name=text-0]").input_value() == SENTENCE[language]
    officer.fill(numbers__0=number)
    officer.press("button[name=done]")
    written = officer.words(".report-paragraph")
    assert SENTENCE[language] in written
    assert number in written


def freezes_and_releases(officer, slug, kind):
    officer.go(f"{officer.home}desk/consultations/{slug}/report/")
    officer.open("details.confirm summary")
    officer.choose("kind", kind)
    officer.choose("language", officer.reader.language)
    officer.press("details.confirm form button")
    waits_for(officer, "main a[href$='.pdf']")
    officer.go(officer.page.url)
    officer.press("main a[href$='/release/']")
    if kind == "consolidated":
        assert officer.page.locator("button[name=release]").count() == 0
        officer.fill(waiver="The second officer is away until the meeting.")
        officer.press("button[name=waive]")
    officer.press("button[name=release]")


def waits_for(officer, what):
    """The worker makes the files; the page says when they are there, by itself or when asked."""
    for _second in range(90):
        if officer.page.locator(what).count():
            return
        officer.page.wait_for_timeout(1000)
        if not officer.reader.script:
            officer.go(officer.page.url)
    raise AssertionError(f"{what} never came: {officer.words()}")


def the_report_is_read(visitor, slug, number):
    visitor.go(f"{visitor.home}consultations/{slug}/")
    visitor.press("nav.tabs a[href$='/report/']")
    assert SENTENCE[visitor.reader.language] in visitor.words()
    assert visitor.page.locator(f"main a[href*='{number}']").count() >= 1
    for ending, begins in ((".pdf", b"%PDF-"), (".docx", b"PK\x03\x04")):
        href = visitor.first(f"main a[href$='{ending}']").get_attribute("href")
        answer = visitor.page.request.get(f"{visitor.base}{href}")
        assert answer.status == 200
        assert answer.body().startswith(begins)


def the_response_says_where_it_went(visitor, number, private_page):
    visitor.go(f"{visitor.home}responses/{number}/")
    assert SENTENCE[visitor.reader.language] in visitor.words("main aside")
    visitor.go(private_page)
    assert SENTENCE[visitor.reader.language] in visitor.words(".cited")


def delivers(officer, visitor, slug, *, number):
    """Everything stands before the group's next meeting, listed for all, whole for its members."""
    officer.go(f"{officer.home}desk/consultations/{slug}/report/deliver/")
    officer.press("button[name=prepare]")
    for _second in range(90):
        if officer.page.locator("button[name=deliver]").count():
            break
        officer.page.wait_for_timeout(1000)
        officer.go(officer.page.url)
    officer.press("button[name=deliver]")
    assert officer.page.locator("ul.rows li").count() >= 2
    meeting = officer.first("main a[href*='/meetings/']").get_attribute("href")
    visitor.go(meeting)
    assert visitor.page.locator("ul.documents li").count() >= 2
    visitor.go(f"{visitor.home}consultations/{slug}/")
    assert visitor.page.locator(".state-delivered").count() >= 1
    officer.go(meeting.replace("/meetings/", "/members/meetings/"))
    assert officer.page.locator("ul.documents a[href$='.pdf']").count() >= 1
