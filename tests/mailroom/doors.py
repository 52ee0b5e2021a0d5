"""A door for letters in this process, for as long as a test needs it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def opened(opening: Callable[[], Awaitable[asyncio.Server]]) -> Iterator[None]:
    """Serve what *opening* opens, in a thread of its own."""
    ready: list[asyncio.AbstractEventLoop] = []
    is_open = threading.Event()

    async def serve() -> None:
        server = await opening()
        ready.append(asyncio.get_running_loop())
        is_open.set()
        with suppress(asyncio.CancelledError):
            await server.serve_forever()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert is_open.wait(10)
    try:
        yield
    finally:
        for task in asyncio.all_tasks(ready[0]):
            ready[0].call_soon_threadsafe(task.cancel)
        thread.join(10)
