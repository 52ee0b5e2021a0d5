"""Norms stand on record edition by edition: what ended, by what, and what still cites it."""

import pytest

from consulta.groups import norms, queries
from consulta.groups.models import Instrument


@pytest.fixture
def entered(body):
    norms.enter(body, names={"Resolution 1344": {"en": "Modality", "fr": "Modalités"}})
    return body


def edition(norm: str, label: str) -> Instrument:
    return Instrument.objects.get(norm=norm, label=label)


def test_each_edition_says_what_ended_it(entered):
    old = edition("itu-council-res-1344", "Rev. 2015")
    assert (old.status, old.edition) == ("abrogated", "Resolution 1344 (Rev. 2015)")
    assert old.ended_by == edition("itu-council-res-1336", "Rev. 2019")
    assert old.ends_earliest.year == old.ends_latest.year == 2019
    assert (old.names, old.begins_earliest) == ({"en": "Modality", "fr": "Modalités"}, None)


def test_the_annex_that_still_cites_an_abrogated_norm_is_told_with_its_places(entered):
    every = list(Instrument.objects.select_related("ended_by"))
    found = norms.stale(edition("itu-council-res-1336", "Rev. 2019"), every)
    told = {one.cited.edition: (list(one.where), one.instead.edition) for one in found}
    assert told["Resolution 1344 (Rev. 2015)"] == (
        ["recognizing c)", "annex, 6", "annex, 7"],
        "Resolution 1336 (Rev. 2019)",
    )
    assert set(told) == {"Resolution 1344 (Rev. 2015)", "Resolution 1305 (2009)"}


def test_entering_twice_changes_nothing(entered):
    before = list(Instrument.objects.order_by("pk").values())
    norms.enter(entered)
    assert list(Instrument.objects.order_by("pk").values()) == before


def test_the_newest_edition_comes_first_and_old_rows_stand_for_themselves(entered):
    Instrument.objects.create(body=entered, slug="statute", status="in-force")
    found = {
        newest.norm or newest.slug: [e.label for e in all_]
        for newest, all_ in queries.norms(entered)
    }
    assert found["itu-council-res-1336"] == ["Rev. 2019", "before 2019"]
    assert found["statute"] == [""]
