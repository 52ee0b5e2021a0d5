"""Topics proposed to the group, on the members' side."""
