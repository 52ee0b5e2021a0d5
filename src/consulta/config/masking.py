"""Private links in the log: whoever reads it must not be able to open what they open."""

import logging
import re

MASK = "••••"
_PRIVATE = re.compile(
    r"(/(?:drafts|mine|confirm|follow|registration(?:/confirm)?|repository/submitted"
    r"|reflector/link/[a-z]+|captioning/[a-z0-9_-]+)/"
    r"|/live/[a-z0-9_-]+/[a-z/]+\?(?:[^\s'\"]*&)?(?:id|cid|ticket)=)[^/\s?#&'\"]+"
)


class PrivateLinks(logging.Filter):
    """Masks the secret of every private address in a line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask *record* in place; every record is kept."""
        message = record.getMessage()
        masked = _PRIVATE.sub(rf"\1{MASK}", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
