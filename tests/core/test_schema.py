"""The form of a procedure's file: what it can say, and how a slip is named with its line."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import phases, procedure, procedure_file, shelf, timetable, toml_lines
from consulta.core.calendar import RollOff, Unit
from consulta.core.procedure import UnknownChoiceError
from consulta.core.procedure_file import ProcedureFileError
from consulta.core.regime import Access, Content, Contest, Extending, Late, Publish
from consulta.core.rules import MilestoneKind
from consulta.core.seat import Seat

TWO_PHASES = """\
edition = 3
family = "body-rule"
instrument = "itu-council-res-1336"
instrument_edition = "Rev. 2019"
body = "A body"
languages = ["en"]
original_language = "en"
zone = "Europe/Brussels"
hour = "23:59:59"
instant_source = "Article 1."
grounds = "standard"
[title]
en = "Comments and replies"
[seat]
country = "BE"
[terms]
text_public = true
name_withheld_by = []
country_withheld_by = []
[responses]
publish = "at_close"
late = "refuse"
confidential_twin = true
paper_counts = "postmark"
source = "Article 2."
[extension]
allowed = "published_notice"
reopening = true
source = "Article 3."
[contest]
days = 30
answer_days = 30
source = "Article 4."
verified = false
[[choices]]
name = "comments"
label = { en = "Were there comments?" }
default = "received"
[[choices.options]]
name = "received"
label = { en = "Yes" }
[[choices.options]]
name = "none"
label = { en = "No" }
[[tiers]]
name = "public"
label = { en = "Everyone" }
access = "after_clearing"
source = "Article 5."
[[phases]]
name = "comment"
label = { en = "Comments" }
opens = "opening"
closes = "responses_due"
content = "responses"
source = "Article 6."
[[phases]]
name = "reply"
label = { en = "Replies" }
opens = "responses_due"
closes = "replies_due"
content = "replies"
when = { comments = ["received"] }
source = "Article 7."
[[anchors]]
name = "opening.date"
kind = "chosen"
label = { en = "the day of the notice" }
[[milestones]]
name = "opening"
kind = "act"
anchor = "opening.date"
days = 0
bound = "exactly"
modality = "shall"
clause = "6"
source = "It opens on the day of the notice."
[[milestones]]
name = "responses_due"
kind = "deadline"
anchor = "opening"
days = 21
bound = "minimum"
modality = "shall"
phase = "comment"
clause = "6"
source = "Comments are taken for 21 days or more."
[[milestones]]
name = "replies_due"
kind = "deadline"
anchor = "comment.closes"
working_days = 15
bound = "minimum"
modality = "shall"
hour = "17:00"
zone = "Europe/Riga"
roll = "forward"
roll_off = "holiday"
phase = "reply"
when = { comments = ["received"] }
clause = "7"
source = "Replies are taken for 15 working days or more."
verified = false
[[milestones]]
name = "report_published"
kind = "output"
anchor = "replies_due"
weeks = 4
bound = "at_latest"
modality = "should"
sign_off = "the president"
when = { comments = ["received"] }
clause = "8"
source = "The report is published within four weeks of the replies."
[[milestones]]
name = "report_published"
kind = "output"
anchor = "responses_due"
weeks = 2
bound = "at_latest"
modality = "should"
sign_off = "the president"
when = { comments = ["none"] }
clause = "8"
source = "Without comments, it is published within two weeks of the close."
"""
OPENS = date(2027, 3, 1)


NORMS = {"itu-council-res-1336": ("before 2019", "Rev. 2019"), "tunis-agenda": ("",)}


def read(text):
    return procedure_file.read(text, slug="two", grounds=lambda _name: [], norms=NORMS)


def drawn_up(**chosen):
    rules = procedure.choose(read(TWO_PHASES), options=chosen)
    return timetable.draw_up(rules, {"opening.date": OPENS}, today=OPENS)


# What a file can say


def test_everything_that_a_file_says_is_read():
    rules = read(TWO_PHASES)
    assert (rules.family, rules.instrument, rules.instrument_edition) == (
        "body-rule",
        "itu-council-res-1336",
        "Rev. 2019",
    )
    assert rules.seat == Seat("BE")
    assert rules.contest == Contest(30, 30, "Article 4.", verified=False)
    assert (rules.extension.allowed, rules.extension.reopening) == (
        Extending.PUBLISHED_NOTICE,
        True,
    )
    assert (rules.responses.publish, rules.responses.late) == (Publish.AT_CLOSE, Late.REFUSE)
    assert [(tier.name, tier.access) for tier in rules.tiers] == [("public", Access.AFTER_CLEARING)]
    assert rules.anchor("opening.date").label == {"en": "the day of the notice"}

    replies = rules.rule("replies_due")
    assert (replies.hour, replies.zone, replies.roll_off) == (
        time(17),
        "Europe/Riga",
        RollOff.HOLIDAY,
    )
    assert (replies.anchor, replies.offset.unit) == ("responses_due", Unit.WORKING_DAYS)
    assert (replies.phase, replies.verified) == ("reply", False)
    report = rules.rule("report_published")
    assert (report.kind, report.sign_off) == (MilestoneKind.OUTPUT, "the president")


def test_what_a_file_does_not_say_has_the_usual_meaning():
    rules = procedure.load("itu-res-1336-2019", edition=1)
    assert (rules.family, rules.instrument, rules.seat) == (rules.slug, "", Seat())
    assert (rules.choices, rules.phases, rules.tiers, rules.contest) == ((), (), (), None)
    assert rules.extension.allowed is Extending.NOT_PROVIDED
    assert (rules.responses.publish, rules.responses.late) == (
        Publish.AFTER_CLEARING,
        Late.ACCEPT_AND_MARK,
    )
    assert all(rule.verified and not rule.when for rule in rules.rules)


# Conditional phases: the choice, and what is drawn up


@pytest.mark.parametrize(
    ("choice", "milestones"),
    [
        (
            "received",
            {
                "opening": "2027-03-01",
                "responses_due": "2027-03-22",
                "replies_due": "2027-04-13",  # 15 working days, Easter Monday not counted
                "report_published": "2027-05-11",
            },
        ),
        (
            "none",
            {
                "opening": "2027-03-01",
                "responses_due": "2027-03-22",
                "report_published": "2027-04-05",
            },
        ),
    ],
)
def test_only_what_the_choice_demands_is_drawn_up(choice, milestones):
    table = drawn_up(comments=choice)
    assert {m.name: m.proposed.isoformat() for m in table.milestones} == milestones


def test_without_a_choice_the_default_is_drawn_up():
    assert drawn_up().milestones == drawn_up(comments="received").milestones


@pytest.mark.parametrize(
    ("chosen", "allowed"),
    [
        ({"comments": "some"}, ("comments=received", "comments=none")),
        ({"weather": "fine"}, ("comments",)),
    ],
)
def test_a_choice_that_is_not_there_is_refused_with_those_that_are(chosen, allowed):
    with pytest.raises(UnknownChoiceError) as caught:
        drawn_up(**chosen)
    assert caught.value.allowed == allowed


# Two phases with different content


@pytest.mark.parametrize(
    ("at", "content"),
    [
        ("2027-02-28T22:59:59", None),
        ("2027-02-28T23:00:00", Content.RESPONSES),  # midnight in Brussels
        ("2027-03-22T22:59:58", Content.RESPONSES),
        ("2027-03-22T23:00:00", Content.REPLIES),
        ("2027-04-13T14:00:00", Content.REPLIES),  # five o'clock in Riga
        ("2027-04-13T14:00:01", None),
    ],
)
def test_what_may_be_submitted_follows_from_the_instant(at, content):
    found = phases.open_at(drawn_up().phases, datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert [phase.content for phase in found] == ([content] if content else [])


def test_an_extended_phase_is_open_until_its_new_day():
    longer = timetable.extend(drawn_up(), "replies_due", to=date(2027, 4, 30), today=OPENS)
    assert longer.phases[1].closes_at.isoformat() == "2027-04-30T17:00:00+03:00"


def test_a_phase_that_the_choice_voids_is_not_there():
    assert [one.phase.name for one in drawn_up(comments="none").phases] == ["comment"]


# Slips, each with its place, its line and the mend


@pytest.mark.parametrize(
    ("old", "new", "where", "mend"),
    [
        ('country = "BE"', 'country = "XX"', "seat.country", "there are: AD, AE"),
        ('country = "BE"', 'country = "BE"\nsubdivision = "X"', "seat.subdivision", "X"),
        ('kind = "chosen"', 'kind = "chance"', "anchors[0].kind", "publication"),
        ('"Europe/Brussels"', '""', "zone", "Europe/Zurich"),
        ('"Europe/Riga"', '"Europe/Rigga"', "milestones[2].zone", "Europe/Zurich"),
        ('"17:00"', '"25:00"', "milestones[2].hour", "17:00:00"),
        ('"17:00"', '"5 pm"', "milestones[2].hour", "17:00:00"),
        ('"17:00"', '"17:00+02:00"', "milestones[2].hour", "17:00:00"),
        ('roll_off = "holiday"', 'roll_off = "feast"', "milestones[2].roll_off", "weekend"),
        ('phase = "reply"', 'phase = "replies"', "milestones[2].phase", "[[phases]]"),
        ("working_days = 15", "fortnights = 1", "milestones[2].days", "working_days"),
        ("working_days = 15", "working_days = 10000", "milestones[2].working_days", "9999"),
        ("working_days = 15", "working_days = [9, 1]", "milestones[2].working_days", "whole"),
        ("days = 21", "days = 2.5", "milestones[1].days", "whole number"),
        ("days = 21", "days = true", "milestones[1].days", "whole number"),
        ("days = 21", "days = -21", "milestones[1].days", "at_latest"),
        ('days = 21\nbound = "minimum"', 'days = -21\nbound = "exactly"', "phases[0].closes", "lies before"),
        ('"comment.closes"', '"comment.ends"', "milestones[2].anchor", "opening.date"),
        ('"comment.closes"', '"reply.closes"', "milestones", "replies_due -> replies_due"),
        ('closes = "replies_due"', 'closes = "responses_due"', "phases[1].closes", "opens"),
        ('closes = "replies_due"', 'closes = "reply_due"', "phases[1].closes", "replies_due"),
        ('content = "replies"', 'content = "rants"', "phases[1].content", "votes"),
        ('source = "Article 7."', 'source = " "', "phases[1].source", "sentence"),
        ('source = "Article 5."\n', "", "tiers[0].source", "missing"),
        ('source = "Article 4."\n', "", "contest.source", "missing"),
        ("answer_days = 30", "answer_days = -1", "contest.answer_days", "0"),
        ('access = "after_clearing"', 'access = "shut"', "tiers[0].access", "listed"),
        ('publish = "at_close"', 'publish = "never"', "responses.publish", "at_once"),
        ("reopening = true", 'reopening = "yes"', "extension.reopening", "bool"),
        ('default = "received"', 'default = "some"', "choices[0].default", "none"),
        (
            'when = { comments = ["received"] }\nsource',
            'when = { comments = ["some"] }\nsource',
            "phases[1].when.comments",
            "received, none",
        ),
        (
            'when = { comments = ["received"] }\nsource',
            "when = { comments = [] }\nsource",
            "phases[1].when.comments",
            "received, none",
        ),
        (
            'when = { comments = ["none"] }',
            'when = { remarks = ["none"] }',
            "milestones[4].when.remarks",
            "comments",
        ),
        ('when = { comments = ["none"] }\n', "", "milestones[4].name", "excludes"),
        (
            'anchor = "responses_due"\nweeks = 2',
            'anchor = "replies_due"\nweeks = 2',
            "milestones[4].anchor",
            "comments=none",
        ),
        ("days = 21", 'days = 21\nsign_off = "x"', "milestones[1].sign_off", "output"),
        ('roll = "forward"', "roll_in_rule = true", "milestones[2].roll_in_rule", "back"),
        ('languages = ["en"]', "languages = []", "languages", "one language"),
        ('languages = ["en"]', 'languages = ["en", "fr"]', "choices[0].label.fr", "label"),
        ('label = { en = "Replies" }', 'label = { en = "" }', "phases[1].label.en", "words"),
        ('family = "body-rule"', "family = 7", "family", "str"),
        ("edition = 3\n", "", "edition", "add it"),
        ("edition = 3", "edition = 0", "edition", "from 1 to"),
        ('name = "replies_due"', 'name = "../x y"', "milestones[2].name", "digits"),
        ('name = "opening.date"', 'name = "opening=date"', "anchors[0].name", "dots"),
        ('instrument = "itu-council-res-1336"', 'instrument = "nope"', "instrument", "tunis-agenda"),
        ('"Rev. 2019"', '"Rev. 2031"', "instrument_edition", "before 2019, Rev. 2019"),
        ("edition = 3", "edition = 3\nedition = 4", "the file", "TOML"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place_its_line_and_the_mend(old, new, where, mend):
    assert TWO_PHASES.count(old) >= 1, old
    broken = TWO_PHASES.replace(old, new, 1)
    with pytest.raises(ProcedureFileError) as caught:
        read(broken)
    error = caught.value
    assert (error.where, mend in error.problem) == (where, True), str(error)
    assert 1 <= error.line <= len(broken.splitlines())
    assert str(error).startswith(f"two.toml:{error.line}: {where}: ")


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("edition", 'edition = 3'),
        ("title", "[title]"),
        ("title.en", 'en = "Comments and replies"'),
        ("contest.days", "days = 30"),
        ("choices[0].options[1].name", 'name = "none"'),
        ("phases[1].when.comments", 'when = { comments = ["received"] }'),
        ("phases[1].verified", "[[phases]]"),
        ("milestones[2].hour", 'hour = "17:00"'),
        ("milestones", "[[milestones]]"),
    ],
)  # fmt: skip
def test_the_line_of_a_place_is_found(where, line):
    number = toml_lines.of(toml_lines.find(TWO_PHASES), where)
    assert TWO_PHASES.splitlines()[number - 1] == line


def test_what_looks_like_a_key_inside_a_text_of_several_lines_is_none():
    text = 'a = """\nb = 1\n[c]\n"""\nb = 2\n'
    assert toml_lines.find(text) == {"": 1, "a": 1, "b": 5}


DUE = """\
[[milestones]]
name = "due"
kind = "deadline"
anchor = "{}"
{}
modality = "should"
clause = "1"
source = "It is due."
"""


@pytest.mark.parametrize(
    ("anchor", "rule", "key", "mend"),
    [
        ("responses_due", 'days = -60\nbound = "at_latest"', "days", "count it forward"),
        ("responses_due", 'weeks = 2\nleast_days = 15\nbound = "at_latest"', "least_days", "do not fit"),
        ("opening", 'days = 10\nbound = "at_latest"', "days", "later end"),
    ],
)  # fmt: skip
def test_what_ends_before_the_milestone_that_it_follows_is_refused(anchor, rule, key, mend):
    after = f'follows = "responses_due"\n{rule}'
    number = TWO_PHASES.count("[[milestones]]")
    with pytest.raises(ProcedureFileError) as caught:
        read(TWO_PHASES + DUE.format(anchor, after))
    assert (caught.value.where, mend in caught.value.problem) == (
        f"milestones[{number}].{key}",
        True,
    ), str(caught.value)


def test_weeks_leave_room_for_as_many_days():
    rule = 'follows = "responses_due"\nweeks = 2\nleast_days = 14\nbound = "at_latest"'
    assert read(TWO_PHASES + DUE.format("responses_due", rule)).rule("due").least_days == 14


# Whatever is typed: a procedure, or one sentence


LINES = TWO_PHASES.splitlines()


def refused(number, line):
    """The sentence for the file with *line* as line *number*; none where it is a procedure."""
    try:
        read("\n".join([*LINES[:number], line, *LINES[number + 1 :]]))
    except ProcedureFileError as error:
        return str(error)
    return None


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.text(max_size=30))
def test_any_line_spoilt_gives_a_procedure_or_one_sentence(number, spoilt):
    said = refused(number, spoilt)
    assert said is None or said.startswith("two.toml:")


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["0", "-1", '""', '"x"', "[]", "{}", "true", "1.5", "1979-05-27", "[1, 2]"]),
)
def test_any_value_of_another_kind_gives_a_procedure_or_one_sentence(number, value):
    key = LINES[number].partition("=")[0]
    said = refused(number, f"{key} = {value}")
    assert said is None or said.startswith("two.toml:")


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_the_milestones_in_the_file_changes_no_date(order):
    parts = TWO_PHASES.split("[[milestones]]")
    head, found = parts[0], parts[1:]
    text = head + "".join(f"[[milestones]]{found[number].rstrip()}\n" for number in order)
    table = timetable.draw_up(read(text), {"opening.date": OPENS}, today=OPENS)
    expected = {m.name: m.proposed for m in drawn_up().milestones}
    assert {m.name: m.proposed for m in table.milestones} == expected


# Files in the package, in a folder of one's own, and earlier editions


@pytest.fixture
def own(tmp_path, monkeypatch):
    """An institution's own folder with the procedure called ``two``, edition 3."""
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    (tmp_path / "two.toml").write_text(TWO_PHASES, encoding="utf-8")
    return tmp_path


