"""The pages of the discussion lists: the archive, subscribing, posting."""
