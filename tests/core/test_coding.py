"""Places in public texts, agreement between coders, frames as files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import anchors, coders, coding_frame, redaction
from consulta.core.coding_frame import CodeRow, FrameUnreadableError

TEXT = "abcdefghijklmnopqrstuvwxyz"
SPANS = st.lists(
    st.tuples(st.integers(0, 25), st.integers(1, 6)).map(lambda s: (s[0], min(26, s[0] + s[1]))),
    max_size=4,
)


@given(spans=SPANS, start=st.integers(0, 25), length=st.integers(1, 26))
def test_a_passage_of_the_public_text_leads_back_to_itself_but_for_what_was_left_out(
    spans, start, length
):
    public = redaction.apply(TEXT, spans)
    end = min(start + length, len(public))
    words = public[start:end]
    if not words.isalpha():
        return  # it touches an omission
    place = anchors.to_arrived(start, end, length=26, left_out=spans)
    assert TEXT[slice(*place)] == words
    assert anchors.to_public(*place, length=26, left_out=spans) == (start, end)


@given(spans=SPANS, start=st.integers(0, 25), length=st.integers(1, 26))
def test_no_left_out_letter_is_ever_in_a_passage(spans, start, length):
    public = redaction.apply(TEXT, spans)
    place = anchors.to_public(start, min(start + length, 26), length=26, left_out=spans)
    hidden = {letter for a, b in spans for letter in TEXT[a:b]}
    shown = set() if place is None else set(public[slice(*place)])
    assert not shown & hidden
    wanted = set(TEXT[start : start + length]) - hidden
    assert wanted <= shown


def test_a_passage_across_an_omission_takes_in_what_was_left_out():
    public = redaction.apply("one two three", [(4, 7)])
    assert public == "one […] three"
    assert anchors.to_arrived(0, len(public), length=13, left_out=[(4, 7)]) == (0, 13)
    assert anchors.to_public(4, 7, length=13, left_out=[(4, 7)]) is None


def test_alpha_is_that_of_the_published_example():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: two observers, binary."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [(bool(a), bool(b)) for a, b in zip(first, second, strict=True)]
    assert coders.alpha(units) == pytest.approx(0.095, abs=0.0005)
    assert coders.pair(units).agreement == 0.6


def test_kappa_is_cohens_and_nothing_where_chance_explains_all():
    """Forty-five of a hundred differ: kappa of the usual textbook table (20, 5, 10, 15 of 50) is 0.4."""
    assert coders.Pair(20, 5, 10, 15).kappa == pytest.approx(0.4)
    assert coders.Pair(4, 0, 0, 0).kappa is None
    assert coders.alpha([(True, True), (True, True)]) is None
    assert coders.alpha([(True,), (False,)]) is None


ROWS = [CodeRow(1, "Cost", "Money,\n“asked”"), CodeRow(2, "=SUM", parent=1, question=2)]


def test_a_frame_comes_back_from_json_and_from_a_table():
    assert coding_frame.read(coding_frame.as_json(ROWS, language="en").encode()) == ROWS
    lines = (
        "number;name;definition;parent;question;state",
        "2;'=SUM;;1;2;",
        '1;Cost;"Money,\n“asked”";;;',
    )
    table = "\r\n".join(lines)
    assert coding_frame.read(b"\xef\xbb\xbf" + table.encode()) == ROWS


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "no_names"),
        (b"\xff\xfe\x00", "not_utf8"),
        (b"{", "not_json"),
        (b'{"codes": 3}', "no_codes"),
        (b'{"codes": []}', "empty"),
        (b"a,b\n1,2\n", "no_names"),
        (b"name,number\n ,1\n", "name"),
        (b"name,number\nA,x\n", "number"),
        (b"name,number\nA,1\nB,1\n", "number_twice"),
        (b"name,number,parent\nA,1,2\nB,2,1\n", "circle"),
        (b"name\n" + b"A\n" * 501, "too_many"),
        (b"[" * 100_000, "not_json"),
    ],
)
def test_a_file_that_is_no_frame_is_refused_with_what_is_wrong(content, trouble):
    with pytest.raises(FrameUnreadableError) as refused:
        coding_frame.read(content)
    assert refused.value.trouble == trouble
