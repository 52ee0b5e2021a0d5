"""Registration for a meeting at the desk: terms, who comes, the door, needs, figures, papers."""
