"""Extra open meetings at the desk: decided by the group, held under the rules of a host."""
