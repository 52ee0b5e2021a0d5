"""Lays reports out as files: PDF, DOCX and HTML. Pure functions of one value; see :mod:`.render`."""
