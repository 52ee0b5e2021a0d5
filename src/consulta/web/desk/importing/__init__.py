"""Bringing in a table of responses: choose the file, say what its columns hold, look, take."""
