"""Consulta: consulting in the open, by the procedure, on the record."""

__version__ = "0.1.0"
