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


def summary(slug: str, *, language: str) -> str:
    """The page of a consultation's brief summary: the text, and what those present said to it."""
    return f"/{language}/consultations/{slug}/summary/"


def group_report(slug: str, *, language: str) -> str:
    """The page of a group's report on a meeting, a year or four years."""
    return f"/{language}/group-reports/{slug}/"


def contests(slug: str, *, language: str) -> str:
    """Every contest of a consultation's report, with its answer: the register of contests."""
    return f"/{language}/consultations/{slug}/report/contests/"


def contest(number: str, *, language: str) -> str:
    """One contest: the passage, the question, the answer."""
    return f"/{language}/contests/{number}/"


def confirm_contest(token: str, *, language: str) -> str:
    """The private page with the button that confirms who contested."""
    return f"/{language}/contests/confirm/{token}/"


def my_contest(token: str, *, language: str) -> str:
    """The private page that shows where somebody's contest stands."""
    return f"/{language}/contests/mine/{token}/"


def response(number: str, *, language: str) -> str:
    """The page of a response, or its line of the register while it is not public."""
    return f"/{language}/responses/{number}/"


def attachment(number: str, pk: int, *, language: str) -> str:
    """A file of a published response."""
    return f"/{language}/responses/{number}/files/{pk}/"


def confirm(token: str, *, language: str) -> str:
    """The private page with the button that confirms an address."""
    return f"/{language}/confirm/{token}/"


def mine(token: str, *, language: str) -> str:
    """The respondent's private page: see, change, withdraw, appeal."""
    return f"/{language}/mine/{token}/"


def draft(token: str, *, language: str) -> str:
    """The private page of a draft."""
    return f"/{language}/drafts/{token}/"


def sign(token: str, *, language: str) -> str:
    """The private page of somebody who is asked to sign a response."""
    return f"/{language}/sign/{token}/"


def mandate(token: str, *, language: str) -> str:
    """The private page on which a focal point confirms that a response speaks for its organisation."""
    return f"/{language}/mandate/{token}/"


def ledger_entry(uid: str, *, language: str) -> str:
    """The page of one entry of the ledger, with the proof that the record holds it."""
    return f"/{language}/ledger/{uid}/"


def meeting(slug: str, *, language: str) -> str:
    """The page of a meeting."""
    return f"/{language}/meetings/{slug}/"


def follow(token: str, *, language: str) -> str:
    """The private page with the button that begins to tell an address of what happens."""
    return f"/{language}/follow/{token}/"


def end_of_mails(token: str, *, language: str) -> str:
    """The private page with the button that ends such mails."""
    return f"/{language}/follow/{token}/end/"


def decision(pk: int, *, language: str, members: bool = False) -> str:
    """The page of a decision: everyone's, or that of members."""
    side = "members/" if members else ""
    return f"/{language}/{side}decisions/{pk}/"


def document(meeting: str, pk: int, *, language: str, members: bool = False) -> str:
    """A document in the list of its meeting: everyone's, or that of members."""
    side = "members/" if members else ""
    return f"/{language}/{side}meetings/{meeting}/#document-{pk}"


def confirm_addressee(token: str, *, language: str) -> str:
    """The private page with the button that lets a group's outputs come to an address."""
    return f"/{language}/follow/outputs/{token}/"


def end_of_outputs(token: str, *, language: str) -> str:
    """The private page with the button that takes an address off a list of addressees."""
    return f"/{language}/follow/outputs/{token}/end/"


def end_of_documents(token: str, *, language: str) -> str:
    """The private page with the button that ends a member's mails on new documents."""
    return f"/{language}/follow/documents/{token}/end/"
