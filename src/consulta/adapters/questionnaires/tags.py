"""How the cell of an answer is named inside the file: by a bookmark, which every word processor keeps."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PREFIX = "consulta_"
#: The name under which the worker is told the sentences above options, which are no answer.
HINT = "hint"


def option(question: int, place: int) -> str:
    """The name of the cell before an option; *place* counts from 1."""
    return f"choice_{question}_{place}"


def document(consultation: str, language: str) -> str:
    """What the file's properties name: the consultation and the language."""
    return f"{consultation}/{language}"
