"""How the cell of an answer is named inside the file: by a bookmark, which every word processor keeps."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PREFIX = "consulta_"


def document(consultation: str, language: str) -> str:
    """What the file's properties name: the consultation and the language."""
    return f"{consultation}/{language}"
