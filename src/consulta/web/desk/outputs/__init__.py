"""Outputs of a group at the desk: lists of addressees, what goes to them, and what became of it."""
