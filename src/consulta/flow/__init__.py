"""The journey of a response and of a consultation, through the rooms. Read journey.py first."""
