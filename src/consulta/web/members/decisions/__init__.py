"""Decisions and follow-ups for members: everything of their groups but what is the secretariat's."""
