"""The live meeting's record."""
