"""Two people save one draft: nothing that either wrote is lost."""

from consulta.responses import sharing_together as together
from consulta.responses.sharing_together import MARK


def content(text="", **rest):
    return {"answers": {"1": text, "2": ""}, "language": "en", "organisation": ""} | rest


def shown(kept):
    """What a page that shows *kept* carries along."""
    return together.read(together.digests(kept))


def test_what_only_i_changed_is_taken():
    kept = content("Old.")
    found = together.merged(kept, content("New."), was=shown(kept))

    assert found == together.Merged(content("New."), ("answer-1",), (), {})


def test_what_only_somebody_else_changed_stays():
    page, kept = content("Old."), content("Theirs.", organisation="Union")
    mine = page | {"answers": {"1": "Old.", "2": "Mine."}}

    found = together.merged(kept, mine, was=shown(page))

    assert found.content == content("Theirs.", organisation="Union") | {
        "answers": {"1": "Theirs.", "2": "Mine."}
    }
    assert found.changed == ("answer-2",)


def test_an_answer_that_both_changed_keeps_both_texts():
    page, kept = content("Old."), content("Theirs.")

    found = together.merged(kept, content("Mine."), was=shown(page))

    assert found.content["answers"]["1"] == f"Theirs.{MARK}Mine."
    assert found.both == ("answer-1",)
    assert together.in_two(found.content)


def test_writing_on_replaces_only_ones_own_part():
    page, kept = content("Old."), content("Theirs.")
    first = together.merged(kept, content("Mine."), was=shown(page)).content
    second = together.merged(first, content("Mine, longer."), was=shown(content("Mine."))).content
    third = together.merged(second, content("Theirs too."), was=shown(content("Theirs."))).content

    assert third["answers"]["1"] == f"Theirs too.{MARK}Mine, longer."


def test_an_answer_emptied_by_one_and_changed_by_the_other_stays():
    page, kept = content("Old."), content("Theirs.")

    assert together.merged(kept, content(""), was=shown(page)).content == kept


def test_an_answer_is_emptied_when_nobody_else_touched_it():
    kept = content("Old.")

    assert together.merged(kept, content(""), was=shown(kept)).content == content("")


def test_of_a_field_with_one_value_the_later_stands_and_the_earlier_is_told():
    page, kept = content(organisation="A"), content(organisation="B")

    found = together.merged(kept, content(organisation="C"), was=shown(page))

    assert found.content["organisation"] == "C"
    assert found.replaced == {"organisation": "B"}


def test_a_page_that_carries_nothing_loses_no_text_either():
    kept = content("Theirs.")

    assert together.merged(kept, content(""), was=together.read("nonsense")).content == kept
    both = together.merged(kept, content("Mine."), was=together.read("[]")).content
    assert both["answers"]["1"] == f"Theirs.{MARK}Mine."


def test_ticks_and_fields_of_other_kinds_come_back_as_they_were():
    kept = content(withhold_name=True, kind="individual")

    assert together.merged(kept, kept, was={}).content == kept
