"""What was typed into the form, as it is kept in a draft: all of it, right or wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict

from consulta.core.options import MOST
from consulta.core.plaintext import storable
from consulta.web.public.respond.asked import Asked, choosing, numbers

WORDS = ("kind", "name", "organisation", "stakeholder_group", "country", "email")
TICKS = ("withhold_name", "withhold_country")
#: The number under which a text to the whole consultation is kept.
WHOLE = 0
#: The longest slug of an option that is kept, in characters.
LONGEST_SLUG = 60
Content = dict[str, Any]


def field(question: int) -> str:
    """The form's field for the answer to *question*."""
    return f"answer-{question}"


def choice_field(question: int) -> str:
    """The form's field for the options chosen at *question*."""
    return f"choice-{question}"


def read(post: QueryDict, asked: Asked) -> Content:
    """The content of a draft from a form as it was sent; unknown fields are left out."""
    content: Content = {
        "answers": {str(n): storable(str(post.get(field(n), ""))) for n in numbers(asked)},
        "language": _language(post, asked.languages),
    }
    if offering := choosing(asked):
        content["choices"] = {str(n): _chosen(post.getlist(choice_field(n))) for n in offering}
    if asked.details:
        content |= {name: storable(str(post.get(name, "")))[:1000] for name in WORDS}
        content |= {name: name in asked.ticks and name in post for name in TICKS}
    return content


def form_data(content: Content, asked: Asked) -> dict[str, Any]:
    """The content of a draft as the form's fields."""
    answers = {field(int(n)): text for n, text in content.get("answers", {}).items()}
    ticked = {name: "on" for name in TICKS if content.get(name)}
    words = {name: content.get(name, "") for name in WORDS}
    said = words | ticked | {"language": content.get("language", "")}
    return answers | _choices(content, asked) | said


def merged(kept: Content, new: Content, *, stale: bool) -> Content:
    """*new* over *kept*. *stale*: the page was older than what is kept, so that an empty field of it
    may never empty one that was filled in another window or before going Back."""
    whole = kept | new
    if stale:
        filled = {name: kept[name] for name in WORDS if kept.get(name) and not new.get(name)}
        before = {n: text for n, text in kept.get("answers", {}).items() if text.strip()}
        after = {n: text for n, text in new["answers"].items() if text.strip()}
        whole |= filled | {"answers": new["answers"] | before | after}
        if "choices" in new:
            picked = {n: slugs for n, slugs in kept.get("choices", {}).items() if slugs}
            whole["choices"] = (
                new["choices"] | picked | {n: s for n, s in new["choices"].items() if s}
            )
    return whole


def stamp(saved_at: datetime) -> str:
    """Which save of the draft a page shows."""
    return saved_at.isoformat()


def _chosen(values: Sequence[str]) -> list[str]:
    """What was chosen at one question, right or wrong; the empty value of "none" is left out."""
    return [slug for value in values[:MOST] if (slug := storable(value).strip()[:LONGEST_SLUG])]


def _choices(content: Content, asked: Asked) -> dict[str, Any]:
    """What was chosen, as the fields have it: one value, or a list where several may be chosen."""
    chosen = content.get("choices", {})
    found: dict[str, Any] = {}
    for question in asked.questions:
        slugs = list(chosen.get(str(question.number), ()))
        if question.options:
            one = slugs[0] if slugs else ""
            found[choice_field(question.number)] = slugs if question.several else one
    return found


def _language(post: Mapping[str, Any], languages: Sequence[str]) -> str:
    language = str(post.get("language", ""))
    return language if language in languages else languages[0]
