"""Decisions at the desk: what comes with one, what a later one changes, and the topics proposed."""
