"""What a respondent agrees to by sending: which version of the terms, under which licence."""

from consulta.groups import queries as group_queries

LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def version() -> str:
    """Return what is stored with a response that is sent now."""
    body = group_queries.body()
    return f"{body.terms_version if body else '1'}/{LICENCE}"
