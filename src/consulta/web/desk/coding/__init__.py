"""Coding at the desk: the frame, answers side by side, who said what, how coders agree."""
