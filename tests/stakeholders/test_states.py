"""Member States by their codes: CLDR's names, entered names, and the name of the day."""

from datetime import date

import pytest

from consulta.ledger.models import Entry
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState

pytestmark = pytest.mark.django_db


def test_a_state_is_called_as_cldr_calls_it_in_every_language():
    ch = states.enter("ch", by="system")
    names = {language: states.name(ch, language).text for language in ("en", "fr", "zh", "ar")}
    assert names == {"en": "Switzerland", "fr": "Suisse", "zh": "瑞士", "ar": "سويسرا"}
    assert Entry.objects.filter(act="member_state_entered").count() == 1
    assert states.enter("CH", by="system") == ch


@pytest.mark.parametrize("code", ["ZZ", "EU", "UN", "C", "CHE", "12", ""])
def test_what_is_no_country_is_refused(code):
    with pytest.raises(states.UnknownStateError):
        states.enter(code, by="system")


def test_sample_states_are_for_sample_bodies_alone():
    with pytest.raises(states.SampleStateError):
        states.enter("XA", by="system")
    made = states.enter("XA", by="system", sample=True, names={"en": "Sample State A"})
    assert states.name(made, "en").text == "Sample State A"
    assert states.name(states.enter("XC", by="system", sample=True), "en").text == "XC"


def test_a_renamed_state_keeps_its_old_name_for_days_of_the_past():
    tr = states.enter("TR", by="system")
    states.rename(tr, {"en": "First name"}, from_on=date(2020, 1, 1), by="system")
    states.rename(tr, {"en": "Second name"}, from_on=date(2022, 6, 1), by="system")
    tr = MemberState.objects.get(pk=tr.pk)
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2022, 5, 31), date(2022, 6, 1), None)
    assert [states.name(tr, "en", on=on).text for on in days] == [
        states.cldr_name("TR", "en"), "First name", "First name", "Second name", "Second name",
    ]  # fmt: skip
    assert Entry.objects.filter(act="member_state_renamed").count() == 2


def test_in_a_language_nobody_entered_the_entered_name_stands_marked_as_what_it_is():
    tr = states.enter("TR", by="system")
    states.rename(tr, {"en": "Another name"}, from_on=date(2020, 1, 1), by="system")
    said = states.name(MemberState.objects.get(pk=tr.pk), "fr")
    assert (said.text, said.language) == ("Another name", "en")


def test_a_name_never_begins_before_the_one_it_follows():
    tr = states.enter("TR", by="system")
    states.rename(tr, {"en": "First name"}, from_on=date(2020, 1, 1), by="system")
    with pytest.raises(states.NameDayError) as refused:
        states.rename(tr, {"en": "Earlier"}, from_on=date(2020, 1, 1), by="system")
    assert refused.value.first == date(2020, 1, 1)
