"""The desk's inbox: everything that waits for a person, of every channel and consultation at once."""
