"""Words of reports that the language itself gives: lists, numbers, dates."""

import itertools

import pytest
from django.utils import translation

from consulta.core.languages import LANGUAGES, django_code
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.reports import assembly, words
from consulta.responses import publication
from consulta.responses.models import Response


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_things_are_listed_in_every_language_and_stay_apart(language, count):
    things = ["Fiji", "Kenya", "Peru", "Samoa"][:count]
    with translation.override(django_code(language)):
        listed = words.listed(things)
    assert all(thing in listed for thing in things)
    assert len(listed) > len("".join(things)) or count < 2
    assert not any(f"{one} {other}" in listed for one, other in itertools.pairwise(things))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_documents_are_drawn_up_in_every_language(language, submission, officer, consultation):
    for text in ("We agree.", "We do not."):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender))
        publication.publish(Response.objects.get(number=given.number), by=officer)
    at = consultation.closes_at
    for kind in ("compilation", "consolidated"):
        assert assembly.draw_up(consultation, kind, language=language, at=at).blocks
