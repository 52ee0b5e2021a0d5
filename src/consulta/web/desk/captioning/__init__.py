"""Captioning at the desk: the sittings of a meeting, who captions them, the names of speakers."""
