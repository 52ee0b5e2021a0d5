"""Public addresses that never change (INTERFACE), as paths; and the private ones in mails."""


def consultation(slug: str, *, language: str) -> str:
    """The page of a consultation."""
    return f"/{language}/consultations/{slug}/"


def register(slug: str, *, language: str) -> str:
    """The register of a consultation: one line per number."""
    return f"/{language}/consultations/{slug}/register/"


def report(slug: str, *, language: str) -> str:
    """The report page of a consultation."""
    return f"/{language}/consultations/{slug}/report/"


def response(number: str, *, language: str) -> str:
    """The page of a response, or its line of the register while it is not public."""
    return f"/{language}/responses/{number}/"


def confirm(token: str, *, language: str) -> str:
    """The private page with the button that confirms an address."""
    return f"/{language}/confirm/{token}/"


def mine(token: str, *, language: str) -> str:
    """The respondent's private page: see, change, withdraw, appeal."""
    return f"/{language}/mine/{token}/"


def draft(token: str, *, language: str) -> str:
    """The private page of a draft."""
    return f"/{language}/drafts/{token}/"
