"""The first page of documents: two officers write it, and neither writes over the other unseen."""

import pytest

from consulta.reports import heads
from consulta.reports.errors import EditedMeanwhileError
from consulta.reports.heads import Head
from tests.web.desk.reporting.sent import BASE

pytestmark = pytest.mark.django_db
PAGE = f"{BASE}in/en/head/consolidated/"


def written(consultation):
    return heads.written(consultation, "consolidated", "en")


def test_who_read_an_older_first_page_does_not_write_over_it(consultation, officer):
    heads.write(consultation, "consolidated", Head("One"), language="en", by=officer)

    with pytest.raises(EditedMeanwhileError):
        heads.write(consultation, "consolidated", Head("Two"), language="en", by=officer)
    read = written(consultation)
    again = Head("Two", written_at=read.written_at)
    heads.write(consultation, "consolidated", again, language="en", by=officer)
    assert written(consultation).agenda_item == "Two"


def test_both_stand_in_the_form_and_the_next_press_saves(desk, consultation, officer):
    page = desk.get(PAGE)
    heads.write(consultation, "consolidated", Head("Theirs", "Same."), language="en", by=officer)
    sent = {"agenda_item": "Mine", "summary": "Same."}

    refused = desk.post(PAGE, sent | {"written_at": ""})
    html = refused.content.decode()

    assert page.status_code == 200
    assert refused.status_code == 422
    assert "It says now: Theirs" in html
    assert "It says now: Same." not in html
    assert 'value="Mine"' in html
    seen = refused.context["form"]["written_at"].value()
    desk.post(PAGE, sent | {"written_at": str(seen)})
    assert written(consultation).agenda_item == "Mine"


def test_a_form_as_it_was_shown_is_saved(desk, consultation, officer):
    heads.write(consultation, "consolidated", Head("One"), language="en", by=officer)
    form = desk.get(PAGE).context["form"]
    value = str(form["written_at"].value())

    assert desk.post(PAGE, {"agenda_item": "Two", "written_at": value}).status_code == 302
    assert f'value="{value}"' in desk.get(PAGE).content.decode() or written(consultation)
    assert written(consultation).agenda_item == "Two"
