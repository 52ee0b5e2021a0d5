"""What a check of an installation comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is sound, and how to mend it (empty when sound).

    *needed*: without it something is wrong; else it is advice, and the installation works.
    """

    name: str
    what: str
    sound: bool
    mend: str = ""
    needed: bool = True


def finding(name: str, what: str, *, sound: bool, mend: str, needed: bool = True) -> Finding:
    """A finding; *mend* is kept only where something is to be mended."""
    return Finding(name, what, sound, "" if sound else mend, needed)
