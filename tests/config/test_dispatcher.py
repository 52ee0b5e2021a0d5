"""The one door: what is answered from finished pages, and what is Django's."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import brotli

from consulta.config.asgi_types import Receive, Scope, Send
from consulta.config.dispatcher import Dispatcher, address_of
from consulta.config.finished import Stamp

MARK = (b"x-consulta-finished", b"pages")
HTML = (b"content-type", b"text/html; charset=utf-8")


@dataclass
class Answer:
    """What a reader was sent."""

    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Site:
    """A record that changes, an application that shows it, and the door in front."""

    pages: int = 1
    total: int = 1
    passed: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=lambda: [HTML, MARK])
    rendered: list[Scope] = field(default_factory=list)
    while_rendering: Callable[[], Awaitable[object]] | None = None
    is_ready: bool = True

    def __post_init__(self) -> None:
        self.door = Dispatcher(
            django=self.render,
            stamp=self.stamp,
            ready=self.ready,
            personal_cookies=frozenset({b"sessionid", b"messages"}),
        )

    async def stamp(self) -> Stamp:
        return Stamp(self.pages, self.total, self.passed)

    async def ready(self) -> bool:
        return self.is_ready

    async def render(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.rendered.append(scope)
        body = b"pages: %d, passed: %d" % (self.pages, self.passed)
        if self.while_rendering:
            await self.while_rendering()
        headers = list(self.headers)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})

    async def ask(self, path: str = "/en/", *, method: str = "GET", **headers: str) -> Answer:
        path, _, query = path.partition("?")
        named = {"host": "localhost", **headers}
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in named.items()],
        }
        answer = Answer()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], dict(message["headers"])
            answer.body += message.get("body", b"")

        async def receive() -> dict[str, object]:
            return {"type": "http.request"}

        await self.door(scope, receive, send)
        return answer


def run(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 10))


def test_a_page_is_rendered_once_until_the_record_or_the_clock_moves() -> None:
    async def story() -> None:
        site = Site()
        bodies = [(await site.ask()).body for _ in range(3)]
        site.pages = 2
        bodies += [(await site.ask()).body for _ in range(2)]
        site.passed = 1
        bodies.append((await site.ask()).body)
        site.total = 9
        bodies.append((await site.ask()).body)
        first, second, third = (
            b"pages: 1, passed: 0",
            b"pages: 2, passed: 0",
            b"pages: 2, passed: 1",
        )
        assert bodies == [first] * 3 + [second] * 2 + [third] * 2
        assert len(site.rendered) == 3

    run(story)


def test_a_page_that_shows_the_register_is_rendered_after_every_act() -> None:
    async def story() -> None:
        site = Site(headers=[HTML, (b"x-consulta-finished", b"register")])
        await site.ask()
        site.total = 2
        await site.ask()
        assert len(site.rendered) == 2

    run(story)


def test_a_page_during_whose_rendering_the_record_moved_is_not_kept() -> None:
    async def story() -> None:
        site = Site()

        async def publish() -> None:
            site.pages += 1

        site.while_rendering = publish
        assert (await site.ask()).body == b"pages: 1, passed: 0"
        site.while_rendering = None
        assert (await site.ask()).body == b"pages: 2, passed: 0"

    run(story)


def test_a_boundary_that_passes_while_a_page_is_rendered_makes_it_old() -> None:
    async def story() -> None:
        site = Site()

        async def close() -> None:
            site.passed = 1

        site.while_rendering = close
        await site.ask()
        assert len(site.door.pages) == 0

    run(story)


def test_the_mark_never_reaches_a_reader() -> None:
    async def story() -> None:
        site = Site()
        assert b"x-consulta-finished" not in (await site.ask()).headers
        site.headers.append((b"set-cookie", b"csrftoken=1"))
        own = await site.ask("/en/other/")
        assert own.headers == {b"content-type": HTML[1], b"set-cookie": b"csrftoken=1"}

    run(story)


def test_a_page_that_sets_a_cookie_or_is_not_marked_is_rendered_every_time() -> None:
    async def story() -> None:
        for headers in ([HTML, MARK, (b"set-cookie", b"csrftoken=1")], [HTML]):
            site = Site(headers=headers)
            await site.ask()
            assert (await site.ask()).body == b"pages: 1, passed: 0"
            assert (len(site.rendered), len(site.door.pages)) == (2, 0)

    run(story)


def test_whoever_may_be_known_gets_no_finished_page_and_leaves_none() -> None:
    async def story() -> None:
        for own in (
            {"cookie": "csrftoken=a; sessionid=b"},
            {"cookie": "messages=x"},
            {"authorization": "Bearer k"},
            {"x_api_key": "k"},
            {"hx_request": "true"},
        ):
            site = Site()
            await site.ask(**own)
            assert len(site.door.pages) == 0
            await site.ask()
            await site.ask(**own)
            assert len(site.rendered) == 3

    run(story)


def test_a_reader_who_only_holds_a_form_token_gets_the_finished_page() -> None:
    async def story() -> None:
        site = Site()
        await site.ask()
        await site.ask(cookie="csrftoken=a; _other=b")
        assert len(site.rendered) == 1

    run(story)


def test_the_first_reader_and_the_second_are_sent_the_same() -> None:
    async def story() -> None:
        site = Site()
        first, second = [await site.ask(accept_encoding="gzip, br") for _ in range(2)]
        assert first == second
        assert brotli.decompress(second.body) == b"pages: 1, passed: 0"
        assert second.headers[b"cache-control"] == b"public, max-age=0, must-revalidate"

    run(story)


def test_a_reader_who_holds_the_page_is_sent_nothing() -> None:
    async def story() -> None:
        site = Site()
        tag = (await site.ask()).headers[b"etag"].decode()
        again = await site.ask(if_none_match=tag)
        assert (again.status, again.body, len(site.rendered)) == (304, b"", 1)
        site.pages = 2
        assert (await site.ask(if_none_match=tag)).status == 200

    run(story)


def test_head_is_get_without_the_body_and_leaves_nothing_behind() -> None:
    async def story() -> None:
        site = Site()
        early = await site.ask(method="HEAD")
        assert len(site.door.pages) == 0
        page = await site.ask()
        late = await site.ask(method="HEAD")
        assert early == late
        assert (late.headers, late.body) == (page.headers, b"")

    run(story)


def test_a_post_is_always_djangos() -> None:
    async def story() -> None:
        site = Site()
        await site.ask()
        await site.ask(method="POST")
        assert [scope["method"] for scope in site.rendered] == ["GET", "POST"]

    run(story)


def test_the_order_of_a_query_makes_no_other_page_and_a_long_one_is_not_kept() -> None:
    async def story() -> None:
        site = Site()
        await site.ask("/en/?page=2&group=a&group=b")
        await site.ask("/en/?group=a&group=b&page=2")
        assert len(site.rendered) == 1
        await site.ask("/en/?group=b&group=a&page=2")
        assert len(site.rendered) == 2
        await site.ask("/en/?q=" + "x" * 300)
        assert len(site.door.pages) == 2

    run(story)


def test_other_hosts_have_pages_of_their_own() -> None:
    async def story() -> None:
        site = Site()
        await site.ask()
        await site.ask(host="elsewhere")
        assert len(site.rendered) == 2

    run(story)


def test_many_readers_of_a_page_that_has_become_old_have_it_rendered_once() -> None:
    async def story() -> None:
        site = Site()
        await site.ask()
        site.pages = 2
        site.while_rendering = lambda: asyncio.sleep(0.02)
        answers = await asyncio.gather(*(site.ask() for _ in range(20)))
        assert {answer.body for answer in answers} == {b"pages: 2, passed: 0"}
        assert len(site.rendered) == 2

    run(story)


def test_a_reader_who_came_after_an_act_is_not_given_the_page_begun_before_it() -> None:
    async def story() -> None:
        site, go = Site(pages=0), asyncio.Event()
        await site.ask()
        site.pages = 1
        site.while_rendering = go.wait
        early = asyncio.create_task(site.ask())
        await asyncio.sleep(0)
        site.pages = 2
        late = asyncio.create_task(site.ask())
        await asyncio.sleep(0.01)
        go.set()
        assert (await early).body == b"pages: 1, passed: 0"
        assert (await late).body == b"pages: 2, passed: 0"

    run(story)


def test_readers_of_a_page_that_is_not_kept_do_not_wait_for_each_other() -> None:
    async def story() -> None:
        site = Site(headers=[HTML])
        site.while_rendering = lambda: asyncio.sleep(0.05)
        began = time.monotonic()
        await asyncio.gather(*(site.ask() for _ in range(20)))
        assert time.monotonic() - began < 0.5
        assert len(site.rendered) == 20

    run(story)


def test_without_the_records_version_the_page_is_rendered(caplog: Any) -> None:
    async def story() -> None:
        site = Site()

        async def broken() -> Stamp:
            raise OSError("disk")

        site.door.stamp = broken
        assert (await site.ask()).body == b"pages: 1, passed: 0"
        assert len(site.door.pages) == 0

    run(story)
    assert "version is not known" in caplog.text


def test_the_door_itself_says_whether_it_is_alive_and_ready() -> None:
    async def story() -> None:
        site = Site()
        assert (await site.ask("/healthz")).status == 200
        assert (await site.ask("/readyz")).status == 200
        site.is_ready = False
        assert (await site.ask("/healthz")).status == 200
        assert (await site.ask("/readyz")).status == 503
        assert not site.rendered

    run(story)


def test_the_instant_a_request_began_is_written_down_at_the_door() -> None:
    async def story() -> None:
        site, before = Site(), time.time()
        await site.ask(method="POST")
        assert before <= site.rendered[0]["consulta.began_at"] <= time.time()

    run(story)


def test_live_addresses_are_djangos_until_somebody_pushes_there() -> None:
    async def story() -> None:
        site, pushed = Site(), Site()
        await site.ask("/live/1/events")
        assert len(site.rendered) == 1
        site.door.live = pushed.render
        await site.ask("/live/1/events")
        assert (len(site.rendered), len(pushed.rendered)) == (1, 1)

    run(story)


def test_starting_and_stopping_are_acknowledged() -> None:
    async def story() -> None:
        steps = iter(["lifespan.startup", "lifespan.shutdown"])
        said: list[str] = []

        async def receive() -> dict[str, object]:
            return {"type": next(steps)}

        async def send(message: Any) -> None:
            said.append(message["type"])

        await Site().door({"type": "lifespan"}, receive, send)
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    run(story)


def test_an_address_keeps_empty_parts_of_the_query() -> None:
    scope = {"raw_path": b"/", "query_string": b"b=&a=1", "headers": []}
    assert address_of(scope).query == b"a=1&b="
