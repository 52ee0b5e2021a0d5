"""Positions for members: those given, by issue, and the delegation's own."""
