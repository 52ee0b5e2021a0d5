"""A site whose door says 250 a while before it writes: what the kill test of letters must catch.

Run in place of `consulta`; only keeping a letter is another.
"""

import threading
from typing import Any

from consulta import cli
from consulta.cli import mail

DELAY = 1.5  # seconds between the promise and the writing


def run() -> None:
    """Take letters as `consulta mail` does, and keep each one a while later."""
    from consulta.mailroom import letterbox  # noqa: PLC0415 -- after Django is set up
    from consulta.mailroom.smtp import Door  # noqa: PLC0415

    properly = letterbox.put

    def hastily(envelope: Any, content: bytes) -> str:
        later = threading.Timer(DELAY, properly, (envelope, content))
        later.daemon = True
        later.start()
        return ""

    Door.__init__.__defaults__ = (hastily, *Door.__init__.__defaults__[1:])
    take_letters()


take_letters, mail.run = mail.run, run

if __name__ == "__main__":
    cli.main()
