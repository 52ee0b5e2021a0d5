"""Captions of a sitting: who sends them, where they are kept, what is asked of them."""
