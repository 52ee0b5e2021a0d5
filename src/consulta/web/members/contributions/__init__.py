"""Contributions of the reader's own delegations: drafted, joined, submitted, revised, withdrawn."""
