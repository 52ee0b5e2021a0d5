"""Positions at the desk: asking members to give or update them, and what came."""
