"""How a field of a questionnaire is named inside the file (w:tag of ISO/IEC 29500-1, 17.5.2.42)."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, PARTICULAR, ANSWER = "consulta:document", "consulta:particular:", "consulta:answer:"
#: Word takes at most 64 characters in a tag.
LONGEST = 64


def document(consultation: str, language: str) -> str:
    """The variable that names the consultation and the language."""
    return f"{consultation}/{language}"
