"""Follow-ups at the desk: the matrix, one with its history, reports checked, offices, advice carried."""
