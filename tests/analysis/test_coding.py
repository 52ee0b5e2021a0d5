"""A frame is written by people and kept; what they coded counts respondents, and holds no words."""

import pytest

from consulta.accounts.models import User
from consulta.analysis.campaigns import deciding
from consulta.analysis.coding import (
    agreeing,
    counting,
    errors,
    exchange,
    frames,
    listing,
    marking,
    merging,
    queries,
    reading,
)
from consulta.analysis.coding.frames import Wording
from consulta.analysis.coding.marking import Given
from consulta.analysis.models import Code, Coding, NoCode
from consulta.consultations.models import Consultation
from consulta.core.submission import SubmittedAnswer
from consulta.flow import erasing, journey
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.responses import moderation, publication, withdrawal
from consulta.responses.models import Answer, Redaction, Response
from consulta.responses.moderation import Because
from tests.analysis.conftest import LETTER

pytestmark = pytest.mark.django_db
WORDS = "Cables are dear. Our ferry, called Nelly, comes twice a week. We ask for a fund."


@pytest.fixture
def code(consultation, officer):
    def add(name: str, **where: object) -> Code:
        return frames.add(consultation, Wording(name, **where), by=officer)

    return add


@pytest.fixture
def answer(consultation):
    def of(response: Response, question: int = 1) -> Answer:
        response.refresh_from_db()
        pk = response.published_version.answers.get(question=question).pk
        return reading.answer(consultation, pk)

    return of


def acts() -> list[str]:
    return [e.act for e in Entry.objects.filter(act__startswith="cod").order_by("pk")]


def tree(consultation) -> list[tuple[int, str]]:
    return [(level.depth, level.code.name) for level in queries.frame(consultation).tree]


def counted(consultation, question: int = 1) -> dict[str, int]:
    frame = queries.frame(consultation)
    names = {code.pk: code.name for code in frame.codes}
    found = counting.by_question(consultation, frame).get(question, counting.Counted())
    return {names[pk]: line.respondents for pk, line in found.lines.items()}


def test_a_frame_is_a_tree_in_an_order_that_an_officer_chooses(consultation, code, officer):
    cost = code("Cost", definition="What it costs anybody.")
    code("Place")
    code("Cost to users", parent=cost.ordinal)
    frames.move(Code.objects.get(name="Place"), -1, by=officer)
    assert tree(consultation) == [(0, "Place"), (0, "Cost"), (1, "Cost to users")]
    assert acts() == ["code_added"] * 3 + ["code_changed"]


def test_a_name_in_use_is_taken_once_for_a_question_and_a_circle_is_refused(code, officer):
    cost = code("Cost")
    with pytest.raises(errors.NameTakenError):
        code("COST", question=1)
    code("Place", question=1)
    code("Place", question=2)
    with pytest.raises(errors.NameMissingError):
        code("  ")
    below = code("To users", parent=cost.ordinal)
    with pytest.raises(errors.CircleError):
        frames.reword(cost, Wording("Cost", parent=below.ordinal), by=officer)


def test_what_a_code_said_before_is_kept(code, officer):
    cost = code("Cost", definition="Money.")
    frames.reword(cost, Wording("Price", "Money asked."), by=officer)
    frames.reword(cost, Wording("Price", "Money asked."), by=officer)
    (change,) = queries.changes(cost)
    assert (change.name, change.definition, change.changed_by) == ("Cost", "Money.", officer)
    assert acts() == ["code_added", "code_changed"]


def test_a_code_that_was_given_is_retired_never_struck_out(
    consultation, code, send, answer, officer
):
    cost, spare = code("Cost"), code("Spare")
    marking.code(answer(send(WORDS)), Given([cost.ordinal]), by=officer)
    with pytest.raises(errors.CodeUsedError):
        frames.delete(cost, by=officer)
    frames.delete(spare, by=officer)
    frames.retire(cost, by=officer)
    assert counted(consultation) == {"Cost": 1}
    with pytest.raises(errors.UnknownCodeError):
        marking.code(answer(send(WORDS)), Given([cost.ordinal]), by=officer)
    with pytest.raises(errors.ChangedMeanwhileError):
        frames.retire(cost, by=officer)
    frames.restore(cost, by=officer)
    assert tree(consultation) == [(0, "Cost")]


