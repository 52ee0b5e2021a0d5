"""A letterbox that acknowledges before it writes: what the kill test must be able to catch.

`python -m tests.mailroom.forgetful_letterbox PORT`
"""

import asyncio
import sys
import threading

import django


async def listen(port: int) -> None:
    """Take letters, and write each one a little after it was acknowledged."""
    from consulta.mailroom import conversation, letterbox, smtp  # noqa: PLC0415 -- after Django is set up

    def later(envelope: letterbox.Envelope, content: bytes) -> str:
        threading.Timer(0.1, letterbox.put, (envelope, content)).start()
        return ""

    place = conversation.Place(door=smtp.Door(keep=later))
    server = await conversation.listen("127.0.0.1", port, place=place)
    await server.serve_forever()


if __name__ == "__main__":
    django.setup()
    asyncio.run(listen(int(sys.argv[1])))
