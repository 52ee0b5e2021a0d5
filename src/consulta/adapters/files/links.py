"""Links that a reader may follow: to the web and to mail, and nowhere else."""

import re

_ORDINARY = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


def is_ordinary(address: str) -> bool:
    """Whether *address* is an http, https or mailto link; file:, javascript:, smb: are not."""
    return _ORDINARY.fullmatch(address.strip()) is not None
