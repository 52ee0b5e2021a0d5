"""zoom-narrator (GPL 3: a program of its own, run beside ours) sends two captions: URL as its argument."""

import asyncio
import sys

from zoom_narrator.zoom import open_zoom_session


async def main(url: str) -> None:
    """What zoom-narrator's own main does, without a sound file."""
    async with open_zoom_session(url) as session:
        await session.send_caption("The room is open.")
        await session.send_caption("Please take\nyour seats – thank you.")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