def test_a_procedure_of_ones_own_folder_stands_beside_those_of_the_package(own):
    assert {"two", "open-call"} <= set(procedure.slugs())
    assert procedure.load("two").edition == 3
    assert procedure.find(str(own / "two.toml")) == procedure.load("two")


def test_an_earlier_edition_is_read_from_where_it_is_kept(own):
    (own / "earlier").mkdir()
    earlier = TWO_PHASES.replace("edition = 3", "edition = 2").replace("days = 21", "days = 14")
    (own / "earlier" / "two-2.toml").write_text(earlier, encoding="utf-8")
    assert procedure.load("two", edition=2).rule("responses_due").offset.first == 14
    assert procedure.load("two", edition=3).rule("responses_due").offset.first == 21
    with pytest.raises(procedure.UnknownEditionError) as caught:
        procedure.load("two", edition=1)
    assert caught.value.allowed == (3, 2)


def test_an_earlier_edition_under_a_wrong_name_is_refused(own):
    (own / "earlier").mkdir()
    (own / "earlier" / "two-1.toml").write_text(TWO_PHASES, encoding="utf-8")
    with pytest.raises(ProcedureFileError, match="rename it"):
        procedure.load("two", edition=1)


def test_a_slip_in_one_file_hinders_no_other(own):
    (own / "broken.toml").write_text("edition = ", encoding="utf-8")
    found = procedure.survey()
    assert {"two", "open-call"} <= {rules.slug for rules in found.readable}
    assert [slip.slug for slip in found.slips] == ["broken"]


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        (b"", 1, "is missing"),
        (b'edition = 1\nbody = "Comit\xe9"\n', 2, "save it as UTF-8"),
        (b"x = " + b"[" * 20000, 1, "nested too deeply"),
        (b"\nedition = 1" + b"0" * 5000, 2, "shorten it"),
    ],
)
def test_a_file_of_another_kind_is_named_and_hinders_no_other(own, written, line, said):
    (own / "broken.toml").write_bytes(written)
    found = procedure.survey()
    assert {"two", "open-call"} <= {rules.slug for rules in found.readable}
    [slip] = found.slips
    assert (slip.slug, slip.line, said in slip.problem) == ("broken", line, True)


