"""Steps that several stories share: signing in at the demo, responding in a few clicks."""

from tests.browser.site import Site, link
from tests.browser.walk import Walk


def signs_in(somebody: Walk, account: str) -> None:
    """One press at the demo's page of accounts."""
    somebody.go(f"{somebody.home}demo/")
    somebody.press(f"button[value='{account}']")


def responds(
    somebody: Walk, slug: str, text: str, *, email: str, group: str = "civil-society"
) -> str:
    """Answer the first question for an organisation of *group*; return the number."""
    somebody.go(f"{somebody.home}consultations/{slug}/respond/")
    somebody.choose("kind", "organisation")
    somebody.fill(answer__1=text, organisation="Sample Coral Cooperative", email=email)
    somebody.choose("stakeholder_group", group)
    somebody.press(".save-bar button[value=check]")
    somebody.press("form[data-once] button")
    return somebody.words(".receipt-number")


def confirms(somebody: Walk, site: Site, email: str) -> None:
    """Press the mailed button."""
    somebody.go(link(site.letter(email, saying="/confirm/"), "/confirm/"))
    somebody.press("main form button")
