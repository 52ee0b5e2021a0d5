"""Delegates register for a meeting of their group: each alone, or the delegation's administrator."""
