"""A site that everybody visits, and a browser that knows no other host."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import means
from tests.browser.site import Site
from tests.browser.walk import Reader, Walk

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
#: Both languages with and without scripts, on a telephone and on a desk.
READERS = (
    Reader("en", script=True, width=1280),
    Reader("en", script=False, width=360),
    Reader("ar", script=True, width=360),
    Reader("ar", script=False, width=1280),
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration as `consulta demo` starts it; all stories share it."""
    site = Site(tmp_path_factory.mktemp("browser") / "demo", command="demo")
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=means.chromium(), args=list(ARGUMENTS), timeout=120_000
        )
        yield opened
        opened.close()


@pytest.fixture(params=READERS, ids=str)
def reader(request: pytest.FixtureRequest) -> Reader:
    return request.param


@pytest.fixture
def walk(browser: Browser, tmp_path) -> Iterator[Callable[..., Walk]]:
    """Give a person a browser window of their own, with cookies of their own."""
    opened = []

    def _walk(site: Site, reader: Reader, **changes: object) -> Walk:
        reader = replace(reader, **changes)
        context = browser.new_context(
            java_script_enabled=reader.script,
            viewport={"width": reader.width, "height": 900},
            locale=reader.language,
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(90_000)  # a machine of two cores may be busy
        opened.append(context)
        return Walk(context.new_page(), base=site.base, reader=reader)

    yield _walk
    for number, context in enumerate(opened):
        for page in context.pages:
            page.screenshot(path=tmp_path / f"last-seen-{number}.png")
        context.close()