def test_a_folder_is_no_procedure_and_a_name_for_no_address_is_a_slip(own):
    (own / "folder.toml").mkdir()
    (own / "two rules.toml").write_text(TWO_PHASES, encoding="utf-8")
    assert "folder" not in procedure.slugs()
    [slip] = procedure.survey().slips
    assert (slip.slug, "rename it" in slip.problem) == ("two rules", True)


def test_a_byte_order_mark_is_passed_over(own):
    (own / "marked.toml").write_text(TWO_PHASES, encoding="utf-8-sig")
    assert procedure.load("marked").edition == 3


def test_a_slip_in_ones_own_list_of_grounds_is_named(own):
    (own / "grounds").mkdir()
    (own / "grounds" / "standard.toml").write_text("grounds = ", encoding="utf-8")
    assert [slip.slug for slip in procedure.survey().slips] == ["grounds/standard"]


@pytest.mark.parametrize("name", ["nowhere.toml", "/", "x/../nowhere.toml"])
def test_a_file_that_is_not_there_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((procedure.UnreadableFileError, procedure.UnknownProcedureError)):
        procedure.find(name)


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_edition_that_is_kept_can_be_read_and_none_is_kept_twice(slug):
    numbers = [rules.edition for rules in shelf.editions(slug, shelf.folders())]
    assert sorted(numbers) == list(range(1, max(numbers) + 1))
    assert all(procedure.load(slug, edition=number).edition == number for number in numbers)
