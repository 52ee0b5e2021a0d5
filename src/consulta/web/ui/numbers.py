"""Whole numbers in addresses: those that a row can have."""

from django.urls.converters import IntConverter

LARGEST = 2**63 - 1  # the largest number that the databases keep


class RowNumber(IntConverter):
    """A number in an address; a larger one than any row can have is no address here (404)."""

    def to_python(self, value: str) -> int:
        """Read it. Raises ValueError, which Django answers as an address that does not exist."""
        if len(value) > len(str(LARGEST)) or int(value) > LARGEST:
            raise ValueError(value[:20])
        return int(value)
