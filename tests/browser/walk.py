"""A person with a browser. Whatever they do, every page that comes is looked at."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

#: What the console says of an answer that refuses a form, or of a page that is not there: no fault.
_REFUSALS = tuple(f"the server responded with a status of {n}" for n in (403, 404, 409, 410, 422))
#: How far a page reaches beyond the window, in either direction of writing (pixels).
_BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a story is about: their language, whether scripts run, how wide their window is (px)."""

    language: str
    script: bool
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{'script' if self.script else 'no script'}-{self.width}"


class Walk:
    """Goes, fills, presses. Fails where a page asks another host, complains, breaks or is too wide."""

    def __init__(self, page: Page, *, base: str, reader: Reader) -> None:
        self.page, self.base, self.reader = page, base, reader
        self.wrong: list[str] = []
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("response", self._answered)

    @property
    def home(self) -> str:
        """The path of the first page in the reader's language."""
        return f"/{self.reader.language}/"

    def go(self, path: str) -> None:
        """Open a path of the site, or a whole address of it."""
        self.page.goto(path if "://" in path else f"{self.base}{path}")
        self.look()

    def press(self, what: str | Locator, *, twice: bool = False) -> None:
        """Press a link or a button that is seen, and wait for the page that follows."""
        target = self.first(what)
        with self.page.expect_event("load"):
            if twice:
                target.dblclick(no_wait_after=True)
            else:
                target.click()
        self.look()

    def open(self, what: str | Locator) -> None:
        """Unfold what is folded."""
        self.first(what).click()

    def fill(self, **values: str) -> None:
        """Type into fields by their names; `__` stands for a hyphen."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']:visible").first.fill(value)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list, or tick a round button."""
        radio = self.page.locator(f"input[type=radio][name='{name}'][value='{value}']")
        if radio.count():
            radio.first.check()
        else:
            self.page.locator(f"select[name='{name}']:visible").first.select_option(value)

    def first(self, what: str | Locator) -> Locator:
        """The first of its kind that is seen."""
        found = self.page.locator(f"{what}:visible") if isinstance(what, str) else what
        return found.first

    def words(self, what: str = "main") -> str:
        """What is read there, in one line of single blanks."""
        return " ".join(self.page.locator(what).first.inner_text().split())

    def look(self) -> None:
        """The page fits the window, speaks the language it says, and nothing went wrong on it."""
        here = self.page.url
        beyond = self.page.evaluate(_BEYOND)
        assert beyond <= 0, f"{here} is {beyond} px wider than the window ({self.reader})"
        assert self.wrong == [], f"{here}: {self.wrong}"
        assert self.page.locator("h1").count() == 1, f"{here} has no heading, or several"
        first = urlsplit(here).path.split("/")[1]
        spoken = self.page.locator("html").get_attribute("lang")
        assert spoken == first, f"{here} speaks {spoken}"
        assert self.page.locator("html").get_attribute("dir") == ("rtl" if first == "ar" else "ltr")

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob") and not request.url.startswith(f"{self.base}/"):
            self.wrong.append(f"asks another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        refusal = any(part in message.text for part in _REFUSALS)
        if message.type in ("error", "warning") and not refusal:
            self.wrong.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status} from {response.url}")
