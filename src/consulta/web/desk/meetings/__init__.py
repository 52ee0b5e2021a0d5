"""Meetings at the desk: agenda, what is said of a meeting, cancelled and split meetings, statistics."""
