"""A site that says "received" before it has written anything down: what the kill test must catch.

Run in place of `consulta`; only the act of sending is another.
"""

import threading
import time
from typing import Any
from unittest.mock import patch

from consulta import cli
from consulta.cli import serve, web

DELAY = 3.0  # seconds between the promise and the writing
TURN = threading.Lock()


def preload() -> None:
    """Load everything as `consulta serve` does, then make sending hasty in all processes."""
    web.preload()
    from consulta.core.tokens import new_token  # noqa: PLC0415 -- after Django is set up
    from consulta.flow import sending  # noqa: PLC0415
    from consulta.responses import links  # noqa: PLC0415
    from consulta.responses.receipt import Receipt  # noqa: PLC0415

    properly = sending.send

    def hastily(draft: Any, posting: Any) -> Receipt:
        token = new_token()

        def write_down() -> None:
            time.sleep(DELAY)
            with TURN, patch.object(links, "new_token", lambda: token):
                properly(draft, posting)

        threading.Thread(target=write_down, daemon=True).start()
        return Receipt(
            number="", received_at=posting.arrived_at, fingerprint="", mine=token, late=False
        )

    sending.send = hastily


serve.preload = preload

if __name__ == "__main__":
    cli.main()
