"""Norms have editions: which was in force, which citations are stale, which procedure applies."""

from datetime import date

import pytest

from consulta.core import instruments, instruments_file, procedure, shelf
from consulta.core.instruments import InForce, Stale, Status
from consulta.core.procedure_file import ProcedureFileError

RES_1336, RES_1344 = "itu-council-res-1336", "itu-council-res-1344"
RES_1305 = "itu-council-res-1305"


def test_the_norms_of_the_record_are_there_with_their_editions():
    found = {slug: [e.label for e in one.editions] for slug, one in instruments.every().items()}
    assert found == {
        "itu-council-res-1336": ["before 2019", "Rev. 2019"],
        "itu-council-res-1344": ["Rev. 2015"],
        "itu-council-res-1305": ["2009", "Rev. 2019"],
        "itu-pp-res-102": ["Rev. Dubai, 2018"],
        "itu-pp-res-140": ["Rev. Dubai, 2018"],
        "itu-pp-res-133": ["Rev. Dubai, 2018"],
        "itu-pp-decision-11": ["Rev. Dubai, 2018"],
        "tunis-agenda": [""],
    }


@pytest.mark.parametrize("slug", instruments.every())
def test_every_edition_names_its_source_and_cites_what_is_there(slug):
    for edition in instruments.load(slug).editions:
        assert edition.source
        named = [*edition.cites, *filter(None, [edition.abrogated_by])]
        for citation in named:
            cited = instruments.load(citation.instrument)
            assert not citation.edition or cited.edition(citation.edition)


@pytest.mark.parametrize(
    ("norm", "edition", "on", "found"),
    [
        (RES_1336, "Rev. 2019", "2018-12-31", InForce.NO),
        (RES_1336, "Rev. 2019", "2019-02-01", InForce.NO),  # Council 2019 was yet to come
        (RES_1336, "Rev. 2019", "2019-09-20", InForce.NOT_KNOWN),  # on which day, nobody says
        (RES_1336, "Rev. 2019", "2019-12-31", InForce.YES),
        (RES_1336, "Rev. 2019", "2026-11-21", InForce.YES),
        (RES_1344, "Rev. 2015", "2014-12-31", InForce.NO),
        (RES_1344, "Rev. 2015", "2018-01-01", InForce.NOT_KNOWN),  # from when, nobody says
        (RES_1344, "Rev. 2015", "2020-01-01", InForce.NO),  # abrogated in 2019
        (RES_1305, "2009", "2020-01-01", InForce.NO),
        (RES_1305, "Rev. 2019", "2020-01-01", InForce.NOT_KNOWN),
        ("itu-pp-res-102", "Rev. Dubai, 2018", "2017-01-01", InForce.NO),
        ("itu-pp-res-102", "Rev. Dubai, 2018", "2021-01-01", InForce.NOT_KNOWN),
        ("tunis-agenda", "", "2021-01-01", InForce.NOT_KNOWN),
    ],
)
def test_an_edition_was_in_force_or_not_or_nobody_knows(norm, edition, on, found):
    assert instruments.load(norm).edition(edition).in_force(date.fromisoformat(on)) is found


def test_what_abrogated_a_norm_is_named():
    ended = instruments.load(RES_1344).edition("Rev. 2015")
    assert ended.status is Status.ABROGATED
    assert (ended.abrogated_by.instrument, ended.abrogated_by.edition) == (RES_1336, "Rev. 2019")


def test_the_editions_in_force_on_a_day_come_with_the_sure_one_first():
    found = instruments.in_force(RES_1336, on=date(2020, 1, 1))
    assert [(edition.label, sure) for edition, sure in found] == [("Rev. 2019", InForce.YES)]
    between = instruments.in_force(RES_1336, on=date(2019, 6, 1))
    assert {edition.label for edition, _sure in between} == {"before 2019", "Rev. 2019"}


def test_resolution_1336_still_cites_what_it_abrogated():
    found = [
        (one.citation.where, one.citation.instrument, one.why, one.instead.instrument)
        for one in instruments.stale(RES_1336, "Rev. 2019")
    ]
    assert found == [
        ("recognizing b)", RES_1305, Stale.SUPERSEDED, RES_1305),
        ("recognizing c)", RES_1344, Stale.ABROGATED, RES_1336),
        ("annex, 1", RES_1305, Stale.SUPERSEDED, RES_1305),
        ("annex, 6", RES_1344, Stale.ABROGATED, RES_1336),
        ("annex, 7", RES_1344, Stale.ABROGATED, RES_1336),
    ]


