"""Captions are the sum of their events; what was delivered and what was corrected are both kept."""

from hypothesis import given
from hypothesis import strategies as st

from consulta.core.captions import Event, Kind, as_delivered, fold, spoken_at

NOW = 1_800_000_000_000


def event(kind, text="", *, cue="1.1", at=NOW, **more):
    return Event(cue=cue, kind=Kind(kind), text=text, at=at, **more)


def words(cues):
    return [cue.text for cue in cues]


def test_a_cue_grows_is_final_and_is_corrected_and_both_texts_are_kept():
    events = [event("set", "The"), event("final", "The flour"), event("revise", "The floor")]

    (cue,) = fold(events)

    assert (cue.text, cue.delivered, cue.revision, cue.is_final) == (
        "The floor",
        "The flour",
        1,
        True,
    )
    assert words(as_delivered(events)) == ["The flour"]


def test_a_dropped_cue_is_gone_and_keeps_its_place_if_it_comes_back():
    events = [event("set", "a"), event("final", "b", cue="1.2"), event("drop")]

    assert words(fold(events)) == ["b"]
    assert words(fold([*events, event("set", "A")])) == ["A", "b"]


def test_a_correction_of_what_never_was_changes_nothing():
    assert fold([event("revise", "x"), event("drop", cue="9.9"), event("turn", cue="")]) == []


def test_a_tools_clock_is_believed_unless_it_is_an_hour_wrong():
    assert spoken_at(event("final", "a", said=NOW - 4000)) == NOW - 4000
    assert spoken_at(event("final", "a", said=NOW - 4_000_000)) == NOW
    assert spoken_at(event("final", "a")) == NOW


@given(
    st.lists(
        st.tuples(st.sampled_from(["set", "final", "drop", "revise"]), st.sampled_from("abc")),
        max_size=30,
    )
)
def test_whoever_joins_late_and_folds_all_sees_what_those_see_who_followed(told):
    events = [event(kind, f"{kind} {n}", cue=cue) for n, (kind, cue) in enumerate(told)]
    for cut in range(len(events) + 1):
        assert fold([*events[:cut], *events[cut:]]) == fold(events)
    final = {}
    for one in events:
        if one.kind == Kind.DROP:
            final.pop(one.cue, None)
        elif one.kind != Kind.REVISE or one.cue in {
            e.cue for e in events[: events.index(one)] if e.kind in (Kind.SET, Kind.FINAL)
        }:
            final[one.cue] = one.text
    assert {cue.key: cue.text for cue in fold(events)} == final
