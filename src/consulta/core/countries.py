"""Which regions of CLDR are countries of ISO 3166-1: one list for forms, tables and the API."""

#: CLDR's two-letter regions that are no countries of ISO 3166-1.
NO_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)


def is_country(code: str) -> bool:
    """Say whether *code* is the two-letter code of a country, as CLDR writes it."""
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
