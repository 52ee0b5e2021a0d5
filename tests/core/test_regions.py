"""Regions: every country once, each list as long as its source says, its names in six languages."""

import tomllib

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


#: Countries and areas of ISO 3166-1 that are no Member State of the United Nations; the Holy See (VA)
#: is a Member State of ITU, the State of Palestine (PS) stands beside them (Resolution 99).
NO_MEMBERS = {
    "AI",
    "AQ",
    "AS",
    "AW",
    "AX",
    "BL",
    "BM",
    "BQ",
    "BV",
    "CC",
    "CK",
    "CW",
    "CX",
    "EH",
    "FK",
    "FO",
    "GF",
    "GG",
    "GI",
    "GL",
    "GP",
    "GS",
    "GU",
    "HK",
    "HM",
    "IM",
    "IO",
    "JE",
    "KY",
    "MF",
    "MO",
    "MP",
    "MQ",
    "MS",
    "NC",
    "NF",
    "NU",
    "PF",
    "PM",
    "PN",
    "PR",
    "PS",
    "RE",
    "SH",
    "SJ",
    "SX",
    "TC",
    "TF",
    "TK",
    "TW",
    "UM",
    "VA",
    "VG",
    "VI",
    "WF",
    "YT",
}
#: Where the six regions of ITU lie in the five of the United Nations, and which countries stand apart.
WITHIN = {
    "africa": ({"africa"}, set()),
    "americas": ({"americas"}, set()),
    "arab-states": ({"africa", "asia"}, set()),
    "asia-and-the-pacific": ({"asia", "oceania"}, set()),
    "cis": ({"asia", "europe"}, set()),
    "europe": ({"europe"}, {"CY", "GE", "IL", "TR"}),
}


@pytest.mark.parametrize("slug", SIZES)
def test_no_country_stands_twice(slug):
    told = tomllib.loads((regions.HERE / f"{slug}.toml").read_text(encoding="utf-8"))
    listed = [code for region in told["regions"] for code in region["countries"].split()]

    assert sorted(listed) == sorted(set(listed))


def test_itu_groups_the_members_of_the_united_nations_the_holy_see_and_palestine():
    countries = {code for code in Locale.parse("en").territories if is_country(code)}

    assert set(regions.load("itu").of) == (countries - NO_MEMBERS) | {"VA", "PS"}
    assert len(countries - NO_MEMBERS) == 193


def test_each_region_of_itu_lies_in_those_of_the_united_nations_but_for_what_is_known():
    itu, m49 = regions.load("itu").of, regions.load("m49").of
    apart = {
        region: {c for c, found in itu.items() if found == region and m49[c] not in lies}
        for region, (lies, _known) in WITHIN.items()
    }

    assert apart == {region: known for region, (_lies, known) in WITHIN.items()}


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("m49", {"CY": "asia", "TR": "asia", "GE": "asia", "AM": "asia", "KZ": "asia", "EG": "africa",
                 "RU": "europe", "MX": "americas", "GL": "americas", "SD": "africa", "TL": "asia",
                 "IO": "africa", "GS": "americas", "BV": "americas", "CC": "oceania", "UM": "oceania"}),
        ("itu", {"MR": "arab-states", "SO": "arab-states", "KM": "arab-states", "DJ": "arab-states",
                 "IR": "asia-and-the-pacific", "AF": "asia-and-the-pacific", "TR": "europe",
                 "IL": "europe", "UA": "europe", "GE": "europe", "AM": "cis", "TM": "cis",
                 "SS": "africa", "MG": "africa", "CU": "americas", "PW": "asia-and-the-pacific"}),
    ],
)  # fmt: skip
def test_what_is_well_known_of_the_two_lists_holds(slug, facts):
    of = regions.load(slug).of

    assert {code: of[code] for code in facts} == facts