def test_a_norm_or_an_edition_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(instruments.UnknownInstrumentError) as caught:
        instruments.load("magna-carta")
    assert RES_1336 in caught.value.allowed
    with pytest.raises(instruments.UnknownEditionError) as caught:
        instruments.stale(RES_1336, "Rev. 2031")
    assert caught.value.allowed == ("before 2019", "Rev. 2019")


# Which procedure a consultation is judged by


@pytest.mark.parametrize(
    ("family", "on", "slug"),
    [
        ("itu-res-1336", "2019-09-20", "itu-res-1336-2019"),  # may have been in force, and alone
        ("itu-res-1336", "2021-01-28", "itu-res-1336-2019"),
        ("open-call", "1999-01-01", "open-call"),  # hangs on no norm
        ("icann-public-comment", "2026-01-01", "icann-public-comment"),
    ],
)
def test_the_procedure_whose_norm_was_in_force_applies(family, on, slug):
    assert procedure.in_force(family, on=date.fromisoformat(on)).slug == slug


def test_a_day_on_which_none_was_in_force_is_refused_with_what_there_is():
    with pytest.raises(procedure.NoneInForceError) as caught:
        procedure.in_force("itu-res-1336", on=date(2018, 5, 1))
    assert caught.value.existing == ("itu-res-1336-2019 (Rev. 2019)",)
    with pytest.raises(procedure.UnknownProcedureError) as caught:
        procedure.in_force("itu-res-1", on=date(2018, 5, 1))
    assert "itu-res-1336" in caught.value.allowed


def test_of_two_editions_of_a_rule_the_one_in_force_is_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    text = (procedure.HERE / "itu-res-1336-2019.toml").read_text(encoding="utf-8")
    older = text.replace('"Rev. 2019"\nbody', '"before 2019"\nbody')
    (tmp_path / "itu-res-1336-2011.toml").write_text(older, encoding="utf-8")
    found = [procedure.in_force("itu-res-1336", on=date(year, 5, 1)).slug for year in (2018, 2020)]
    assert found == ["itu-res-1336-2011", "itu-res-1336-2019"]


# The file


NORM = """\
[[instruments]]
slug = "n"
body = "A body"
[[instruments.editions]]
label = "1"
in_force_from = "2019-06-20"
status = "in_force"
source = "It says so."
"""


@pytest.mark.parametrize(
    ("written", "on", "found"),
    [
        ('"2019-06-20"', "2019-06-19", InForce.NO),
        ('"2019-06-20"', "2019-06-20", InForce.YES),
        ('"2019"', "2019-06-20", InForce.NOT_KNOWN),
        ('"2019"', "2020-01-01", InForce.YES),
        ('["2019-06-10", "2019-06-20"]', "2019-06-15", InForce.NOT_KNOWN),
        ('["2019-06-10", "2019-06-20"]', "2019-06-20", InForce.YES),
        ('""', "2019-06-20", InForce.NOT_KNOWN),
    ],
)
def test_a_moment_is_known_to_the_day_roughly_or_not(written, on, found):
    text = NORM.replace('"2019-06-20"', written)
    [norm] = instruments_file.read(text, name="norms")
    assert norm.edition("1").in_force(date.fromisoformat(on)) is found


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"2019-06-20"', '"June 2019"', "instruments[0].editions[0].in_force_from"),
        ('"2019-06-20"', "2019", "instruments[0].editions[0].in_force_from"),
        ('"2019-06-20"', '["2019-06-20"]', "instruments[0].editions[0].in_force_from"),
        ('"in_force"', '"dead"', "instruments[0].editions[0].status"),
        ('source = "It says so."', "", "instruments[0].editions[0].source"),
        ('body = "A body"', 'body = "A body"\nbodies = 2', "instruments[0].bodies"),
    ],
)
def test_a_slip_in_the_file_of_a_norm_is_named_with_its_line(old, new, where):
    with pytest.raises(ProcedureFileError) as caught:
        instruments_file.read(NORM.replace(old, new), name="norms")
    assert (caught.value.where, caught.value.line > 0) == (where, True)
