"""A mail server that takes everything and keeps nothing: what handing mail over costs the other side.

`python -m benchmarks.sink PORT`
"""

import asyncio
import sys
from asyncio import StreamReader, StreamWriter

ANSWERS = {b"EHLO": b"250 sink\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


async def converse(reader: StreamReader, writer: StreamWriter) -> None:
    """Answer one client until it is done (RFC 5321, as little as smtplib needs)."""
    writer.write(b"220 sink\r\n")
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            writer.write(ANSWERS.get(verb, b"250 OK\r\n"))
            if verb == b"DATA":
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 taken\r\n")
            await writer.drain()
            if verb == b"QUIT":
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve(port: int) -> None:
    """Take mail at *port* until stopped."""
    server = await asyncio.start_server(converse, "127.0.0.1", port, limit=16 * 1024 * 1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
