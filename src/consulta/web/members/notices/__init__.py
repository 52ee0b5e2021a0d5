"""What a member is mailed, and what the group put out, on the members' side."""
