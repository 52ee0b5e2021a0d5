"""The archive: records under an address that stays, practices shown once a person has decided."""

import pytest

from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.repository import deposit, erasing, practices, queries
from consulta.repository.models import Practice, Record
from consulta.stakeholders.models import Respondent


def a_practice(key: str = "one", title: str = "Shared masts") -> Practice:
    respondent = Respondent.objects.create(kind="individual", name="Sample Person")
    return Practice(
        respondent=respondent, language="en", title=title, text="We shared.", idempotency_key=key
    )


def test_a_record_keeps_its_address(db):
    titles = {"en": {"text": "Compilation", "status": "original"}}
    first = deposit.deposit(
        Record(slug="c-1", kind="compilation", titles=titles, language="en"), by=None
    )
    again = deposit.deposit(
        Record(slug="c-1", kind="compilation", titles={}, language="en"), by=None
    )
    assert again == first
    assert queries.title(queries.record_by_slug("c-1"), "ar").text == "Compilation"


def test_a_practice_is_shown_only_after_a_person_decided(db, officer):
    waiting = practices.submit(a_practice())
    assert queries.practices() == []
    assert queries.practices_waiting() == [waiting]
    practices.publish(waiting, by=officer)
    assert queries.practices() == [queries.practice_by_slug("shared-masts")] == [waiting]
    with pytest.raises(practices.PracticeDecidedError):
        practices.decline(waiting, ground="off_topic", reason="Not on an issue.", by=officer)


def test_sent_twice_it_is_one_practice(db):
    assert practices.submit(a_practice()) == practices.submit(a_practice())
    assert Practice.objects.count() == 1


def test_the_same_title_gets_an_address_of_its_own(db):
    assert practices.submit(a_practice("1")).slug == "shared-masts"
    assert practices.submit(a_practice("2")).slug == "shared-masts-2"
    assert practices.submit(a_practice("3", "实践")).slug == "practice"


def test_a_practice_is_declined_on_a_ground_by_somebody_who_may(db, officer, people):
    waiting = practices.submit(a_practice())
    with pytest.raises(practices.GroundMissingError):
        practices.decline(waiting, ground="", reason="x", by=officer)
    with pytest.raises(NotAllowedError):
        practices.publish(waiting, by=people["reader"])
    practices.decline(waiting, ground="off_topic", reason="Not on an issue.", by=officer)
    assert Practice.objects.get().state == Practice.State.DECLINED


def test_an_erased_practice_leaves_no_word_name_or_address_of_it(db, officer):
    practice = practices.submit(a_practice())
    Respondent.objects.update(email="sample@example.org")
    with pytest.raises(erasing.PracticeWaitsError):
        erasing.erase(practice, because="By order of a court.", by=officer)
    practices.publish(practice, by=officer)
    with pytest.raises(erasing.BecauseMissingError):
        erasing.erase(practice, because=" ", by=officer)

    erased = erasing.erase(practice, because="By order of a court.", by=officer)

    assert (erased.title, erased.text, erased.slug) == ("", "", f"erased-{erased.pk}")
    assert (erased.state, erased.erased_because) == ("published", "By order of a court.")
    author = Respondent.objects.get()
    assert (author.name, author.organisation_name, author.email) == ("", "", "")
    assert (queries.practices(), list(queries.practices_decided())) == ([], [erased])
    assert queries.search_practices("", limit=9) == []
    assert erasing.erase(practice, because="Again.", by=officer).erased_because == (
        "By order of a court."
    )
    assert Entry.objects.filter(act="practice_erased").count() == 1


def test_only_who_may_erase_erases_a_practice(db, officer, people):
    practice = practices.submit(a_practice())
    practices.publish(practice, by=officer)
    with pytest.raises(NotAllowedError):
        erasing.erase(practice, because="Why.", by=people["moderator"])
