"""Campaigns at the desk: what is proposed, decided, and who is in it."""
