"""Every column that can hold words, an address or a path is on the erasure list, with who empties it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from consulta.flow.erasing_list import LIST
from consulta.flow.erasing_rooms import (
    AGREEMENT,
    CONTEST,
    LETTER,
    ORGANISATION,
    POST,
    PRACTICE,
    REGISTRATION,
    RESPONSE,
    SUBSCRIPTION,
)
from consulta.flow.letters import erasing as letters
from consulta.live import registration_erasing
from consulta.reflector import erasing as posts
from consulta.reports import agreement_erasing, contest_leaving
from consulta.repository import erasing as practices
from consulta.responses import erasing as responses
from consulta.stakeholders import erasing as organisations

HOLDING = (
    *(models.CharField, models.TextField, models.JSONField, models.BinaryField),
    *(models.FileField, models.GenericIPAddressField),
)


def columns():
    """Every column of ours that could hold words, by model."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("consulta.")]
    found = {
        model._meta.label: {
            f.name for f in model._meta.local_concrete_fields if isinstance(f, HOLDING)
        }
        for model in ours
    }
    return {label: names for label, names in found.items() if names}


def listed():
    """Every column on the list, by model."""
    found = {
        label: set().union(*(each.names for each in named))
        for label, named in LIST.items()
        if named
    }
    return found


def emptied_by(room):
    """What the list says that a room empties, by model."""
    found = {
        label: set().union(*(each.names for each in named if each.by == room))
        for label, named in LIST.items()
    }
    return {label: names for label, names in found.items() if names}


def test_every_column_is_on_the_list_and_the_list_names_no_other():
    there, named = columns(), listed()

    assert {label: there[label] - named.get(label, set()) for label in there} == {
        label: set() for label in there
    }
    assert {label: named[label] - there.get(label, set()) for label in named} == {
        label: set() for label in named
    }


def test_no_column_stands_twice_and_each_says_who_or_why():
    for label, named in LIST.items():
        every = [name for each in named for name in each.fields.split()]
        assert len(every) == len(set(every)), label
        assert all(bool(each.by) != bool(each.why) for each in named), label


@pytest.mark.parametrize("room", sorted({e.by for named in LIST.values() for e in named if e.by}))
def test_every_room_that_is_named_is_there(room):
    module, _dot, name = room.rpartition(".")
    assert callable(getattr(import_module(module), name))


def test_rooms_empty_what_the_list_says_and_nothing_else():
    by_response = {model._meta.label: set(told) for model, (_p, told) in responses.ERASED.items()}
    for model, (_path, names) in responses.FILES.items():
        by_response.setdefault(model._meta.label, set()).update(names)
    by_response["responses.Response"] = {"public_name"}
    assert emptied_by(RESPONSE) == by_response

    of_posts = emptied_by(POST)
    assert of_posts["reflector.Post"] == set(posts.POST)
    assert of_posts["reflector.PostFile"] | {"safety"} == set(posts.POST_FILE)
    assert emptied_by(SUBSCRIPTION) == {
        "reflector.Subscription": {"email", "token_hash", "bounce_reason"}
    }
    of_contests = {model._meta.label: set(told) for model, told in contest_leaving.ERASED.items()}
    assert emptied_by(CONTEST) == of_contests
    assert emptied_by(AGREEMENT) == {"reports.Agreement": set(agreement_erasing.ERASED)}
    assert emptied_by(PRACTICE) == {"repository.Practice": set(practices.ERASED)}
    assert emptied_by(REGISTRATION) == {"live.Registration": set(registration_erasing.ERASED)}
    assert emptied_by(ORGANISATION) == {"stakeholders.Organisation": set(organisations.ERASED)}
    # the file goes with its bytes; what became of the letter names a number and an address of ours
    assert emptied_by(LETTER)["mailroom.IncomingMail"] - {"path", "result"} == set(letters.INCOMING)
