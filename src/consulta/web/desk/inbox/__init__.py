"""The inbox at the desk: one list of all that waits, with filters, acts on many lines, and keys."""
