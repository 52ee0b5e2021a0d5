"""What was typed into the form, as it is kept in a draft: all of it, right or wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from consulta.core.plaintext import storable

WORDS = ("kind", "name", "organisation", "stakeholder_group", "country", "email")
TICKS = ("withhold_name", "withhold_country")
#: The number under which a text to the whole consultation is kept.
WHOLE = 0
Content = dict[str, Any]


def field(question: int) -> str:
    """The form's field for the answer to *question*."""
    return f"answer-{question}"


def read(
    post: Mapping[str, Any],
    *,
    questions: Iterable[int],
    languages: Sequence[str],
    ticks: Sequence[str],
    details: bool,
) -> Content:
    """The content of a draft from a form as it was sent; unknown fields are left out.

    *ticks*: what may be withheld.
    """
    content: Content = {
        "answers": {str(n): storable(str(post.get(field(n), ""))) for n in questions},
        "language": _language(post, languages),
    }
    if details:
        content |= {name: storable(str(post.get(name, "")))[:1000] for name in WORDS}
        content |= {name: name in ticks and name in post for name in TICKS}
    return content


def form_data(content: Content) -> dict[str, Any]:
    """The content of a draft as the form's fields."""
    answers = {field(int(n)): text for n, text in content.get("answers", {}).items()}
    ticked = {name: "on" for name in TICKS if content.get(name)}
    words = {name: content.get(name, "") for name in WORDS}
    return answers | words | ticked | {"language": content.get("language", "")}


def merged(kept: Content, new: Content, *, stale: bool) -> Content:
    """*new* over *kept*. *stale*: the page was older than what is kept, so that an empty field of it
    may never empty one that was filled in another window or before going Back."""
    whole = kept | new
    if stale:
        filled = {name: kept[name] for name in WORDS if kept.get(name) and not new.get(name)}
        before = {n: text for n, text in kept.get("answers", {}).items() if text.strip()}
        after = {n: text for n, text in new["answers"].items() if text.strip()}
        whole |= filled | {"answers": new["answers"] | before | after}
    return whole


def stamp(saved_at: datetime) -> str:
    """Which save of the draft a page shows."""
    return saved_at.isoformat()


def _language(post: Mapping[str, Any], languages: Sequence[str]) -> str:
    language = str(post.get("language", ""))
    return language if language in languages else languages[0]
