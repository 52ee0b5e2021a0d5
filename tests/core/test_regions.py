"""Regions: every country once, each list as long as its source says, its names in six languages."""

import pytest
from babel import Locale

from consulta.core import regions
from consulta.core.countries import is_country
from consulta.core.languages import LANGUAGES

SIZES = {
    "m49": {"africa": 60, "americas": 57, "asia": 50, "europe": 51, "oceania": 29},
    "itu": {
        "africa": 44,
        "americas": 35,
        "arab-states": 22,
        "asia-and-the-pacific": 39,
        "cis": 9,
        "europe": 46,
    },
}


@pytest.mark.parametrize("slug", SIZES)
def test_each_region_has_as_many_countries_as_its_source_says(slug):
    listed = regions.load(slug)
    found = {region: list(listed.of.values()).count(region) for region in listed.names}

    assert found == SIZES[slug]


@pytest.mark.parametrize("slug", SIZES)
def test_every_region_is_named_in_six_languages_and_has_a_source(slug):
    listed = regions.load(slug)

    assert all(set(names) == set(LANGUAGES) for names in listed.names.values())
    assert "https://" in listed.source
    assert all(map(is_country, listed.of))


def test_the_usual_list_leaves_out_what_the_standard_leaves_out():
    countries = {code for code in Locale.parse("en").territories if is_country(code)}

    assert countries - set(regions.load("m49").of) == {"AQ", "TW"}


def test_a_body_has_its_own_regions_and_any_other_the_usual_ones():
    assert regions.for_body("ITU Council").region("EG") == "arab-states"
    assert regions.for_body("").region("EG") == "africa"
    assert regions.for_body("Government of the United Kingdom").slug == "m49"


def test_what_is_in_no_region_is_counted_apart_from_what_is_not_shown():
    listed = regions.for_body("ITU Council")

    assert (listed.region("HK"), listed.region("")) == (regions.OTHER, regions.NOT_SHOWN)
