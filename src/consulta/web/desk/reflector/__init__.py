"""The discussion lists at the desk: posts that wait, who gets a list, what came back."""
