"""The documents of a meeting at the desk: numbers, what follows a document, its grammar."""
