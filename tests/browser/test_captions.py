"""Captions in a real browser: on the screen at once, once in the accessibility tree, never lost."""

import json
import statistics
import time
import urllib.request

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Site

pytestmark = pytest.mark.browser
#: Notes when each line came on the screen, by the clock of the machine (milliseconds).
NOTE = """() => {
  window.came = {};
  const box = document.querySelector("[data-live-lines]");
  new MutationObserver(() => requestAnimationFrame(() => {
    for (const line of box.querySelectorAll("p")) window.came[line.textContent] ??= Date.now();
  })).observe(box, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def hall(demo: Site) -> dict[str, str]:
    told: dict[str, str] = json.loads(demo.script("captioned").splitlines()[-1])
    return told


def say(demo: Site, hall: dict[str, str], text: str, seq: int) -> None:
    url = f"{demo.base}/live/{hall['session']}/closedcaption?id={hall['token']}&seq={seq}"
    urllib.request.urlopen(url, text.encode()).close()  # noqa: S310


def opened(browser: Browser, address: str, **how: object) -> Page:
    page = browser.new_context(**how).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def test_captions_are_on_the_screen_at_once_and_once_for_a_screen_reader(
    demo: Site, hall: dict[str, str], browser: Browser
) -> None:
    page = opened(browser, f"{demo.base}/en/meetings/{hall['meeting']}/live/?captions=en")
    page.get_by_text("Connected").wait_for()
    page.evaluate(NOTE)
    late = []
    for seq in range(1, 21):
        sent = time.time()
        say(demo, hall, f"Caption number {seq}.", seq)
        came = page.wait_for_function("text => window.came[text]", arg=f"Caption number {seq}.")
        late.append(came.json_value() - sent * 1000)
    print(f"on the screen after {statistics.median(late):.0f} ms, at most {max(late):.0f} ms")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    texts = [n for n in nodes if n["role"]["value"] == "StaticText" and not n["ignored"]]
    found = [n["name"]["value"] for n in texts if "Caption number 20." in n["name"]["value"]]
    assert found == ["Caption number 20."]
    logs = [n for n in nodes if n["role"]["value"] == "log"]
    assert len(logs) == 1
    page.context.close()


def test_a_readers_wishes_are_kept(demo: Site, hall: dict[str, str], browser: Browser) -> None:
    page = opened(browser, f"{demo.base}/en/meetings/{hall['meeting']}/live/?captions=en")
    page.get_by_label("Size").select_option("4")
    page.get_by_label("Colours").select_option("yellow")
    page.reload()
    assert page.get_by_label("Size").input_value() == "4"
    colour = "getComputedStyle(document.querySelector('[data-live-lines]')).color"
    assert page.evaluate(colour) == "rgb(255, 230, 0)"
    page.context.close()


def test_the_console_loses_nothing_while_the_line_is_down(
    demo: Site, hall: dict[str, str], browser: Browser
) -> None:
    page = opened(browser, f"{demo.base}/en/captioning/{hall['session']}/{hall['token']}/")
    page.get_by_text("Connected", exact=True).wait_for()
    page.keyboard.press("Alt+1")
    page.keyboard.type("Before.\n")
    page.locator("[data-lines]").get_by_text("Before.").wait_for()
    page.context.set_offline(True)
    for line in ("While it is down.", "Another one."):
        page.keyboard.type(f"{line}\n")
    page.get_by_text("2 waiting").wait_for()
    page.context.set_offline(False)
    page.locator("[data-lines]").get_by_text("Another one.").wait_for(timeout=60_000)
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.type(" Mended.")
    page.keyboard.press("Enter")
    page.locator("[data-lines]").get_by_text("Another one. Mended.").wait_for()
    page.keyboard.press("Alt+t")
    page.get_by_text("You caption now").wait_for()
    url = f"{demo.base}/live/{hall['session']}/captions/en.txt"
    text = urllib.request.urlopen(url).read().decode()  # noqa: S310
    assert text.endswith("A. Sample:\nBefore.\nWhile it is down.\nAnother one. Mended.\n")
    page.context.close()