def test_merged_codes_count_as_one_and_come_apart_again(
    consultation, code, send, answer, officer, second_officer
):
    cost, price, dear = code("Cost"), code("Price"), code("Dear")
    first, second = answer(send(WORDS)), answer(send("Too dear."))
    marking.code(first, Given([cost.ordinal, price.ordinal]), by=officer)
    marking.code(second, Given([price.ordinal]), by=second_officer)
    merging.merge(dear, price.ordinal, by=officer)
    merging.merge(price, cost.ordinal, by=officer)
    assert counted(consultation) == {"Cost": 2}
    assert len(reading.row(first).codings) == 1, "the same by the merger is shown once"
    with pytest.raises(errors.NotMergeableError):
        merging.merge(cost, price.ordinal, by=officer)
    marking.code(second, Given([cost.ordinal]), by=officer)
    merging.separate(price, by=officer)
    assert counted(consultation) == {"Cost": 2, "Price": 2}
    assert "code_merged" in acts()
    assert acts()[-1] == "code_separated"


def test_respondents_are_counted_once_and_under_the_codes_above(
    consultation, code, send, answer, officer, second_officer
):
    cost = code("Cost")
    users = code("To users", parent=cost.ordinal)
    one, two = answer(send(WORDS)), answer(send("Dear for users."))
    marking.code(one, Given([cost.ordinal], "Cables are dear."), by=officer)
    marking.code(one, Given([cost.ordinal], "We ask for a fund."), by=officer)
    marking.code(one, Given([users.ordinal]), by=second_officer)
    marking.code(two, Given([users.ordinal]), by=officer)
    assert counted(consultation) == {"Cost": 2, "To users": 2}
    line = counting.by_question(consultation, queries.frame(consultation))[1].lines[cost.pk]
    assert (line.marks, dict(line.by_group)) == (2, {"civil-society": 2})


def test_a_passage_is_found_by_its_words_alone(code, send, answer, officer):
    cost, one = code("Cost"), answer(send(WORDS))
    (coding,) = marking.code(one, Given([cost.ordinal], "our  ferry"[1:]), by=officer)
    assert marking.said(coding) == "ur ferry"
    with pytest.raises(errors.WordsNotFoundError):
        marking.code(one, Given([cost.ordinal], "Our plane"), by=officer)
    with pytest.raises(errors.NoCodeChosenError):
        marking.code(one, Given([]), by=officer)
    again = marking.code(one, Given([cost.ordinal], "ur ferry", "A note."), by=officer)
    assert [c.pk for c in again] == [coding.pk]
    assert Coding.objects.get().note == "A note."


def test_redacted_words_never_show_wherever_a_passage_was_coded(
    consultation, code, send, answer, officer
):
    name, cost = code("Name"), code("Cost")
    response = send(WORDS)
    one = answer(response)
    marking.code(one, Given([name.ordinal], "Nelly"), by=officer)
    marking.code(one, Given([cost.ordinal], "called Nelly, comes twice"), by=officer)
    marking.code(one, Given([cost.ordinal], "We ask for a fund."), by=officer)
    start = WORDS.index("Nelly")
    Redaction.objects.create(
        answer=one, start=start, end=start + 5, kind="passage", state="applied",
        ground="personal_data", decided_by=officer, decided_at=response.published_at,
    )  # fmt: skip
    told = [marking.said(c) for c in reading.row(answer(response)).codings]
    assert told == ["called […], comes twice", "", "We ask for a fund."]
    assert all("Nelly" not in str(row) for row in listing.every(consultation))


def test_what_is_not_public_is_not_coded_nor_counted(
    consultation, code, send, answer, officer, second_officer
):
    cost, response = code("Cost"), send(WORDS)
    one = answer(response)
    marking.code(one, Given([cost.ordinal]), by=officer)
    moderation.remove(response, Because("unlawful", "By order."), by=officer)
    with pytest.raises(errors.NotPublicError):
        marking.code(reading.answer(consultation, one.pk), Given([cost.ordinal]), by=officer)
    assert counted(consultation) == {}
    assert list(listing.every(consultation)) == []


def test_what_the_law_takes_away_leaves_no_note(code, send, answer, officer):
    cost, response = code("Cost"), send(WORDS)
    marking.code(answer(response), Given([cost.ordinal], "Nelly", "Nelly is a ferry."), by=officer)
    erasing.erase(response, Because("unlawful", "By order."), by=officer)
    assert Coding.objects.get().note == ""


