"""An instance is founded once, with its own words, and one language is enough."""

from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.core.exceptions import ValidationError

from consulta.accounts.models import User
from consulta.flow import founding
from consulta.flow.founding import Foundation
from consulta.groups import queries as groups
from consulta.groups.models import Body
from consulta.stakeholders import queries as stakeholders


def foundation(**changes) -> Foundation:
    usual = {
        "names": {"fr": "Ville de Test"},
        "short_name": "Ville",
        "languages": ("fr",),
        "timezone": "Europe/Paris",
        "administrator": "admin@example.org",
    }
    return Foundation(**(usual | changes))


def test_one_language_and_no_group_are_enough(db):
    body = founding.found(foundation())
    assert groups.body() == body
    assert groups.name(body, "en").text == "Ville de Test"
    assert groups.groups() == []
    assert len(stakeholders.stakeholder_groups()) == 7
    claims = [g.slug for g in stakeholders.stakeholder_groups() if g.speaks_for_authority]
    assert claims == ["governments", "intergovernmental-organisations"]
    assert User.objects.get().is_administrator


def test_an_institution_names_its_own_groups(db):
    founding.found(foundation(groups=("Conseil",), stakeholder_groups=("Habitants", "Écoles")))
    assert [g.short_name for g in groups.groups()] == ["Conseil"]
    found = stakeholders.stakeholder_groups()
    assert [(g.slug, stakeholders.name(g, "fr").text) for g in found] == [
        ("habitants", "Habitants"),
        ("ecoles", "Écoles"),
    ]


def test_it_is_founded_once(db):
    founding.found(foundation())
    with pytest.raises(founding.FoundedAlreadyError):
        founding.found(foundation(short_name="Other"))
    assert Body.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"timezone": "Mars/Base"}, ZoneInfoNotFoundError),
        ({"administrator": "nobody"}, ValidationError),
        ({"names": {}}, ValidationError),
    ],
)
def test_a_slip_leaves_nothing_behind(db, changes, error):
    with pytest.raises(error):
        founding.found(foundation(**changes))
    assert not Body.objects.exists()
    assert not User.objects.exists()
