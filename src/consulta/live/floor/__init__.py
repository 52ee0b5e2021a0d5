"""The floor: one queue for the room and for those who follow remotely, and what was said."""
