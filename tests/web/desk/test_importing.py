"""Bringing in a table at the desk: choose it, see how it is read, take it, see what was not taken."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consulta.flow import importing as arriving
from consulta.responses.models import Import, Response

TABLE = "Organisation;Land;Question 1\nSample Union;CH;=HYPERLINK(1)\n;;Nobody said this\n"


@pytest.fixture
def upload(desk, at_desk):
    def _upload(text: str = TABLE, name: str = "table.csv"):
        file = SimpleUploadedFile(name, text.encode())
        return desk.post(reverse("desk:imports", args=[at_desk.slug]), {"table": file})

    return _upload


def page(desk, table: Import) -> str:
    return desk.get(address(table)).content.decode()


def address(table: Import) -> str:
    return reverse("desk:import", args=[table.consultation.slug, table.uid])


def said(**more: str) -> dict[str, str]:
    return {"language": "en", "column_0": "organisation", "column_2": "answer:1"} | more


def test_a_table_is_shown_as_it_would_be_read_before_anything_is_registered(upload, desk):
    answer = upload()
    table = Import.objects.get()
    assert answer["Location"] == address(table)
    shown = page(desk, table)
    assert "1 row becomes a response." in shown
    assert "1 row cannot be taken." in shown
    assert "Neither an organisation nor a name is given." in shown
    assert not Response.objects.exists()


def test_columns_are_corrected_and_the_rows_are_read_anew(upload, desk):
    upload()
    table = Import.objects.get()
    desk.post(address(table), said(column_1="country"))
    table.refresh_from_db()
    assert table.mapped == {"0": "organisation", "1": "country", "2": "answer:1"}
    assert not table.started_at


def test_two_columns_cannot_hold_the_same(upload, desk):
    upload()
    table = Import.objects.get()
    answer = desk.post(address(table), said(column_1="organisation"))
    assert answer.status_code == 422
    assert "Another column holds this already." in answer.content.decode()


def test_an_import_without_an_answer_is_refused_with_the_mend(upload, desk):
    upload()
    table = Import.objects.get()
    answer = desk.post(address(table), {"language": "en", "column_0": "name", "start": "1"})
    assert "No column holds an answer yet: choose which one does." in answer.content.decode()


def test_what_was_taken_and_what_was_not_is_shown_and_can_be_taken_along(upload, desk):
    upload()
    table = Import.objects.get()
    desk.post(address(table), said(start="1"))
    assert "0 of 2 rows are read" in page(desk, table)
    arriving.rows_arrive(timezone.now())
    assert "All rows are read." in page(desk, table)
    left = desk.get(reverse("desk:import_refused", args=[table.consultation.slug, table.uid]))
    assert left.content.decode("utf-8-sig").splitlines() == [
        "Row,What is wrong,Organisation,Land,Question 1",
        "3,Neither an organisation nor a name is given.,,,Nobody said this",
    ]


def test_no_cell_that_is_taken_along_is_a_formula(upload, desk):
    upload("Organisation;Question 1\n;=cmd()\n")
    table = Import.objects.get()
    left = desk.get(reverse("desk:import_refused", args=[table.consultation.slug, table.uid]))
    assert "'=cmd()" in left.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("x", "The file holds only one row"),
        ("PK\x03\x04nothing", "The file cannot be opened as a table"),
    ],
)
def test_what_is_no_table_is_refused_with_the_mend(upload, content, sentence):
    answer = upload(content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_empty_table_is_understood_when_it_comes_back(desk, at_desk):
    taken = desk.get(reverse("desk:import_template", args=[at_desk.slug]))
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    headings = [cell.value for cell in book.active[1]]
    book.active.append([f"value of {heading}" for heading in headings])
    made = io.BytesIO()
    book.save(made)
    file = SimpleUploadedFile("t.xlsx", made.getvalue())
    desk.post(reverse("desk:imports", args=[at_desk.slug]), {"table": file})
    assert sorted(Import.objects.get().mapped.values()) == sorted(headings)


def test_where_no_row_can_be_taken_no_button_is_spoken_of(upload, desk):
    upload("Organisation;Arrived;Question 1\nSample Union;11/10/2026;We agree.\n")
    shown = page(desk, Import.objects.get())
    assert "no row of this table becomes a response" in shown
    assert "last button" not in shown
    assert 'name="start"' not in shown


def test_a_group_is_named_as_people_call_it(upload, desk, groups):
    upload("Organisation;Group of stakeholders;Question 1\nSample Union;civil-society;We agree.\n")
    shown = page(desk, Import.objects.get())
    assert "<dd>civil society</dd>" in shown
    assert "last button" in shown


def test_whoever_wrote_for_an_organisation_is_shown_with_the_address(upload, desk):
    upload("Organisation,Name,E-mail,Question 1\nSample Union,Ana Sample,ana@example.org,Yes.\n")
    shown = page(desk, Import.objects.get())
    assert "<bdi>Ana Sample</bdi>" in shown
    assert '<bdi dir="ltr">ana@example.org</bdi>' in shown


def test_a_day_that_is_shown_as_an_example_is_not_turned_around_in_arabic(upload, desk):
    upload("Organisation;Arrived;Question 1\nSample Union;11/10/2026;We agree.\n")
    table = Import.objects.get()
    shown = desk.get(address(table).replace("/en/", "/ar/")).content.decode()
    assert "2026-05-04" in shown
    assert " 2026-05-04" not in shown
