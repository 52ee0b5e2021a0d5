"""Contesting a passage of a released report: pick it, ask, confirm, see where it stands, read all."""
