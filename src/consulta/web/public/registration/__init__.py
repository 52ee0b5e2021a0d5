"""Registering for an open meeting: asked, confirmed, changed and cancelled without an account."""