def test_only_who_coded_takes_back_and_no_code_is_an_answer_too(
    code, send, answer, officer, second_officer
):
    cost, one = code("Cost"), answer(send(WORDS))
    (coding,) = marking.code(one, Given([cost.ordinal]), by=officer)
    with pytest.raises(errors.NotYoursError):
        marking.take_back(coding, by=second_officer)
    marking.find_none(one, by=second_officer)
    marking.find_none(one, by=officer)
    assert not Coding.objects.exists()
    assert NoCode.objects.count() == 2
    marking.code(one, Given([cost.ordinal]), by=officer)
    assert NoCode.objects.get().coded_by == second_officer


def test_a_reader_of_the_desk_changes_nothing(consultation, code, send, answer):
    nobody = User.objects.create_user("nobody@example.org", name="Nobody")
    cost, one = code("Cost"), answer(send(WORDS))
    with pytest.raises(NotAllowedError):
        frames.add(consultation, Wording("Mine"), by=nobody)
    with pytest.raises(NotAllowedError):
        marking.code(one, Given([cost.ordinal]), by=nobody)


def test_codes_stay_with_the_version_that_was_coded_until_somebody_looks_again(
    consultation, submission, code, send, answer, officer
):
    cost, place = code("Cost"), code("Place")
    response = send(WORDS)
    old = answer(response)
    marking.code(old, Given([cost.ordinal], "Cables are dear."), by=officer)
    marking.code(old, Given([place.ordinal], "twice a week"), by=officer)
    changed = "Now we say: cables are still dear. Cables are dear."
    sent = submission(changed, answers=(SubmittedAnswer(1, changed),))
    version = journey.version_arrives(response, sent)
    moderation.accept_version(version, by=officer)
    publication.publish_version(version, by=officer)
    new = answer(response)
    assert counted(consultation) == {}
    assert counting.look_again(consultation) == {1: 1}
    earlier = reading.before(new)
    assert len(earlier) == 2
    assert marking.carry_over(new, earlier, by=officer) == 1
    assert counted(consultation) == {"Cost": 1}
    assert counting.look_again(consultation) == {}
    assert Coding.objects.filter(answer=old).count() == 2


def test_a_letter_is_coded_once_for_everyone_who_sent_it(
    consultation, send, search, code, answer, officer
):
    for text in (LETTER, LETTER.upper(), f"{LETTER} Our ferry is slow."):
        send(text)
    (campaign,) = search()
    deciding.accept(campaign, by=officer)
    cost = code("Cost")
    one = answer(Response.objects.get(serial=1))
    assert marking.code_campaign(one, Given([cost.ordinal]), by=officer) == 3
    assert (
        marking.code_campaign(one, Given([cost.ordinal], "cost of island links"), by=officer) == 2
    )
    assert counted(consultation) == {"Cost": 3}


def test_a_frame_goes_out_and_comes_in(consultation, code, officer):
    cost = code("Cost", definition="Money.")
    code("To users", parent=cost.ordinal, question=2)
    rows = exchange.rows(consultation)
    assert exchange.bring_in(consultation, rows, by=officer) == (0, 2)
    other = Consultation.objects.create(
        number=12, slug="second", procedure=consultation.procedure, languages=["en"], timezone="UTC"
    )
    assert exchange.take_from(other, consultation, by=officer) == (2, 0)
    assert tree(other) == [(0, "Cost"), (1, "To users")]
    assert Code.objects.get(frame__consultation=other, name="To users").question is None


def test_agreement_rests_on_answers_that_both_read(
    consultation, code, send, answer, officer, second_officer
):
    cost = code("Cost")
    mine = [1, 0, 1, 1]
    theirs = [1, 0, 0, 1]
    for first, second in zip(mine, theirs, strict=True):
        one = answer(send(WORDS))
        for by, gave in ((officer, first), (second_officer, second)):
            if gave:
                marking.code(one, Given([cost.ordinal]), by=by)
            else:
                marking.find_none(one, by=by)
    marking.code(answer(send(WORDS)), Given([cost.ordinal]), by=officer)
    found = agreeing.of(consultation, queries.frame(consultation))
    (agreed,) = found.codes
    assert (found.shared, found.several, agreed.pair.answers) == (4, 4, 4)
    assert agreed.pair.agreement == 0.75
    assert agreed.pair.kappa == pytest.approx(0.5)
    assert agreed.alpha == pytest.approx(1 - 7 * 1 / (5 * 3))


def test_withdrawn_responses_leave_the_counts(consultation, code, send, answer, officer):
    cost, response = code("Cost"), send(WORDS)
    marking.code(answer(response), Given([cost.ordinal]), by=officer)
    withdrawal.withdraw(response)
    assert counted(consultation) == {}
