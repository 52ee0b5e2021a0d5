"""Refused pages in the log: that somebody may not do something is one line, and no fault of the program."""

import logging

FORBIDDEN = 403


class Forbidden(logging.Filter):
    """Says of a refused page only which one it was, without the way through the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten *record* in place where it is of a refused page; every record is kept."""
        if getattr(record, "status_code", None) == FORBIDDEN:
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True
