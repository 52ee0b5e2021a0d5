"""Drawing up a consultation on one page: what is chosen, what is written, and the dates that follow."""
